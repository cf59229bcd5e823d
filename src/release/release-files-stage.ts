import { type Directory, ExistsType } from "@dagger.io/dagger"

import { type DistributionFile, isDistribution } from "../files/distribution.js"
import { describeDistribution } from "../files/distribution-stage.js"
import type { Project } from "../project/project.js"
import { SIGNATURES } from "../signature/signature.js"
import { checkSigned } from "../signature/stage.js"
import type { Version } from "../version/version.js"
import { checkRelease, refuseLinks, SUMS } from "./promotion.js"

const SIGNATURE_NAMES = Object.values(SIGNATURES)

/** The files that belong on an index, and what they are. */
export interface ReleaseFiles {
  readonly dist: Directory
  readonly files: readonly DistributionFile[]
  /** The text of SHA256SUMS. */
  readonly sums: string
}

/** Those of a release directory, or a refusal where they are not what its SHA256SUMS says. */
export async function releaseFiles(
  release: Directory,
  project: Project,
  version: Version,
): Promise<ReleaseFiles> {
  const entries = await release.entries()
  refuseLinks(await linksAmong(release, entries.filter(isRead)))
  const sums = entries.includes(SUMS)
    ? await release.file(SUMS).contents()
    : undefined
  const dist = release.filter({ include: ["*.whl", "*.tar.gz"] })
  const files = await describeDistribution(dist, project.mirrors)
  checkRelease(files, sums, project.name, version)
  return { dist, files, sums: sums ?? "" }
}

function isRead(name: string): boolean {
  return isDistribution(name) || [SUMS, ...SIGNATURE_NAMES].includes(name)
}

/** What a link leads to may be outside, from where the engine has nothing. */
async function linksAmong(
  folder: Directory,
  names: readonly string[],
): Promise<string[]> {
  const itself = {
    expectedType: ExistsType.SymlinkType,
    doNotFollowSymlinks: true,
  }
  const are = await Promise.all(
    names.map((name) => folder.exists(name, itself)),
  )
  return names.filter((_, at) => are[at])
}

/** The same of those that are about to go where nobody can take them back: signed, where the project has a key. */
export async function signedFiles(
  release: Directory,
  project: Project,
  version: Version,
): Promise<ReleaseFiles> {
  const found = await releaseFiles(release, project, version)
  await checkSigned(release, found.sums, project)
  return found
}
