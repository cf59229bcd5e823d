import type { Frontend } from "../frontend/frontend.js"
import { runCommand } from "../frontend/package-manager.js"
import { code } from "../text/code.js"
import { type CalledWith, calling, commandLine } from "../text/command-line.js"
import { becauseOf, type Decision, titleOf } from "./decision.js"

/** What happens to a git ref, in words. */
export function explain(
  decision: Decision,
  frontends: readonly Frontend[],
  called?: CalledWith,
): string {
  const { ref, version } = decision
  const lines = version
    ? releaseLines(decision, `${calling(called)} release --tag ${version.tag}`)
    : gateLines(ref)
  return [
    `# ${titleOf(decision)}`,
    becauseOf(decision),
    [
      ...(version ? [`Version: \`${version.pep440}\``] : []),
      ...lines,
      ...frontendLines(frontends),
      ...leftOut(decision),
    ]
      .map((line) => `- ${line}`)
      .join("\n"),
  ].join("\n\n")
}

function gateLines(ref: string): string[] {
  return [
    "Stages: every gate; nothing is published.",
    `Command: ${code(commandLine(["dagger", "call", "gates", "--ref", ref]))}`,
  ]
}

function releaseLines({ environment }: Decision, command: string): string[] {
  const { approval, github, index = "", name } = environment
  return [
    `Stages: every gate; then upload to \`${index}\` and install from there${github ? "; then the release on GitHub" : "; no release on GitHub"}.`,
    name === "production"
      ? `PyPI: by \`promote\`, which the CI's protected environment \`${approval ?? ""}\` has to let pass.`
      : "PyPI: never; `promote` refuses it.",
    `Command: \`${command}\``,
  ]
}

function frontendLines(frontends: readonly Frontend[]): string[] {
  if (frontends.length === 0) return ["Frontend: there is none."]
  return frontends.map((each) =>
    frontends.length > 1
      ? `Frontend \`${each.path}\`: ${buildOf(each)}`
      : `Frontend: ${buildOf(each)}`,
  )
}

function buildOf(frontend: Frontend): string {
  const names = Object.keys(frontend.variables)
  const set = names.length > 0 ? ` with ${names.map(code).join(", ")}` : ""
  const command = runCommand(frontend.manager, frontend.script)
  return `${code(commandLine(command))}${set}.`
}

function leftOut({ environment }: Decision): string[] {
  return [...environment.skip].map(
    ([stage, reason]) => `Left out: ${stage} (${reason}).`,
  )
}
