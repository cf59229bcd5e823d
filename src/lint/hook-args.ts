import { posix } from "node:path"

import { requirementName } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import {
  CHECKS,
  type Command,
  isThere,
  isUnusable,
  placesIn,
} from "./call-words.js"
import { asItsHook, byItsHook, filesOf, hookId } from "./hook-files.js"
import type { LintVersion } from "./lint-versions.js"
import {
  LINT_FILES,
  type LinterName,
  type LinterRow,
  LINTERS,
} from "./linter-table.js"
import { type Hook, type HookCall, PRE_COMMIT, prefixOf } from "./pre-commit.js"

/** A command as its hook has it; undefined where the hook has one that does more than look. */
export function asHookSays(
  usual: Command,
  hook: Hook,
  sources: Sources,
): Command | undefined {
  const { args = [], files = true } = callOf(usual, hook)
  const words = inOne(args)
  const places = placesIn(words)
  if (!isSound(words, places, hook, sources)) return undefined
  // Beside the files that it is given, a place adds none.
  const own = files ? words.filter((each) => !places.includes(each)) : words
  const { drops } = CHECKS[usual[0] ?? ""] ?? {}
  const command = [
    ...usual.filter((each) => files || places.length === 0 || each !== "."),
    ...own.filter((each) => !drops?.test(each)),
  ]
  return files ? asItsHook(command, hook, sources) : command
}

function callOf(usual: Command, hook: Hook): Partial<HookCall> {
  const id = hookId(usual, hook)
  return (id === undefined ? undefined : hook.called?.[id]) ?? {}
}

/** What it says of files is said from the top of the repository. */
function isSound(
  words: Command,
  places: Command,
  hook: Hook,
  sources: Sources,
): boolean {
  const isHere = prefixOf(hook, sources) === ""
  const others = words.filter((each) => !isHere || !isKnown(each, sources))
  return (
    !isUnusable(others) &&
    places.every((each) => isHere && isThere(each, sources))
  )
}

/** Settings that are where a linter looks for them. */
function isKnown(word: string, sources: Sources): boolean {
  const [, named = ""] =
    /^--(?:config(?:-file)?|settings-\w+)=(.*)$/.exec(word) ?? []
  const path = posix.normalize(named)
  return [...LINT_FILES, "pyproject.toml"].includes(path) && sources.has(path)
}

const EVERY_FILE = { files: [], exclude: [] }

/** A linter as `pre-commit` runs it: it sees what is installed for its hook, and nothing of what the project has. */
export function asPreCommit(
  name: LinterName,
  hooks: readonly Hook[],
  sources: Sources,
): (LintVersion & { readonly command: Command }) | undefined {
  const { byHook }: LinterRow = LINTERS[name]
  const [hook, another] = hooks.filter(({ linter }) => linter === name)
  const [id, more] = hook?.ids ?? []
  const isOne = another === undefined && id !== undefined && more === undefined
  if (!byHook || !hook || !isOne || hook.path !== PRE_COMMIT) return undefined
  const call: Partial<HookCall> = hook.called?.[id] ?? {}
  const { args = byItsHook(name, hook), files = true, replaced } = call
  const words = checking(name, inOne(args))
  const isSaid = words.every((each) => isSaidHere(each, sources))
  if (replaced || !isSaid || !hook.more.every(isPackage)) return undefined
  const given = filesOf(hook.narrowed?.[id] ?? EVERY_FILE, hook, sources)
  if (given.length === 0) return undefined
  const wanted = `${name}==${hook.version}`
  return {
    command: [name, ...words, ...(files ? ["--", ...given] : [])],
    requirements: [wanted, ...hook.more].sort(),
    version: `${code(wanted)} of ${code(hook.path)}`,
  }
}

/** What a hook gives its linter, as it is asked here: to look and to change nothing. */
function checking(name: LinterName, words: Command): Command {
  const { drops } = CHECKS[name] ?? {}
  const setting = () => undefined
  const usual = LINTERS[name].commands({
    ...{ packageDir: undefined, setting, formats: false, lints: true },
  })
  return [
    ...usual.flat().filter((each) => each.startsWith("--")),
    ...words.filter((each) => !drops?.test(each)),
  ]
}

/** What comes from an index: a repository takes git, and a path is one of the hook's own. */
function isPackage(requirement: string): boolean {
  return requirementName(requirement) !== "" && !requirement.includes("://")
}

/** A word that names no settings but those that are where linters find theirs. */
function isSaidHere(word: string, sources: Sources): boolean {
  const isOther = isUnusable([word]) || word.startsWith("--config-file")
  return !isOther || isKnown(word, sources)
}

const SPLIT = /^--(config|config-file|output-format|settings-\w+)$/

/** Options that tell what becomes of a call, each with its value. */
function inOne(args: readonly string[]): string[] {
  return args.flatMap((word, at) => {
    if (SPLIT.test(args[at - 1] ?? "")) return []
    return [SPLIT.test(word) ? `${word}=${args[at + 1] ?? ""}` : word]
  })
}
