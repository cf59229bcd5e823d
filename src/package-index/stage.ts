import type { Container, Secret, Service } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { afresh } from "../containers/commands.js"
import type { Mirrors } from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { IndexAddress } from "./indexes.js"

/** What an upload shows to the index. */
export interface Credential {
  readonly user: string
  readonly secret: Secret
  /** The secret is a CI's identity token, to be exchanged for an upload token. */
  readonly identity: boolean
  /** Where the CI hands out an identity token to whoever shows the secret. */
  readonly identityUrl?: string | undefined
}

/** A user who may read an index. */
export interface Reader {
  readonly user: string
  readonly password: Secret
}

/** A package index: where files are uploaded to, and where they install from. */
export interface PackageIndex extends IndexAddress {
  /** Absent when it is only read. */
  readonly credential: Credential | undefined
  /** Who may read, where not everybody may. */
  readonly reader: Reader | undefined
  /** What answers under the index's host name, where that is no public one. */
  readonly service: Service | undefined
  /** It lives in the engine, and only as long as this call. */
  readonly rehearsal: boolean
  /** Where the tools come from that speak to it. */
  readonly mirrors: Mirrors
}

/** Whether files that go to this index are attested, with the identity that the CI hands out. */
export function attests(
  { attests: taken, credential }: PackageIndex,
  { skip }: Pick<Gates, "skip">,
): boolean {
  return (
    taken === true &&
    credential?.identity === true &&
    credential.identityUrl !== undefined &&
    !skip.has("attestations")
  )
}

/** With what the programs that sign or verify have in common. */
export function withSigstore(container: Container): Container {
  return container.withMountedFile(
    "/own_sigstore.py",
    program("package-index/own_sigstore.py"),
  )
}

/** Makes the index reachable from a container. */
export function reaching(
  container: Container,
  { service, simpleUrl }: PackageIndex,
): Container {
  const host = new URL(simpleUrl).hostname
  return service ? container.withServiceBinding(host, service) : container
}

/** The same, and what follows always runs. */
export function facing(container: Container, index: PackageIndex): Container {
  return afresh(reaching(container, index))
}

/** With what the programs that speak to an index have in common. */
export function withAsking(container: Container): Container {
  return container.withMountedFile(
    "/asking.py",
    program("package-index/asking.py"),
  )
}

/** Runs one program of ours that may read the index; what comes after it may not. */
export function withReader(
  { reader }: PackageIndex,
  run: (container: Container) => Container,
): (container: Container) => Container {
  if (!reader) return run
  return (container) =>
    run(
      container
        .withEnvVariable("INDEX_USER", reader.user)
        .withSecretVariable("INDEX_PASSWORD", reader.password),
    )
      .withoutSecretVariable("INDEX_PASSWORD")
      .withoutEnvVariable("INDEX_USER")
}
