import { type Hook, PRE_COMMIT } from "../reading/pre-commit.js"
import { asHookSays } from "./hook-args.js"
import { asItsHook } from "./hook-files.js"
import { type FoundLinter, type LintSigns, lintsWithRuff } from "./in-use.js"
import type { LintClues } from "./lint-config.js"
import { type LinterRow, LINTERS } from "./linter-table.js"
import { headOf, ownChecks, type RunnerText } from "./own-checks.js"
import { letsFail, textsOf } from "./reported.js"
import { isCalledBare } from "./run-commands.js"
import { toxCommands } from "./tox-commands.js"

type CommandLine = readonly string[]

/** What a linter is asked, and why what it finds is only reported, where it is. */
export interface AskedLinter {
  readonly commands: readonly CommandLine[]
  readonly reported: string | undefined
}

/** As the project has it asked, where that is said in plain words. */
export function lintCommands(
  clues: LintClues,
  linter: FoundLinter,
  formats: boolean,
  seen: LintSigns,
): AskedLinter {
  const { packageDir } = clues
  const { config, name } = linter
  const lints = lintsWithRuff(config.where, seen)
  const { setting } = config
  const usual = LINTERS[name].commands({ packageDir, setting, formats, lints })
  const hook = seen.hooks.find((each) => each.linter === name)
  const reported = letsFail(name, seen)
  if (LINTERS[name].types) {
    const own = typesOf(clues, linter, hook)
    return { commands: own.length > 0 ? own : usual, reported }
  }
  const texts = textsOf(seen.runners, reported !== undefined)
  const asked = usual.map((each) => checksOf(clues, each, hook, texts))
  const isUnread = asked.some(({ known }) => !known) && config.bare
  return {
    commands: asked.flatMap(({ commands }) => commands),
    reported:
      reported ??
      (isUnread
        ? `${config.where} has settings of it that can't be read`
        : undefined),
  }
}

/** A command of one that looks at files: as its hook has it, else as it is called. */
function checksOf(
  { sources }: LintClues,
  usual: CommandLine,
  hook: Hook | undefined,
  texts: readonly RunnerText[],
) {
  if (hook) {
    const own = asHookSays(usual, hook, sources)
    const command = own ?? asItsHook(usual, hook, sources)
    return { commands: [command], known: own !== undefined }
  }
  const own = ownChecks(usual, texts, sources)
  return own.length > 0
    ? { commands: own, known: true }
    : {
        commands: [usual],
        known: texts.some(({ text }) => isCalledBare(headOf(usual), text)),
      }
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
