import { fenced, type Reason, tail } from "../pipeline/failure.js"
import { commandLine } from "../text/command-line.js"
import type { LintConfig } from "./lint-config.js"
import { type LinterRow, LINTERS } from "./linter-table.js"
import type { Linter } from "./linters.js"
import type { Run } from "./runs.js"

/** What a linter says when it is done, unless it is told to be silent. */
export function closingOf(
  name: Linter["name"],
  commands: Linter["commands"],
  setting: LintConfig["setting"],
): RegExp | undefined {
  const { closes, silencedBy }: LinterRow = LINTERS[name]
  const { options, settings = {} } = silencedBy ?? {}
  const isSilent =
    commands.flat().some((word) => options?.test(word)) ||
    Object.entries(settings).some(([key, value]) =>
      value.test(setting(key) ?? ""),
    )
  return isSilent ? undefined : closes
}

/** Versions that close with no word. */
const WORDLESS: Partial<Record<Linter["name"], RegExp>> = { mypy: /^0\.[0-7]/ }

/** Why an exit code of 0 is not believed: what a plugin or a `.pth` file ends before it is done has found nothing. */
export function endedEarly(
  { closes, name }: Linter,
  command: readonly string[],
  { stderr, stdout, version }: Run,
): Reason | undefined {
  const said = `${stdout}\n${stderr}`
  if (!closes || closes.test(said) || WORDLESS[name]?.test(version))
    return undefined
  const words = said.trim() === "" ? "It said nothing." : fenced(tail(said))
  return {
    summary: `\`${commandLine(command).slice(0, 100)}\` exited with 0 and did not say that it was done`,
    details: `Something ended it before: a plugin of it, or code that runs whenever Python starts. Run it by hand without its plugins, one after the other. What it said:\n\n${words}`,
  }
}
