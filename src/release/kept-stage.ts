import { createHash } from "node:crypto"

import { dag, type File } from "@dagger.io/dagger"

import { Problems } from "../errors.js"
import {
  type DistributionFile,
  parseChecksums,
  SUMS,
} from "../files/distribution.js"
import { isSbomOf } from "../sbom/sbom.js"
import { signatureName } from "../signature/signature.js"
import { checkSigned, type Signable } from "../signature/stage.js"

/** A file of the release as it is published already. */
export type PublishedFile = (name: string) => Promise<File | undefined>

/**
 * The SBOM that an earlier run published, whose dependencies may have been others that day: only where it tells of
 * these very files, and the sums name it that the project's key has signed. Whoever may write to the release may have
 * put anything there.
 */
export async function keptSbom(
  name: string,
  published: PublishedFile,
  project: Signable,
  files: readonly DistributionFile[],
): Promise<File | undefined> {
  const file = await published(name)
  const sums = await (await published(SUMS))?.contents()
  if (!file || sums === undefined) return undefined
  const text = await file.contents()
  const isNamed = parseChecksums(sums).get(name) === sha256(text)
  return isNamed &&
    isSbomOf(text, files) &&
    (await isSigned(sums, published, project))
    ? file
    : undefined
}

async function isSigned(
  sums: string,
  published: PublishedFile,
  project: Signable,
): Promise<boolean> {
  const { publicKey } = project
  if (publicKey === undefined) return true
  const name = signatureName(publicKey)
  const signature = await published(name)
  if (!signature) return false
  const release = dag.directory().withFile(name, signature)
  const problems = new Problems()
  await problems.attemptAsync(() => checkSigned(release, sums, project))
  return problems.all.length === 0
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
