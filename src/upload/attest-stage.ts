import type { Container, Directory } from "@dagger.io/dagger"

import { z } from "#zod"

import type { Gates } from "../config/gate-config.js"
import { attestationTools } from "../containers/images.js"
import { program } from "../containers/programs.js"
import {
  facing,
  type PackageIndex,
  withAsking,
} from "../package-index/stage.js"
import { StageFailure } from "../pipeline/failure.js"

const answer = z.object({ refused: z.string().nullable() })

/** Where the upload finds attestations. */
export const ATTESTATIONS = "/attestations"

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

/** With an attestation of each file; without one nothing is uploaded. */
export async function withAttestations(
  dist: Directory,
  files: readonly string[],
  index: PackageIndex,
): Promise<(container: Container) => Container> {
  const { credential, mirrors, name } = index
  if (!credential) return (container) => container
  const plan = { files, identityUrl: credential.identityUrl }
  const attested = facing(attestationTools(mirrors), index)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .with(withAsking)
    .withMountedFile("/upload.py", program("upload/upload.py"))
    .withMountedFile("/attest.py", program("upload/attest.py"))
    .withNewFile("/plan.json", JSON.stringify(plan))
    .withSecretVariable("IDENTITY", credential.secret)
    .withExec(["python", "/attest.py", "/plan.json", ATTESTATIONS])
  const { refused } = answer.parse(JSON.parse(await attested.stdout()))
  if (refused !== null) throw notAttested(name, refused)
  return (container) =>
    container.withMountedDirectory(
      ATTESTATIONS,
      attested.directory(ATTESTATIONS),
    )
}

function notAttested(index: string, refused: string): StageFailure {
  return new StageFailure(
    `the files for ${index} could not be attested: ${refused}`,
    'Nothing was uploaded. Run the same command again when Sigstore answers; `skip = { attestations = "the reason" }` in `[tool.shipwheel]` uploads without attestations.',
  )
}
