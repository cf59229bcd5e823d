import type { Directory } from "@dagger.io/dagger"

import type { DistributionFile } from "../files/distribution.js"
import { describeDistribution } from "../files/distribution-stage.js"
import type { Project } from "../project/project.js"
import type { Version } from "../version/version.js"
import { checkRelease, SUMS } from "./promotion.js"

/** The files that belong on an index, and what they are. */
export interface ReleaseFiles {
  readonly dist: Directory
  readonly files: readonly DistributionFile[]
}

/** Those of a release directory, or a refusal where they are not what its SHA256SUMS says. */
export async function releaseFiles(
  release: Directory,
  project: Project,
  version: Version,
): Promise<ReleaseFiles> {
  const entries = await release.entries()
  const dist = release.filter({ include: ["*.whl", "*.tar.gz"] })
  const files = await describeDistribution(dist, project.mirrors)
  checkRelease(
    files,
    entries.includes(SUMS) ? await release.file(SUMS).contents() : undefined,
    project.name,
    version,
  )
  return { dist, files }
}
