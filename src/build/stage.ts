import { type Container, type Directory, ExistsType } from "@dagger.io/dagger"

import type { SdistPart } from "../backends/build-backend.js"
import type { Limits } from "../config/limits.js"
import { limited } from "../containers/commands.js"
import {
  buildPython,
  type Mirrors,
  pythonContainer,
  withSystem,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { DistributionFile } from "../files/distribution.js"
import { withRead } from "../frontend/build-node-stage.js"
import type { Frontend } from "../frontend/frontend.js"
import {
  type BuiltFrontend,
  placesOf,
  withFrontends,
} from "../frontend/stage.js"
import type { Located } from "../git/locate-stage.js"
import { sourceEpoch } from "../git/stage.js"
import { deadEnd, linkedTo, type Links } from "../git/tracked.js"
import { builtLinks, smallRepository } from "../git/tracked-stage.js"
import { failedBuild } from "../pipeline/failure.js"
import type { Work } from "../pipeline/pipeline.js"
import { parsePyproject, type Pyproject } from "../reading/pyproject.js"
import { stamp, withVersion } from "../version/stage.js"
import { plainTag, type Version } from "../version/version.js"
import type { Versioning } from "../version/versioning.js"
import { buildFailure } from "./build-failure.js"
import { type Building, inBuilding } from "./building.js"
import { withBuilding } from "./building-stage.js"
import {
  FROM_SDIST,
  soughtInSdist,
  whatSdistLacks,
  whyNotLinked,
} from "./from-sdist.js"
import { leftovers } from "./leftovers.js"
import {
  type Withheld,
  withheldAdvice,
  withheldIn,
} from "./withheld-secrets.js"

/** What of a project is built. */
export interface Buildable {
  readonly pythons: readonly string[]
  readonly packageDir: string
  readonly frontends: readonly Frontend[]
  readonly versioning: Versioning
  /** Why the build needs a repository, where it does. */
  readonly asksGit: string | undefined
  readonly building: Building
  readonly limits: Pick<Limits, "build">
  readonly mirrors: Mirrors
  readonly withheld: Withheld
}

/** All that a build reads: the same of it gives the same bytes. */
export interface BuildInput {
  /** A copy that carries the version and the frontends. */
  readonly tree: Directory
  /** Where in that copy the project is; empty at its top. */
  readonly prefix: string
  /** The build asks git, and there is a repository to ask. */
  readonly hasGit: boolean
  /** The Python that it runs on. */
  readonly python: string
  /** What it finds around it. */
  readonly building: Building
  /** The time that the build says it was made at. */
  readonly epoch: number
  /** What is told to a backend that would ask git. */
  readonly versioning: Versioning
  readonly version: Version | undefined
  readonly withheld: Withheld
  /** Seconds that it may take. */
  readonly limit: number
  readonly mirrors: Mirrors
}

export async function buildInput(
  place: Located,
  project: Buildable,
  version: Version | undefined,
  frontends: readonly BuiltFrontend[],
  commit: string | undefined,
): Promise<BuildInput> {
  const { asksGit, building, limits, mirrors, versioning, withheld } = project
  const limit = limits.build
  const clean = buildTree(place.source, project, frontends)
  const [stamped, epoch] = await Promise.all([
    version ? stamp(clean, versioning, version) : clean,
    sourceEpoch(place, commit, mirrors),
  ])
  const hasGit = asksGit !== undefined && commit !== undefined
  const { folder, path } = place
  const around = withRead(place.around, folder, building.node, withheld.secrets)
  const made = withFrontends(stamped, frontends)
  const placed = inRepository({ around, path }, made)
  const tree = hasGit
    ? withLinks(place, placed, versioning).withDirectory(
        ".git",
        smallRepository(
          place.folder,
          commit,
          mirrors,
          versioning.inTags && version && plainTag(version),
        ),
      )
    : placed
  const prefix = place.path
  const python = buildPython(project.pythons)
  const how = { python, epoch, versioning, version, withheld, limit, mirrors }
  return { tree, prefix, hasGit, building, ...how }
}

/** Puts a tree where it is in its repository, with what it refers to around it. */
function inRepository(
  { around, path }: Pick<Located, "around" | "path">,
  tree: Directory,
): Directory {
  return around ? around.files.withDirectory(path, tree) : tree
}

/** With the links that git has, where the same files stood in their place: git would call them changed. */
function withLinks(
  { around, folder, path }: Located,
  placed: Directory,
  { places }: Versioning,
): Directory {
  const written = places.map((each) => each.path)
  const links = (around?.links ?? [])
    .filter((each) => !written.includes(each))
    .map((each) => path + each)
  return links.length === 0
    ? placed
    : placed
        .filter({ exclude: links })
        .withDirectory(".", folder.filter({ include: links }))
}

/** The tree that distributions are built from, without what earlier builds left. */
function buildTree(
  source: Directory,
  { packageDir, withheld }: Buildable,
  frontends: readonly BuiltFrontend[],
): Directory {
  const exclude = [...leftovers(packageDir), ...withheldIn(withheld)]
  // Left out by the filter: what is removed from a directory comes back when its folder is written again.
  exclude.push(...placesOf(frontends))
  return source.filter({ exclude })
}

/** What the build stage works on. */
export interface BuildStage {
  readonly version: Version | undefined
  /** Builds, and says what was built. */
  readonly files: () => Promise<readonly DistributionFile[]>
}

export function buildWork({ files, version }: BuildStage): Work {
  return {
    plan: {
      does: `the sdist${version ? ` of ${version.pep440}` : ""}, and the wheel from the sdist`,
      commands: [
        ["uv", "build", "--sdist"],
        ["uv", "build", "--wheel", "<sdist>"],
      ],
    },
    run: async () => {
      const built = await files()
      return { summary: built.map(({ name }) => name).join(", ") }
    },
  }
}

/** Builds the sdist, and the wheel from the sdist; where that fails, in the words of the backend. */
export async function buildDistribution(input: BuildInput): Promise<Directory> {
  const built = buildContainer(input)
    .withDirectory("/src", input.tree)
    .withWorkdir(`/src/${input.prefix}`)
    .withExec(limited(buildCommand(input), { build: input.limit }, "build"))
  try {
    await built.sync()
  } catch (error) {
    const project = projectIn(input)
    const requires = await requiredToBuild(project)
    const next = await sdistAdvice(error, input)
    const advice = (words: string) => withheldAdvice(input.withheld, words)
    throw buildFailure("the build failed", error, { requires, advice, next })
  }
  return built.directory("/dist")
}

/** What helps where the sdist was built and the wheel from it was not. */
async function sdistAdvice(
  error: unknown,
  input: BuildInput,
): Promise<string | undefined> {
  const words = failedBuild(error)
  const sought = words && soughtInSdist(words)
  if (!sought) return undefined
  const links =
    sought.length === 0 ? undefined : await builtLinks(input, input.mirrors)
  for (const path of sought) {
    const end = links && deadEnd(path, links)
    if (end) return whyNotLinked(path, end)
    const lacking = await lackingParts(projectIn(input), path, links)
    if (lacking)
      return whatSdistLacks(lacking, await pyprojectIn(projectIn(input)))
  }
  return words.next === undefined ? FROM_SDIST : undefined
}

/** What an sdist has to have so that it has a path, where the project has it. */
async function lackingParts(
  project: Directory,
  path: string,
  links: Links | undefined,
): Promise<[SdistPart, ...SdistPart[]] | undefined> {
  if (!(await project.exists(path))) return undefined
  const isFolder = await project.exists(path, {
    expectedType: ExistsType.DirectoryType,
  })
  const to = links && linkedTo(path, links)
  const more = to === undefined ? [] : [{ path: to, isFolder }]
  return [{ path, isFolder }, ...more]
}

/** The project in what is built. */
export function projectIn({ prefix, tree }: BuildInput): Directory {
  return prefix === "" ? tree : tree.directory(prefix)
}

/** What `build-system.requires` names, for who explains why a build failed. */
export async function requiredToBuild(
  tree: Directory,
): Promise<readonly string[] | undefined> {
  return (await pyprojectIn(tree))["build-system"]?.requires
}

async function pyprojectIn(tree: Directory): Promise<Pyproject> {
  const isThere = await tree.exists("pyproject.toml")
  return parsePyproject(
    isThere ? await tree.file("pyproject.toml").contents() : "",
  )
}

export function buildCommand({ building, hasGit }: BuildInput): string[] {
  const command = ["python", "/build.py", "/dist"]
  return inBuilding(building, hasGit ? [...command, "--git"] : command)
}

/** The one Python that builds, at the time that the build says. */
export function buildContainer(input: BuildInput): Container {
  const python = pythonContainer(input.python, input.mirrors)
  return (
    (input.hasGit ? withGit(python, input.mirrors) : python)
      .with(withBuilding(input.building, input.mirrors))
      .with(withVersion(input.versioning, input.version))
      .withMountedFile("/build.py", program("build/build.py"))
      .withEnvVariable("SOURCE_DATE_EPOCH", String(input.epoch))
      // What the sdist is built with is fetched once, and is there for the wheel of this one build.
      .withoutEnvVariable("UV_NO_CACHE")
  )
}

/** Git for a build that asks it; the image has none. */
function withGit(container: Container, mirrors: Mirrors): Container {
  return container
    .with(withSystem(["git"], mirrors))
    .withEnvVariable("GIT_CONFIG_COUNT", "1")
    .withEnvVariable("GIT_CONFIG_KEY_0", "safe.directory")
    .withEnvVariable("GIT_CONFIG_VALUE_0", "*")
}
