import { dag, type Directory, ExistsType } from "@dagger.io/dagger"

import {
  type DistributionFile,
  isDistribution,
  isOwnFile,
  parseChecksums,
  SUMS,
} from "../files/distribution.js"
import { checksums, describeDistribution } from "../files/distribution-stage.js"
import type { Project } from "../project/project.js"
import { SIGNATURE_NAMES } from "../signature/signature.js"
import { checkSigned } from "../signature/stage.js"
import type { Version } from "../version/version.js"
import {
  checkRelease,
  checkShown,
  refuseLinks,
  refuseLongSums,
  type ReleaseOrigin,
} from "./promotion.js"

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
  origin?: ReleaseOrigin,
): Promise<ReleaseFiles> {
  const entries = await release.entries()
  const own = entries.filter((name) => isOwnFile(project.name, name))
  const read = [...own, SUMS, ...SIGNATURE_NAMES]
  refuseLinks(
    await linksAmong(
      release,
      entries.filter((name) => read.includes(name)),
    ),
  )
  const listed = entries.includes(SUMS) ? release.file(SUMS) : undefined
  if (listed) refuseLongSums(await listed.size(), version, origin)
  const sums = await listed?.contents()
  const dist = own.reduce(
    (each, name) => each.withFile(name, release.file(name)),
    dag.directory(),
  )
  const files = await describeDistribution(dist, project.mirrors)
  const others = entries
    .filter(isDistribution)
    .filter((name) => !own.includes(name))
  checkRelease(files, sums, project.name, version, others, origin)
  return { dist, files, sums: sums ?? "" }
}

/** The same of those that everybody sees, what lies beside them too. */
export async function shownFiles(
  release: Directory,
  project: Project,
  version: Version,
  origin: ReleaseOrigin,
): Promise<ReleaseFiles> {
  const found = await signedFiles(release, project, version, origin)
  const all = await checksums(release, found.files, project.mirrors)
  checkShown(parseChecksums(all), found.sums, origin)
  return found
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
  origin?: ReleaseOrigin,
): Promise<ReleaseFiles> {
  const found = await releaseFiles(release, project, version, origin)
  await checkSigned(release, found.sums, project)
  return found
}
