import type { Container, Directory } from "@dagger.io/dagger"

import {
  pythonContainer,
  TOOLS_PYTHON,
  toolsContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import {
  type DistributionFile,
  isDistribution,
  parseChecksums,
  wheelsFirst,
} from "../files/distribution.js"
import { type BuiltFrontend, withFrontends } from "../frontend/stage.js"
import { readRepository, sourceEpoch } from "../git/stage.js"
import { reasonOf, StageFailure } from "../pipeline/failure.js"
import type { Project } from "../project/project.js"
import { buildTree } from "../project/stage.js"
import { stamp, withVersion } from "../version/stage.js"
import type { Version } from "../version/version.js"
import type { Versioning } from "../version/versioning.js"

/** Where a project is. */
export interface Place {
  /** The project's folder, without its repository. */
  readonly source: Directory
  /** The folder that holds the repository, if there is one. */
  readonly folder: Directory
}

/** All that a build reads: the same of it gives the same bytes. */
export interface BuildInput {
  /** A copy that carries the version and the frontends. */
  readonly tree: Directory
  /** The time that the build says it was made at. */
  readonly epoch: number
  /** What is told to a backend that would ask git. */
  readonly versioning: Versioning
  readonly version: Version | undefined
}

export async function buildInput(
  { folder, source }: Place,
  project: Project,
  version: Version | undefined,
  frontends: readonly BuiltFrontend[],
): Promise<BuildInput> {
  const repository = await readRepository(folder, version?.tag)
  const clean = buildTree(source, project)
  const [stamped, epoch] = await Promise.all([
    version ? stamp(clean, project, version) : clean,
    sourceEpoch(source, folder, repository),
  ])
  return {
    tree: withFrontends(stamped, frontends),
    epoch,
    versioning: project.versioning,
    version,
  }
}

/** Builds the sdist, and the wheel from the sdist; where that fails, in the words of the backend. */
export async function buildDistribution(input: BuildInput): Promise<Directory> {
  const built = buildContainer(input)
    .withWorkdir("/src")
    .withDirectory(".", input.tree)
    .withExec(["python", "/build.py", "/dist"])
  try {
    await built.sync()
  } catch (error) {
    const { details, summary } = reasonOf(error)
    throw new StageFailure(`the build failed: ${summary}`, details)
  }
  return built.directory("/dist")
}

/** The one Python that builds, at the time that the build says. */
export function buildContainer(input: BuildInput): Container {
  return pythonContainer(TOOLS_PYTHON)
    .with(withVersion(input.versioning, input.version))
    .withMountedFile("/build.py", program("build/build.py"))
    .withEnvVariable("SOURCE_DATE_EPOCH", String(input.epoch))
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

/** The content of SHA256SUMS: the wheel and the sdist, then what else is there. */
export async function checksums(files: Directory): Promise<string> {
  const entries = await files.entries()
  const others = entries.filter((name) => !isDistribution(name))
  const names = [...entries.filter(isDistribution).sort(wheelsFirst), ...others]
  return toolsContainer()
    .withMountedDirectory("/dist", files)
    .withWorkdir("/dist")
    .withExec(["sha256sum", "--", ...names])
    .stdout()
}

async function distributionNames(dist: Directory): Promise<string[]> {
  return (await dist.entries()).filter(isDistribution).sort(wheelsFirst)
}
