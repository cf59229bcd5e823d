import type { Directory } from "@dagger.io/dagger"

import type { Project } from "../core/project.js"
import { checkRelease, SUMS } from "../core/promotion.js"
import type { Version } from "../core/version.js"
import { describeDistribution } from "./build.js"

/** The files of a release directory that belong on an index, or a refusal where they are not what its SHA256SUMS says. */
export async function releaseFiles(
  release: Directory,
  project: Project,
  version: Version,
): Promise<Directory> {
  const entries = await release.entries()
  const dist = release.filter({ include: ["*.whl", "*.tar.gz"] })
  const hasFiles = (await dist.entries()).length > 0
  checkRelease(
    hasFiles ? await describeDistribution(dist) : [],
    entries.includes(SUMS) ? await release.file(SUMS).contents() : undefined,
    project.name,
    version,
  )
  return dist
}
