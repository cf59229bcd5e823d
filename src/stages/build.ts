import type { Directory } from "@dagger.io/dagger"

import {
  type DistributionFile,
  isDistribution,
  parseChecksums,
  wheelsFirst,
} from "../core/distribution.js"
import type { Project } from "../core/project.js"
import type { Version } from "../core/version.js"
import { pythonContainer, TOOLS_PYTHON, toolsContainer } from "./images.js"
import { buildTree, withFrontend } from "./source.js"
import { stamp } from "./stamp.js"

/** Builds the sdist, and the wheel from the sdist, of a copy that carries the tag's version. */
export async function buildDistribution(
  source: Directory,
  project: Project,
  version: Version | undefined,
  output: Directory | undefined,
): Promise<Directory> {
  const stamped = version
    ? await stamp(buildTree(source, project), project, version)
    : buildTree(source, project)
  return pythonContainer(TOOLS_PYTHON)
    .withWorkdir("/src")
    .withDirectory(".", withFrontend(stamped, project.frontend, output))
    .withExec(
      ["uv", "build", "--quiet", "--no-sources"].concat([
        "--no-create-gitignore",
        "--out-dir",
        "/dist",
      ]),
    )
    .directory("/dist")
}

/** Names, sizes and hashes of the files that go out, wheel first as they are uploaded. */
export async function describeDistribution(
  dist: Directory,
): Promise<DistributionFile[]> {
  const names = await distributionNames(dist)
  const sums = parseChecksums(await checksums(dist))
  return Promise.all(
    names.map(async (name) => ({
      name,
      size: await dist.file(name).size(),
      sha256: sums.get(name) ?? "",
    })),
  )
}

/** The content of SHA256SUMS. */
export async function checksums(dist: Directory): Promise<string> {
  const names = await distributionNames(dist)
  return toolsContainer()
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withExec(["sha256sum", "--", ...names])
    .stdout()
}

async function distributionNames(dist: Directory): Promise<string[]> {
  return (await dist.entries()).filter(isDistribution).sort(wheelsFirst)
}
