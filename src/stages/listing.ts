import type { Directory } from "@dagger.io/dagger"

import type { DistributionFile } from "../core/distribution.js"
import type { Project } from "../core/project.js"
import { type Listing, parseListing } from "../core/state.js"
import type { Version } from "../core/version.js"
import { describeDistribution } from "./build.js"
import { toolsContainer } from "./images.js"
import { facing, type PackageIndex } from "./package-index.js"
import { script } from "./scripts.js"

/** The release whose files are looked for. */
export interface Sought {
  readonly project: string
  readonly version: string
  readonly tag?: string
  readonly files: readonly DistributionFile[]
}

export async function seek(
  dist: Directory,
  project: Project,
  version: Version,
): Promise<Sought> {
  const files = await describeDistribution(dist)
  return {
    project: project.name,
    version: version.pep440,
    tag: version.tag,
    files,
  }
}

/** Reads what an index lists now; with seconds to wait, until it lists all files as they were built. */
export async function readListing(
  index: PackageIndex,
  { files, project, version }: Sought,
  seconds = 0,
): Promise<Listing> {
  const expected = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  const answer = await facing(toolsContainer(), index)
    .withMountedFile("/index_files.py", script("index_files.py"))
    .withNewFile("/expected.txt", expected.join(""))
    .withExec([
      ...["python", "/index_files.py", index.simpleUrl, project, version],
      ...["/expected.txt", String(seconds)],
    ])
    .stdout()
  return parseListing(answer)
}
