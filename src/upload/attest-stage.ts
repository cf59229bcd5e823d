import type { Container, Directory } from "@dagger.io/dagger"

import { z } from "#zod"

import { attestationTools } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { MOST } from "../package-index/index-state.js"
import {
  facing,
  type PackageIndex,
  withAsking,
  withSigstore,
} from "../package-index/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { foreign } from "../text/foreign.js"
import { MADE_BY } from "./upload.js"

const answer = z.object({
  refused: z.string().nullable(),
  /** What is wrong, where Sigstore need not be waited for. */
  whose: z.enum(["trust", "ci", "sigstore"]).nullish(),
})

/** Where the upload finds attestations. */
export const ATTESTATIONS = "/attestations"

/** With an attestation of each file; without one nothing is uploaded. */
export async function withAttestations(
  dist: Directory,
  files: readonly string[],
  index: PackageIndex,
): Promise<(container: Container) => Container> {
  const { credential, mirrors, name, service, sigstore, uploadUrl } = index
  if (!credential) return (container) => container
  const plan = {
    files,
    identityUrl: credential.identityUrl,
    sigstore,
    near: service && new URL(uploadUrl).hostname,
  }
  const attested = facing(attestationTools(mirrors), index)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .with(withAsking)
    .with(withSigstore)
    .withMountedFile("/upload.py", program("upload/upload.py"))
    .withMountedFile("/attest.py", program("upload/attest.py"))
    .withNewFile("/plan.json", JSON.stringify(plan))
    .withSecretVariable("IDENTITY", credential.secret)
    .withExec(["python", "/attest.py", "/plan.json", ATTESTATIONS])
  const { refused, whose } = answer.parse(JSON.parse(await attested.stdout()))
  if (refused !== null) throw notAttested(name, refused, whose ?? "nobody")
  return (container) =>
    container.withMountedDirectory(
      ATTESTATIONS,
      attested.directory(ATTESTATIONS),
    )
}

const MENDS = {
  nobody: "Run the same command again when Sigstore answers",
  trust:
    "Correct the file that `sigstore` of the index names, or ask whoever runs that Sigstore for another",
  ci: `Correct \`--identity-url\`, or what the CI hands out there: ${MADE_BY}`,
  sigstore:
    "It answers, so that waiting may not help: ask whoever runs that Sigstore",
}

function notAttested(
  index: string,
  refused: string,
  whose: keyof typeof MENDS,
): StageFailure {
  return new StageFailure(
    `the files for ${index} could not be attested: ${foreign(refused, MOST)}`,
    `Nothing was uploaded. ${MENDS[whose]}; \`skip = { attestations = "the reason" }\` in \`[tool.shipwheel]\` uploads without attestations.`,
  )
}
