import type { Directory } from "@dagger.io/dagger"

import { misnamedFiles } from "../core/distribution.js"
import { StageFailure } from "../core/failure.js"
import type { Finding } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import type { Version } from "../core/version.js"
import { describeDistribution } from "./build.js"
import { toolsContainer } from "./images.js"

/** Checks the files themselves: their names carry the version, and an index will take their metadata. */
export async function checkDistribution(
  dist: Directory,
  project: Project,
  version: Version | undefined,
): Promise<Finding> {
  const files = await describeDistribution(dist)
  const names = files.map(({ name }) => name)
  const wrong = misnamedFiles(names, project.name, version?.pep440)
  if (wrong.length > 0)
    throw new StageFailure(wrong.join("; "), wrong.join("\n"))
  await toolsContainer()
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withExec(["twine", "check", "--strict", ...names])
    .sync()
  return { summary: `${names.join(", ")}: \`twine check --strict\` passed` }
}
