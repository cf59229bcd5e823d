import type { Reason } from "../pipeline/failure.js"
import { code } from "../text/code.js"
import {
  commonVariables,
  UNTAGGED,
  type Versioning,
} from "../version/versioning.js"

/** Whether a command runs tests and nothing besides: what else it may be (tox, a script) may install the package again. */
export function onlyTests(command: readonly string[]): boolean {
  return /^(?:python[\d.]* -m )?(?:pytest|unittest)(?: |$)/.test(
    command.join(" "),
  )
}

/** The variables that tell a version, and are not there while tests run. */
export function untold(
  command: readonly string[],
  versioning: Versioning,
): string[] {
  return onlyTests(command) ? commonVariables(versioning) : []
}

/** What tools say that find no version. */
const NO_VERSION = /\b(?:SCM|VCS|dunamai|pbr|setuptools[-_]scm)\b/i

/** Tests that build the package itself may want the variable that they are not given. */
export function withVariables(
  told: Reason,
  versioning: Versioning,
  command: readonly string[],
  key: "integration" | "unit",
): Reason {
  const common = untold(command, versioning)
  const said = told.said ?? told.details
  const isMissed =
    NO_VERSION.test(said) || common.some((each) => said.includes(each))
  if (common.length === 0 || !isMissed) return told
  const set = common.map((each) => `${each}=${UNTAGGED}`)
  const line = ["env", ...set, ...command].map((each) => JSON.stringify(each))
  const advice = `The package is installed with ${common.map(code).join(", ")} set to ${UNTAGGED}; its tests run without, since other projects that they build would be given that version, too. Where they build the package itself, name it in \`[tool.shipwheel.test]\`: \`${key} = [${line.join(", ")}]\`.`
  return { ...told, details: [advice, told.details].join("\n\n") }
}
