import type { Directory, File, Secret } from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { Problems } from "../errors.js"
import { SUMS } from "../files/distribution.js"
import { describeDistribution } from "../files/distribution-stage.js"
import {
  complainOfSigning,
  refuseSignature,
  refuseUnfitKey,
  refuseUnnamed,
  signatureName,
} from "./signature.js"

/** The argument by which a caller signs. */
export interface SigningArguments {
  readonly signingKey?: Secret | undefined
}

/** What of a project its signatures depend on. */
export interface Signable {
  /** The key that accepts them, which everybody is told. */
  readonly publicKey: string | undefined
  readonly mirrors: Mirrors
}

/** A signature of a text by the secret key, or a refusal of the key. */
async function sign(
  text: string,
  publicKey: string,
  signingKey: Secret,
  mirrors: Mirrors,
): Promise<File> {
  const signature = `/${signatureName(publicKey)}`
  const signed = toolsContainer(mirrors)
    .withMountedFile("/sign.py", program("signature/sign.py"))
    .withNewFile("/SHA256SUMS", text)
    .withSecretVariable("SIGNING_KEY", signingKey)
    .withExec(["python", "/sign.py", "/SHA256SUMS", publicKey, signature])
  refuseUnfitKey(await signed.stdout())
  return signed.file(signature)
}

/** The signature of a SHA256SUMS; nothing where nobody signs. */
export async function signatureOf(
  sums: string,
  { mirrors, publicKey }: Signable,
  { signingKey }: SigningArguments,
): Promise<File | undefined> {
  return publicKey !== undefined && signingKey
    ? sign(sums, publicKey, signingKey, mirrors)
    : undefined
}

/** Refuses files whose sums the project's key has not signed, where it has one. */
export async function checkSigned(
  release: Directory,
  sums: string,
  { mirrors, publicKey }: Signable,
): Promise<void> {
  if (publicKey === undefined) return
  const name = signatureName(publicKey)
  const answer = (await release.entries()).includes(name)
    ? await toolsContainer(mirrors)
        .withMountedFile("/accepts.py", program("signature/accepts.py"))
        .withNewFile("/SHA256SUMS", sums)
        .withMountedFile("/signature", release.file(name))
        .withExec([
          ...["python", "/accepts.py"],
          ...["/SHA256SUMS", publicKey, "/signature"],
        ])
        .stdout()
    : undefined
  refuseSignature(answer, name)
}

/** Refuses a release whose wheel or sdist is not the one that the project's key has signed, where it has one. */
export async function checkSignedFiles(
  release: Directory,
  project: Signable,
): Promise<void> {
  if (project.publicKey === undefined) return
  const hasSums = (await release.entries()).includes(SUMS)
  const sums = hasSums ? await release.file(SUMS).contents() : ""
  await checkSigned(release, sums, project)
  refuseUnnamed(await describeDistribution(release, project.mirrors), sums)
}

/** Says before anything is done what would go wrong with a signature: the key signs a few words for it. */
export async function checkSigning(
  { mirrors, publicKey }: Signable,
  { signingKey }: SigningArguments,
  isAnnounced: boolean,
  problems: Problems,
): Promise<void> {
  const isGiven = signingKey !== undefined
  const complaint = complainOfSigning({ publicKey, isGiven, isAnnounced })
  if (complaint) problems.add(...complaint)
  if (publicKey === undefined || !signingKey) return
  await problems.attemptAsync(() =>
    sign("a trial\n", publicKey, signingKey, mirrors),
  )
}
