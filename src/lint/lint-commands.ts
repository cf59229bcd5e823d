import { posix } from "node:path"

import { isBelow } from "../frontend/output.js"
import { toxCommands } from "../reading/tox-commands.js"
import { CHECKS, placesIn } from "./call-words.js"
import { asHookSays, asPreCommit } from "./hook-args.js"
import { asItsHook } from "./hook-files.js"
import { type FoundLinter, type LintSigns, lintsWithRuff } from "./in-use.js"
import type { LintClues } from "./lint-config.js"
import type { LintVersion } from "./lint-versions.js"
import { type LinterRow, LINTERS } from "./linter-table.js"
import {
  headOf,
  isOfProject,
  ownChecks,
  type RunnerText,
} from "./own-checks.js"
import { type Hook, notByHand, PRE_COMMIT } from "./pre-commit.js"
import { letsFail, textsOf } from "./reported.js"
import { isCalledBare } from "./run-commands.js"

type CommandLine = readonly string[]

/** What a linter is asked, and why what it finds is only reported, where it is. */
export interface AskedLinter {
  readonly commands: readonly CommandLine[]
  readonly reported: string | undefined
  /** What is installed for it alone, where it sees nothing else. */
  readonly apart?: LintVersion
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
  const { unconfigured } = LINTERS[name]
  const usual = LINTERS[name].commands({ packageDir, setting, formats, lints })
  const hook = seen.hooks.find((each) => each.linter === name)
  const reported = letsFail(name, seen)
  const texts = textsOf(seen.runners, reported !== undefined)
  if (LINTERS[name].types) {
    const { hooks } = seen
    return { ...typesOf(clues, linter, usual, { hooks, texts }), reported }
  }
  const apart =
    config.bare && !unconfigured
      ? asPreCommit(name, notByHand(seen.hooks), clues.sources)
      : undefined
  if (apart) return { commands: [apart.command], reported, apart }
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

/** What is asked of a type checker: by tox, else by what else calls it, else by its hook. */
function typesOf(
  { packageDir, pyproject, sources }: LintClues,
  linter: FoundLinter,
  usual: readonly CommandLine[],
  { hooks, texts }: { hooks: readonly Hook[]; texts: readonly RunnerText[] },
): Omit<AskedLinter, "reported"> {
  const called = [
    toxCommands(linter.name, pyproject, sources),
    usual.filter((each) => isCalledSo(linter, each, texts)),
    usual.flatMap((each) => ownChecks(each, texts, sources)),
  ]
    .map((each) => each.filter((words) => isAimed(linter, words)))
    .find(({ length }) => length > 0)
  const apart = asPreCommit(linter.name, hooks, sources)
  const byHook = apart !== undefined && isAimed(linter, apart.command)
  // What looks at something else, such as tests of types, stands in the place of no hook.
  if (called && !(byHook && called.every((each) => isBeside(each, packageDir))))
    return { commands: called }
  return byHook ? { commands: [apart.command], apart } : { commands: usual }
}

/** Whether a call names places, and none of them has to do with the package. */
function isBeside(
  [name = "", ...words]: CommandLine,
  packageDir: string | undefined,
): boolean {
  const places = placesIn(words, CHECKS[name]).map((each) =>
    posix.normalize(each).replace(/^\.?\/|\/$|^\.$/g, ""),
  )
  return (
    places.length > 0 &&
    packageDir !== undefined &&
    !places.some(
      (each) => isBelow(packageDir, each) || isBelow(each, packageDir),
    )
  )
}

/** Whether something calls it without a word, which leaves all to its settings. */
function isCalledSo(
  { config, name }: FoundLinter,
  usual: CommandLine,
  texts: readonly RunnerText[],
): boolean {
  const { aimed }: LinterRow = LINTERS[name]
  return (
    aimed?.settings.some(config.setting) === true &&
    texts.some(
      (each) =>
        isOfProject(each) &&
        each.path !== PRE_COMMIT &&
        isCalledBare(headOf(usual), each.text),
    )
  )
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
