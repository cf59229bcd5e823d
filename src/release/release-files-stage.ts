import type { Directory } from "@dagger.io/dagger"

import { describeDistribution } from "../files/distribution-stage.js"
import type { Project } from "../project/project.js"
import type { Version } from "../version/version.js"
import { checkRelease, SUMS } from "./promotion.js"

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
    hasFiles ? await describeDistribution(dist, project.mirrors) : [],
    entries.includes(SUMS) ? await release.file(SUMS).contents() : undefined,
    project.name,
    version,
  )
  return dist
}
