import type { Container, Directory } from "@dagger.io/dagger"

import type { Server } from "../config/gate-config.js"
import type { Gates } from "../config/gate-config.js"
import {
  type CommandOutcome,
  type LabelledCommand,
  runAll,
} from "../containers/commands.js"
import {
  buildPython,
  type Mirrors,
  pythonContainer,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import { isWheel } from "../files/distribution.js"
import type { Finding, Work } from "../pipeline/pipeline.js"
import { spellings, type Version } from "../version/version.js"
import { servedSummary, serving } from "./serve-stage.js"

/** What of a project is installed, and what it is asked then. */
export interface Installed {
  readonly name: string
  readonly pythons: readonly string[]
  readonly dependencies: readonly string[]
  readonly imports: readonly string[]
  readonly smoke: readonly (readonly string[])[]
  readonly gates: Gates
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
  const { gates, pythons, smoke } = project
  return {
    plan: {
      does: `the wheel on Python ${pythons.join(", ")}, and the sdist, in containers without the source`,
      commands: [...gates.versionCommands, ...smoke],
    },
    run: async () => install(await dist(), project, await carried()),
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
      withWheel(dist, project, version, each),
      project,
      version,
    ),
  )
  const fromSource = askInstalled(
    `sdist on Python ${python}`,
    withSdist(dist, project, python, sdist ?? ""),
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
  const installed = withWheel(
    dist,
    project,
    version,
    buildPython(project.pythons),
  )
  const outcomes = await runAll([serving(installed, server)])
  return { summary: outcomes.map(servedSummary).join("") }
}

/** What an installed package is asked, one after the other; the last is the attempt. */
function askInstalled(
  label: string,
  container: Container,
  project: Installed,
  version: Version,
): LabelledCommand {
  const commands = installQuestions(project, version)
  const [command = []] = commands.slice(-1)
  const before = commands.slice(0, -1)
  return {
    label,
    container: before.reduce((each, args) => each.withExec(args), container),
    command,
  }
}

function installQuestions(project: Installed, version: Version): string[][] {
  const { gates, imports, name, smoke } = project
  const asked = gates.versionCommands.map((each) => each.join(" "))
  return [
    ["uv", "pip", "check"],
    ["python", "/installed.py", name, version.pep440, ...imports],
    ...gates.versionCommands.map((command) => [
      ...["python", "/prints.py", spellings(version).join(",")],
      ...command,
    ]),
    ...smoke
      .filter((each) => !asked.includes(each.join(" ")))
      .map((each) => [...each]),
  ]
}

function withWheel(
  dist: Directory,
  project: Installed,
  version: Version,
  python: string,
): Container {
  // Of several wheels the installer takes the one that fits.
  return withDist(dist, project, python).withExec([
    ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-build"],
    ...["--no-cache", "--no-index", "--find-links", "/dist"],
    ...["--prerelease", "allow", "--", `${project.name}==${version.pep440}`],
  ])
}

function withSdist(
  dist: Directory,
  project: Installed,
  python: string,
  sdist: string,
): Container {
  return withDist(dist, project, python).withExec([
    ...["uv", "pip", "install", "--quiet", "--no-deps"],
    ...["--no-sources", "--no-cache", "--", `/dist/${sdist}`],
  ])
}

function withDist(
  dist: Directory,
  project: Installed,
  python: string,
): Container {
  return base(project, python)
    .withMountedFile("/installed.py", program("install/installed.py"))
    .withMountedFile("/prints.py", program("install/prints.py"))
    .withMountedDirectory("/dist", dist)
}

function base(project: Installed, python: string): Container {
  return pythonContainer(python, project.mirrors, project.dependencies)
}

function installSummary(
  outcomes: readonly CommandOutcome[],
  { gates, smoke }: Installed,
): string {
  const labels = outcomes.map(({ label }) => label).join(", ")
  const commands = [...gates.versionCommands, ...smoke].map(
    (each) => `\`${each.join(" ")}\``,
  )
  return [`${labels}: installed and imported`, ...new Set(commands)].join(", ")
}
