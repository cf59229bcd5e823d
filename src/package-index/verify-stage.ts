import type { Container, Directory } from "@dagger.io/dagger"

import { type CommandOutcome, runAll } from "../containers/commands.js"
import {
  type Mirrors,
  pythonContainer,
  toolsContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import {
  type DistributionFile,
  isWheel,
  pinnedRequirement,
} from "../files/distribution.js"
import {
  askInstalled,
  ownCommands,
  shownCommands,
} from "../install/questions-stage.js"
import { servedSummary, serving } from "../install/serve-stage.js"
import type { Installed } from "../install/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import {
  isComplete,
  type ListedFile,
  placeFiles,
  placesTable,
  whyIncomplete,
} from "./index-state.js"
import {
  fetchFiles,
  type IndexInput,
  readListing,
  type Sought,
  soughtBy,
} from "./listing-stage.js"
import { facing, type PackageIndex } from "./stage.js"

/** What of a project is installed from an index, and how long that may take to show it. */
export interface Verified extends Installed {
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
}

export function verifyWork(input: IndexInput<Verified>): Work {
  const { dist, index, project } = input
  const { gates, pythons } = project
  return {
    plan: {
      does: `install from ${index.name} with the built hash on Python ${pythons.join(", ")}`,
      commands: [
        ...ownCommands(project),
        ...(gates.serve ? [gates.serve.command] : []),
      ],
    },
    run: async () =>
      verify(project, await dist(), await soughtBy(input), index),
  }
}

/** Installs the released files from the index on each Python, runs what the project calls its smoke commands, and on the newest asks for its page. */
export async function verify(
  project: Verified,
  dist: Directory,
  sought: Sought,
  index: PackageIndex,
): Promise<Finding> {
  const listed = await awaitFiles(sought, index, project.indexWait)
  const requirements = await wheelRequirements(
    dist,
    sought.files,
    index.mirrors,
  )
  // Who may not read an index without a password installs what a program of ours fetched from there.
  const fetched = index.reader ? fetchFiles(index, sought) : undefined
  const release = { project, sought, index, requirements, fetched }
  const containers = project.pythons.map((python) =>
    wheelInstalled(python, release),
  )
  const wheels = containers.map((container, at) =>
    askInstalled(
      `Python ${project.pythons[at] ?? ""}`,
      container,
      project,
      sought.version,
    ),
  )
  const [newest = ""] = project.pythons.slice(-1)
  const sdists = listed
    .filter(({ name }) => !isWheel(name))
    .map((file) =>
      askInstalled(
        `the sdist on Python ${newest}`,
        sdistInstalled(newest, release, file),
        project,
        sought.version,
      ),
    )
  const { serve } = project.gates
  const pages = serve
    ? containers.slice(-1).map((container) => serving(container, serve))
    : []
  const outcomes = await runAll([...wheels, ...sdists, ...pages])
  const served = outcomes.splice(wheels.length + sdists.length)
  return { summary: verifySummary(release, outcomes, served) }
}

function verifySummary(
  { index, project }: VerifiedRelease,
  installs: readonly CommandOutcome[],
  served: readonly CommandOutcome[],
): string {
  const where = installs.map(({ label }) => label).join(", ")
  const commands = shownCommands(project).join(", ")
  return [
    `installed from ${index.name} with the built hash on ${where}`,
    ...(commands ? [commands] : []),
    ...served.map(servedSummary),
  ].join("; ")
}

interface VerifiedRelease {
  readonly project: Verified
  readonly sought: Sought
  readonly index: PackageIndex
  readonly requirements: readonly string[]
  /** The files of an index that does not let everybody read. */
  readonly fetched: Directory | undefined
}

/** Waits until the index lists exactly what was built, or says why it does not. */
async function awaitFiles(
  sought: Sought,
  index: PackageIndex,
  wait: number,
): Promise<ListedFile[]> {
  const listing = await readListing(index, sought, wait)
  const placed = placeFiles(sought.files, listing)
  if (isComplete(placed)) return placed.flatMap(({ listed }) => listed ?? [])
  throw new StageFailure(
    `${index.name} does not offer the release after ${listing.waited} s: ${whyIncomplete(placed, listing) ?? "the files changed"}`,
    [
      placesTable(placed),
      "Nothing was installed. Run `status` with the same tag to see what is where; an index that is only slow gets more time by `tool.shipwheel.index-wait`.",
    ].join("\n\n"),
  )
}

/** What the built wheels require, whatever wrote it there. */
async function wheelRequirements(
  dist: Directory,
  files: readonly DistributionFile[],
  mirrors: Mirrors,
): Promise<string[]> {
  const wheels = files.map(({ name }) => name).filter(isWheel)
  const lines = await toolsContainer(mirrors)
    .withMountedFile(
      "/wheel_requirements.py",
      program("package-index/wheel_requirements.py"),
    )
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withExec(["python", "/wheel_requirements.py", ...wheels])
    .stdout()
  return lines.split("\n").filter((line) => line !== "")
}

/**
 * The package alone comes from the index, and only with the bytes that were
 * built; its dependencies come from the default index. Asked together, an index
 * that anybody may upload to could answer for a dependency.
 */
function wheelInstalled(python: string, release: VerifiedRelease): Container {
  const { fetched, index, sought } = release
  const wheels = sought.files.filter(({ name }) => isWheel(name))
  const pinned = pinnedRequirement(
    sought.project,
    sought.version.pep440,
    wheels,
  )
  const from = fetched
    ? ["--no-index", "--find-links", FETCHED]
    : ["--default-index", index.simpleUrl]
  return ready(python, release)
    .withNewFile("/pinned.txt", pinned)
    .withExec([
      ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-cache"],
      ...["--no-build", "--require-hashes", ...from],
      ...["--requirement", "/pinned.txt"],
    ])
}

/** By its address, so that what it is built with does not come from that index either. */
function sdistInstalled(
  python: string,
  release: VerifiedRelease,
  { name, sha256, url }: ListedFile,
): Container {
  const where = release.fetched ? `file://${FETCHED}/${name}` : url
  const pinned = `${release.sought.project} @ ${where} --hash=sha256:${sha256 ?? ""}\n`
  return ready(python, release)
    .withNewFile("/pinned.txt", pinned)
    .withExec([
      ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-cache"],
      ...["--require-hashes", "--requirement", "/pinned.txt"],
    ])
}

const FETCHED = "/fetched"

/** Nothing of the project is where the index is shown a password: a dependency may run code whenever Python starts. */
function ready(
  python: string,
  { fetched, index, requirements }: VerifiedRelease,
): Container {
  const container = pythonContainer(python, index.mirrors, requirements)
  return fetched
    ? container.withMountedDirectory(FETCHED, fetched)
    : facing(container, index)
}
