import { code } from "../text/code.js"
import type { LintSigns } from "./in-use.js"
import type { LinterName } from "./linter-table.js"
import {
  inOrder,
  isForAll,
  isOfProject,
  type RunnerText,
} from "./own-checks.js"
import { isRun, type Runner } from "./run-commands.js"

/** Why what a linter finds stops nobody, where its author has it so: its hook, else all that runs it for everybody, lets it fail. */
export function letsFail(
  linter: LinterName,
  { hooks, runners }: LintSigns,
): string | undefined {
  const hook = hooks.find((each) => each.linter === linter)
  if (hook)
    return Object.values(hook.called ?? {}).some(({ args }) =>
      args?.includes("--exit-zero"),
    )
      ? `the hook of ${code(hook.path)} lets it fail`
      : undefined
  const running = inOrder(
    runners.filter((each) => isOfProject(each) && isRun(linter, each.text)),
  )
  const forAll = running.filter(isForAll)
  const deciding = forAll.length > 0 ? forAll : running
  const [first] = deciding
  return first && !deciding.some(({ strict }) => isRun(linter, strict))
    ? `${code(first.path)} lets it fail`
    : undefined
}

/** What is asked of a linter that may fail is asked all the same. */
export function textsOf(
  runners: readonly Runner[],
  reported: boolean,
): RunnerText[] {
  return runners.map(({ path, strict, text }) => ({
    path,
    text: reported ? text : strict,
  }))
}
