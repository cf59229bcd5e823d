import { posix } from "node:path"

import { type Hook, type HookCall, prefixOf } from "../reading/pre-commit.js"
import type { Sources } from "../reading/sources.js"
import {
  CHECKS,
  type Command,
  isThere,
  isUnusable,
  placesIn,
} from "./call-words.js"
import { asItsHook, hookId } from "./hook-files.js"
import { LINT_FILES } from "./linter-table.js"

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
  const [, named = ""] = /^--(?:config|settings-\w+)=(.*)$/.exec(word) ?? []
  const path = posix.normalize(named)
  return [...LINT_FILES, "pyproject.toml"].includes(path) && sources.has(path)
}

const SPLIT = /^--(config|output-format|settings-\w+)$/

/** Options that tell what becomes of a call, each with its value. */
function inOne(args: readonly string[]): string[] {
  return args.flatMap((word, at) => {
    if (SPLIT.test(args[at - 1] ?? "")) return []
    return [SPLIT.test(word) ? `${word}=${args[at + 1] ?? ""}` : word]
  })
}
