import type { Container } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import {
  type LabelledCommand,
  limited,
  runInTurn,
} from "../containers/commands.js"
import { program } from "../containers/programs.js"
import { BOUNDED } from "../pipeline/failure.js"
import { spellings, type Version } from "../version/version.js"

/** What a project says of itself once it is installed. */
export interface Answering {
  readonly name: string
  readonly imports: readonly string[]
  readonly smoke: readonly (readonly string[])[]
  readonly gates: Pick<Gates, "versionCommands">
  readonly limits: Pick<Limits, "command">
}

/** What installs a package, and where. */
export interface PackageInstall {
  readonly container: Container
  readonly command: readonly string[]
}

/** Installs a package and asks it, in one container; where others work on the same installation, that is done before. */
export function askInstalled(
  label: string,
  installation: PackageInstall,
  project: Answering,
  version: Version,
  shared = false,
): LabelledCommand {
  const asking = (shared ? installedBy(installation) : installation.container)
    .withMountedFile("/to_the_end.py", program("containers/to_the_end.py"))
    .withMountedFile("/bounded.py", program("containers/bounded.py"))
    .withMountedFile("/installed.py", program("install/installed.py"))
    .withMountedFile("/prints.py", program("install/prints.py"))
  const questions = questionsFor(project, version)
  return runInTurn(
    label,
    asking,
    shared ? questions : [installation.command, ...questions],
  )
}

/** Where it is installed then. */
export function installedBy({ command, container }: PackageInstall): Container {
  return container.withExec([...command])
}

/** The project's own commands, each once. */
export function ownCommands({
  gates,
  smoke,
}: Pick<Answering, "gates" | "smoke">) {
  return [...gates.versionCommands, ...othersThanVersions({ gates, smoke })]
}

/** The same in words. */
export function shownCommands(project: Answering): string[] {
  return ownCommands(project).map((each) => `\`${each.join(" ")}\``)
}

/** What an installed package is asked wherever it came from, one after the other. */
function questionsFor(project: Answering, version: Version): string[][] {
  const { gates, imports, limits, name } = project
  return [
    ["uv", "pip", "check"],
    ["python", "/installed.py", name, version.pep440, ...imports],
    ...gates.versionCommands.map((command) => [
      ...["python", "/prints.py", spellings(version).join(",")],
      [name, ...imports].join(","),
      ...command,
    ]),
    ...othersThanVersions(project).map((each) => [...BOUNDED, ...each]),
  ].map((each) => limited(each, limits, "command"))
}

function othersThanVersions({
  gates,
  smoke,
}: Pick<Answering, "gates" | "smoke">) {
  const asked = gates.versionCommands.map((each) => each.join(" "))
  return smoke.filter((each) => !asked.includes(each.join(" ")))
}
