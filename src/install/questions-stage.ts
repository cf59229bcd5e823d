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
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { spellings, type Version } from "../version/version.js"

/** What a project says of itself once it is installed. */
export interface Answering {
  readonly name: string
  readonly imports: readonly string[]
  /** They are found, and nobody says that nothing else has to be importable. */
  readonly importsWhole: boolean
  readonly smoke: readonly (readonly string[])[]
  readonly gates: Pick<Gates, "allow" | "versionCommands">
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

interface OwnGates {
  readonly gates: Pick<Gates, "versionCommands">
}

/** The project's own commands, each once. */
export function ownCommands({
  gates,
  smoke,
}: Pick<Answering, "smoke"> & OwnGates) {
  return [...gates.versionCommands, ...othersThanVersions({ gates, smoke })]
}

/** The same in words. */
export function shownCommands(project: Answering): string[] {
  return ownCommands(project).map((each) => code(commandLine(each)))
}

/** What an installed package is asked wherever it came from, one after the other. */
function questionsFor(project: Answering, version: Version): string[][] {
  const { gates, imports, importsWhole, limits, name } = project
  const whole = importsWhole ? ["--whole"] : []
  return [
    ["uv", "pip", "check"],
    [
      ...["python", "/installed.py", ...whole, ...excused(gates)],
      ...[name, version.pep440, ...imports],
    ],
    ...gates.versionCommands.map((command) => [
      ...["python", "/prints.py", spellings(version).join(",")],
      [name, ...imports].join(","),
      ...command,
    ]),
    ...othersThanVersions(project).map((each) => [...BOUNDED, ...each]),
  ].map((each) => limited(each, limits, "command"))
}

/** Commands that need not start, by the path that an installer gives them. */
function excused({ allow }: Pick<Gates, "allow">): string[] {
  const names = [...allow.keys()].flatMap(
    (each) => /^bin\/([^/]+)$/.exec(each)?.[1] ?? [],
  )
  return names.flatMap((each) => ["--but", each])
}

function othersThanVersions({
  gates,
  smoke,
}: Pick<Answering, "smoke"> & OwnGates) {
  const asked = gates.versionCommands.map((each) => each.join(" "))
  return smoke.filter((each) => !asked.includes(each.join(" ")))
}
