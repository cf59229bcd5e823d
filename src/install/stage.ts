import type { Container, Directory } from "@dagger.io/dagger"

import { type Building, inBuilding } from "../build/building.js"
import { withBuilding } from "../build/building-stage.js"
import type { Gates, Server } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import { type CommandOutcome, runAll } from "../containers/commands.js"
import {
  buildPython,
  installing,
  type Mirrors,
  pythonContainer,
} from "../containers/images.js"
import { isWheel } from "../files/distribution.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import type { OwnSource } from "../reading/own-sources.js"
import { normalizeName } from "../reading/requirements.js"
import { refuseStrangers } from "../test/strangers.js"
import type { Version } from "../version/version.js"
import {
  type Answering,
  askInstalled,
  installedBy,
  ownCommands,
  type PackageInstall,
  shownCommands,
} from "./questions-stage.js"
import { servedSummary, serving } from "./serve-stage.js"

/** What of a project is installed, and what it is asked then. */
export interface Installed extends Answering {
  readonly pythons: readonly string[]
  readonly dependencies: readonly string[]
  /** What an index would have of those, where the author has it from elsewhere. */
  readonly unreleased: readonly OwnSource[]
  readonly building: Building
  readonly gates: Gates
  readonly limits: Pick<Limits, "command" | "serve">
  readonly mirrors: Mirrors
}

/** What is installed once it is built. */
export interface InstallInput {
  readonly project: Installed
  readonly dist: () => Promise<Directory>
  /** The version that the files carry. */
  readonly carried: () => Promise<Version>
}

export function installWork({ carried, dist, project }: InstallInput): Work {
  const { pythons } = project
  return {
    plan: {
      does: `the wheel on Python ${pythons.join(", ")}, and the sdist, in containers without the source`,
      commands: ownCommands(project),
    },
    run: async () => {
      refuseStrangers(project.unreleased)
      return install(await dist(), project, await carried())
    },
  }
}

export function serveWork({ carried, dist, project }: InstallInput): Work {
  const { serve: server } = project.gates
  return {
    plan: {
      does: "the installed package as a server: its page and each asset that it names",
      commands: server ? [server.command] : [],
    },
    ...(server
      ? {
          run: async () =>
            serve(await dist(), project, await carried(), server),
        }
      : { skip: "no server is named in `tool.shipwheel.serve`" }),
  }
}

/** Installs the files in fresh containers that never saw the source, and asks what was installed. */
export async function install(
  dist: Directory,
  project: Installed,
  version: Version,
): Promise<Finding> {
  const sdist = (await dist.entries()).find((name) => !isWheel(name))
  const python = buildPython(project.pythons)
  const wheels = project.pythons.map((each) =>
    askInstalled(
      `wheel on Python ${each}`,
      wheelOn(each, dist, project, version),
      project,
      version,
      // The stage that serves it takes the same.
      each === python && project.gates.serve !== undefined,
    ),
  )
  const fromSource = askInstalled(
    `sdist on Python ${python}`,
    sdistOn(python, dist, project, sdist ?? ""),
    project,
    version,
  )
  const outcomes = await runAll([...wheels, fromSource])
  return { summary: installSummary(outcomes, project) }
}

/** Starts the installed package as a server, and asks for its page and every asset that it names. */
export async function serve(
  dist: Directory,
  project: Installed,
  version: Version,
  server: Server,
): Promise<Finding> {
  const python = buildPython(project.pythons)
  const installed = installedBy(wheelOn(python, dist, project, version))
  const outcomes = await runAll([serving(installed, server, project.limits)])
  return { summary: outcomes.map(servedSummary).join("") }
}

function wheelOn(
  python: string,
  dist: Directory,
  project: Installed,
  version: Version,
): PackageInstall {
  // Of several wheels the installer takes the one that fits.
  const command = [
    ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-build"],
    ...["--no-cache", "--no-index", "--find-links", "/dist"],
    ...inPlaceOf(project.name),
    ...["--prerelease", "allow", "--", `${project.name}==${version.pep440}`],
  ]
  return {
    container: withDist(dist, project, python),
    command: installing(command, project.mirrors),
  }
}

/** What it depends on may ask for the package itself, and has brought another one of the same version. */
export function inPlaceOf(name: string): string[] {
  return ["--reinstall-package", normalizeName(name)]
}

function sdistOn(
  python: string,
  dist: Directory,
  project: Installed,
  sdist: string,
): PackageInstall {
  const { building, mirrors } = project
  const command = inBuilding(building, [
    ...["uv", "pip", "install", "--quiet", "--no-deps"],
    ...["--no-sources", "--no-cache", ...inPlaceOf(project.name)],
    ...["--", `/dist/${sdist}`],
  ])
  return {
    container: withDist(dist, project, python).with(
      withBuilding(building, mirrors),
    ),
    command: installing(command, mirrors),
  }
}

function withDist(
  dist: Directory,
  project: Installed,
  python: string,
): Container {
  return pythonContainer(
    python,
    project.mirrors,
    project.dependencies,
  ).withMountedDirectory("/dist", dist)
}

function installSummary(
  outcomes: readonly CommandOutcome[],
  project: Installed,
): string {
  const labels = outcomes.map(({ label }) => label).join(", ")
  const done =
    project.imports.length > 0
      ? "installed and imported"
      : "installed, with no module to import"
  return [`${labels}: ${done}`, ...shownCommands(project)].join(", ")
}
