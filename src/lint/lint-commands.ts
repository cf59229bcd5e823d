import { type Hook, PRE_COMMIT } from "../reading/pre-commit.js"
import { asHookSays } from "./hook-args.js"
import { asItsHook } from "./hook-files.js"
import { type FoundLinter, type LintSigns, lintsWithRuff } from "./in-use.js"
import type { LintClues } from "./lint-config.js"
import { type LinterRow, LINTERS } from "./linter-table.js"
import { ownChecks } from "./own-checks.js"
import { toxCommands } from "./tox-commands.js"

type CommandLine = readonly string[]

/** What a linter is asked: as the project has it asked, where that is said in plain words. */
export function lintCommands(
  clues: LintClues,
  linter: FoundLinter,
  formats: boolean,
  { hooks, runners }: LintSigns,
): readonly CommandLine[] {
  const { packageDir, sources } = clues
  const { config, name } = linter
  const { commands, types } = LINTERS[name]
  const lints = lintsWithRuff(config.where, { hooks, runners })
  const { setting } = config
  const usual = commands({ packageDir, setting, formats, lints })
  const hook = hooks.find((each) => each.linter === name)
  const own = types ? typesOf(clues, linter, hook) : []
  if (own.length > 0) return own
  if (hook)
    return types
      ? usual
      : usual.map(
          (each) =>
            asHookSays(each, hook, sources) ?? asItsHook(each, hook, sources),
        )
  return usual.flatMap((each) => ownChecks(each, runners, sources))
}

/** What tox asks of a type checker, else its hook. */
function typesOf(
  { pyproject, sources }: LintClues,
  linter: FoundLinter,
  hook: Hook | undefined,
): CommandLine[] {
  const byTox = toxCommands(linter.name, pyproject, sources)
  const byHook = hook ? hookCommand(linter, hook) : []
  return [...byTox, ...(byTox.length > 0 ? [] : byHook)].filter((each) =>
    isAimed(linter, each),
  )
}

/** What a hook says that is given no files. One that is given all sees nothing of what is installed here: it would find other things than `pre-commit` does. */
function hookCommand({ config, name }: FoundLinter, hook: Hook): CommandLine[] {
  const { aimed }: LinterRow = LINTERS[name]
  const [id, ...others] = hook.ids.filter((each) => each.startsWith(name))
  const isHere = hook.path === PRE_COMMIT
  if (!aimed || aimed.settings.some(config.setting) || !isHere) return []
  if (id === undefined || others.length > 0) return []
  const { args = [], files = true } = hook.called?.[id] ?? {}
  return files ? [] : [[name, ...args]]
}

/** Whether it has something to look at: more may have to be given to a call, and then there is none that works. */
function isAimed(
  { config, name }: FoundLinter,
  [, ...words]: CommandLine,
): boolean {
  const { aimed }: LinterRow = LINTERS[name]
  if (!aimed || aimed.settings.some(config.setting)) return true
  return words.some(
    (each, at) =>
      !each.startsWith("-") && !aimed.valued.test(words[at - 1] ?? ""),
  )
}
