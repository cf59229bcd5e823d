import { dag, type Directory } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { problem } from "../errors.js"
import { type DistributionFile, isWheel } from "../files/distribution.js"
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
  /** What accepts the signature of the release. */
  readonly publicKey: string | undefined
  readonly gates: Gates
  readonly limits: Pick<Limits, "command">
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
  if (!wheel)
    throw problem(
      "project",
      "there is no wheel to write install scripts for",
      "Let the build make one; `dagger call build` shows what it makes.",
    )
  const facts = await wheelFacts(dist, wheel.name, project.mirrors)
  const { commands } = facts
  const none = whyNoInstallers(project.gates.skip.get("installers"), commands)
  const [check = []] = versionCommandsOf(project, commands)
  const scripts =
    none === undefined
      ? filled(
          {
            ...facts,
            wheel,
            check,
            assets,
            publicKey: project.publicKey ?? "",
          },
          project.mirrors,
        )
      : dag.directory()
  return { scripts, wheel: wheel.name, commands, none }
}

/** Those that are commands of the wheel. */
export function versionCommandsOf(
  { gates }: Scripted,
  commands: readonly string[],
): (readonly string[])[] {
  return gates.versionCommands.filter(([name = ""]) => commands.includes(name))
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
