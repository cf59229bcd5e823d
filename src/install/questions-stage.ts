import type { Container } from "@dagger.io/dagger"

import type { Gates } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import { type LabelledCommand, limited } from "../containers/commands.js"
import { program } from "../containers/programs.js"
import { spellings, type Version } from "../version/version.js"

/** What a project says of itself once it is installed. */
export interface Answering {
  readonly name: string
  readonly imports: readonly string[]
  readonly smoke: readonly (readonly string[])[]
  readonly gates: Pick<Gates, "versionCommands">
  readonly limits: Pick<Limits, "command">
}

/** What an installed package is asked wherever it came from, one after the other; the last is the attempt. */
export function askInstalled(
  label: string,
  installed: Container,
  project: Answering,
  version: Version,
): LabelledCommand {
  const questions = questionsFor(project, version)
  const [command = []] = questions.slice(-1)
  const ready = installed
    .withMountedFile("/to_the_end.py", program("containers/to_the_end.py"))
    .withMountedFile("/installed.py", program("install/installed.py"))
    .withMountedFile("/prints.py", program("install/prints.py"))
  return {
    label,
    container: questions
      .slice(0, -1)
      .reduce((each, args) => each.withExec(args), ready),
    command,
  }
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

function questionsFor(project: Answering, version: Version): string[][] {
  const { gates, imports, limits, name } = project
  return [
    ["uv", "pip", "check"],
    ["python", "/installed.py", name, version.pep440, ...imports],
    ...gates.versionCommands.map((command) => [
      ...["python", "/prints.py", spellings(version).join(",")],
      ...command,
    ]),
    ...othersThanVersions(project),
  ].map((each) => limited(each, limits.command))
}

function othersThanVersions({
  gates,
  smoke,
}: Pick<Answering, "gates" | "smoke">) {
  const asked = gates.versionCommands.map((each) => each.join(" "))
  return smoke.filter((each) => !asked.includes(each.join(" ")))
}
