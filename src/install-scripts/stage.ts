import {
  type Container,
  dag,
  type Directory,
  type Service,
} from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import { type LabelledCommand, runAll } from "../containers/commands.js"
import {
  linuxContainer,
  type Mirrors,
  TOOLS_PYTHON,
  toolsContainer,
} from "../containers/images.js"
import { chooseDistributions, type Linux } from "../containers/linux.js"
import { program } from "../containers/programs.js"
import { problem } from "../errors.js"
import { type DistributionFile, isWheel } from "../files/distribution.js"
import { INDEX, serveIndex } from "../package-index/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { type Finding, unless, type Work } from "../pipeline/pipeline.js"
import { spellings, type Version } from "../version/version.js"
import {
  type InstallerValues,
  installerValues,
  parseWheelFacts,
  type WheelFacts,
  whyNoInstallers,
} from "./install-scripts.js"

/** What of a project its install scripts depend on. */
export interface Scripted {
  readonly pythons: readonly string[]
  readonly smoke: readonly (readonly string[])[]
  readonly gates: Gates
  readonly mirrors: Mirrors
}

/** The install scripts of a release; or the reason why it has none. */
export interface Installers {
  readonly scripts: Directory
  readonly wheel: string
  readonly commands: readonly string[]
  readonly none: string | undefined
}

/** Writes the install scripts for the wheel that was built. */
export async function writeInstallers(
  dist: Directory,
  files: readonly DistributionFile[],
  project: Scripted,
  assets: string,
): Promise<Installers> {
  const [wheel] = files.filter(({ name }) => isWheel(name))
  if (!wheel) throw new Error("a build made no wheel")
  const facts = await wheelFacts(dist, wheel.name, project.mirrors)
  const { commands } = facts
  const none = whyNoInstallers(project.gates.skip.get("installers"), commands)
  const scripts =
    none === undefined
      ? filled({ ...facts, wheel, assets }, project.mirrors)
      : dag.directory()
  return { scripts, wheel: wheel.name, commands, none }
}

/** The templates are long: in a container they don't fill the log. */
function filled(values: InstallerValues, mirrors: Mirrors): Directory {
  let blocks = dag.directory()
  for (const [name, text] of Object.entries(installerValues(values)))
    blocks = blocks.withNewFile(name, text)
  return toolsContainer(mirrors)
    .withMountedFile("/fill.py", program("install-scripts/fill.py"))
    .withMountedDirectory("/templates", templates())
    .withMountedDirectory("/values", blocks)
    .withExec(["python", "/fill.py", "/templates", "/values", "/filled"])
    .directory("/filled")
}

/** What install scripts are made for. */
export interface InstallersInput {
  readonly project: Scripted
  readonly dist: () => Promise<Directory>
  readonly files: () => Promise<readonly DistributionFile[]>
  /** The version that the files carry. */
  readonly carried: () => Promise<Version>
  /** Where everybody will download the files of the release; empty where that is not known. */
  readonly assets: string
}

export function installersWork(input: InstallersInput): Work {
  const { gates } = input.project
  const off = gates.skip.get("installers")
  const where = chooseDistributions(gates.installers)
  return {
    plan: {
      does: `install.sh on ${where.map(({ name }) => name).join(", ")}, from an index with the files; a corrupted wheel refused; uninstalled`,
      commands: [["sh", "install.sh", "--index", "<index>"]],
    },
    ...unless(off === undefined ? undefined : `switched off: ${off}`, () =>
      tryInstallers(input),
    ),
  }
}

/** The scripts for whoever asks for them by name. */
export async function installScripts({
  assets,
  dist,
  files,
  project,
}: InstallersInput): Promise<Directory> {
  const { none, scripts } = await writeInstallers(
    await dist(),
    await files(),
    project,
    assets,
  )
  if (none === undefined) return scripts
  throw problem(
    "project",
    `there are no install scripts: ${none}`,
    "Name a command in `[project.scripts]`, and give no reason against `installers` in `tool.shipwheel.skip`.",
  )
}

/** Installs from an index with the files by `install.sh` in each distribution, side by side, and has a corrupted file refused. */
async function tryInstallers({
  assets,
  carried,
  project,
  ...built
}: InstallersInput): Promise<Finding> {
  const dist = await built.dist()
  const files = await built.files()
  const version = await carried()
  const written = await writeInstallers(dist, files, project, assets)
  if (written.none !== undefined)
    return { skipped: true, summary: written.none }
  const index = serveIndex(project.mirrors, dist)
  const { there, remarks } = await available(project)
  if (there.length === 0)
    throw new StageFailure(
      "install.sh could be tried nowhere",
      remarks.map((each) => `- ${each}`).join("\n"),
    )
  const outcomes = await runAll(
    there.map((each) =>
      trialOf(each, { dist, project, version, index, written }),
    ),
  )
  const where = outcomes.map(({ label }) => label).join(", ")
  return {
    summary: `install.sh on ${where}: installed without root, ${written.commands.map((each) => `\`${each}\``).join(", ")}, run again, a corrupted wheel refused, uninstalled`,
    remarks,
  }
}

interface Trial {
  readonly dist: Directory
  readonly project: Scripted
  readonly version: Version
  readonly index: Service
  readonly written: Installers
}

interface TrialPlace {
  readonly linux: Linux
  readonly container: Container
}

/** What the configuration names must be there; of the others those are taken that are. */
async function available(
  project: Scripted,
): Promise<{ there: TrialPlace[]; remarks: string[] }> {
  const named = project.gates.installers
  const [python = TOOLS_PYTHON] = project.pythons.slice(-1)
  const remarks: string[] = []
  const places = chooseDistributions(named).map(async (linux) => {
    const container = prepared(linux, python, project.mirrors)
    try {
      await container.sync()
      return [{ linux, container }]
    } catch (error) {
      if (named) throw error
      const [reason = ""] =
        error instanceof Error ? error.message.split("\n") : []
      remarks.push(`install.sh was not tried on ${linux.name}: ${reason}`)
      return []
    }
  })
  return { there: (await Promise.all(places)).flat(), remarks }
}

function prepared(linux: Linux, python: string, mirrors: Mirrors): Container {
  const { authorities, image, prepare, uv } = linux
  const bare = prepare(python).reduce(
    (each, command) => each.withExec([...command]),
    linuxContainer(image(python), mirrors, authorities),
  )
  const tool = toolsContainer(mirrors).file("/usr/local/bin/uv")
  return uv ? bare.withFile("/usr/local/bin/uv", tool) : bare
}

const GUEST = "1000:1000"
const HOME = "/home/guest"

/** As somebody who is not root, and whom the system does not know. */
function trialOf(
  { container, linux }: TrialPlace,
  trial: Trial,
): LabelledCommand {
  const { dist, index, project, version, written } = trial
  const ready = container
    .withServiceBinding(INDEX.hostname, index)
    .with(trusted)
    // What a backend writes may be for its owner alone.
    .withMountedDirectory("/dist", dist, { owner: GUEST })
    .withMountedDirectory("/scripts", written.scripts)
    .withMountedFile("/says.sh", program("install-scripts/says.sh"))
    .withMountedFile("/try.sh", program("install-scripts/try.sh"))
    .withDirectory(HOME, dag.directory(), { owner: GUEST })
    .withEnvVariable("HOME", HOME)
    .withEnvVariable("PATH", `${HOME}/.local/bin:\${PATH}`, { expand: true })
    .withWorkdir(HOME)
    .withUser(GUEST)
    .withExec(["sh", "/scripts/install.sh", "--index", INDEX.href])
  const asked = trialQuestions(project, version, written.commands)
  return {
    label: linux.name,
    container: asked.reduce((each, args) => each.withExec(args), ready),
    command: [
      ...["sh", "/try.sh", "/scripts/install.sh"],
      ...[`/dist/${written.wheel}`, INDEX.href],
    ],
  }
}

/** The smoke commands, as far as they are commands of the wheel: the system's Python knows nothing of it. */
function trialQuestions(
  { gates, smoke }: Scripted,
  version: Version,
  commands: readonly string[],
): string[][] {
  const installed = ([name = ""]: readonly string[]) => commands.includes(name)
  const asked = gates.versionCommands.filter(installed)
  const others = smoke.filter(installed).filter((each) => !asked.includes(each))
  const spelt = spellings(version).join(",")
  return [
    ...asked.map((each) => ["sh", "/says.sh", spelt, ...each]),
    ...others.map((each) => [...each]),
  ]
}

/** Of a server without TLS, pip takes nothing unless it is told to. */
function trusted(container: Container): Container {
  return container.withEnvVariable(
    "PIP_TRUSTED_HOST",
    `${INDEX.host} \${PIP_TRUSTED_HOST}`,
    { expand: true },
  )
}

async function wheelFacts(
  dist: Directory,
  wheel: string,
  mirrors: Mirrors,
): Promise<WheelFacts> {
  const json = await toolsContainer(mirrors)
    .withMountedFile(
      "/installable.py",
      program("install-scripts/installable.py"),
    )
    .withMountedDirectory("/dist", dist)
    .withExec(["python", "/installable.py", `/dist/${wheel}`])
    .stdout()
  return parseWheelFacts(json)
}

function templates(): Directory {
  return dag.currentModule().source().directory("src/install-scripts/templates")
}
