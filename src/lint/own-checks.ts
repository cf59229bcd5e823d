import { posix } from "node:path"

import { isCiFile } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"
import { plainWords, withDefaults } from "../text/command-line.js"
import {
  type Check,
  CHECKS,
  type Command,
  isPython,
  isThere,
  isUnusable,
  placesIn,
  withoutReports,
} from "./call-words.js"
import { callsOf, isCalledBare, type Runner } from "./run-commands.js"
import { withNames } from "./written-names.js"

/** A call that no shell takes as it is written is none that is taken. */
const UNREAD: Command = ["-"]

export type RunnerText = Pick<Runner, "path" | "text">

/** A call that is there in plain words. */
interface Call {
  readonly path: string
  readonly words: Command
  /** It names what it looks at. */
  readonly aimed: boolean
  /** It looks at everything, and for all that it knows. */
  readonly full: boolean
  readonly looks: boolean
}

/** What the author of a project has a linter look at, where that is said in plain words: what tox asks, else the CI, else anything else; a call that formats counts where none checks, and one that names no place and asks for less than all it knows where none names any. */
export function ownChecks(
  usual: Command,
  runners: readonly RunnerText[],
  sources: Sources,
): readonly Command[] {
  const head = headOf(usual)
  const check = checkOf(usual)
  if (!check) return []
  const calls = runners.filter(isOfProject).flatMap((runner) =>
    givenIn(runner, head).flatMap((call) => {
      const words = withoutReports(plainWords(call) ?? UNREAD)
      return isTaken(words, check, sources)
        ? [callWith(runner.path, words, check)]
        : []
    }),
  )
  const best = preferred(
    preferred(calls, ({ aimed, full }) => aimed || full),
    ({ looks }) => looks,
  )
  const [first] = inOrder(best)
  const own = best
    .filter(({ path }) => path === first?.path)
    .map(({ words }) => asCheck(head, words, check, usual, sources))
  return [...new Map(own.map((each) => [each.join(" "), each])).values()]
}

/** What each call of it is given; nothing where it is named alone, if no environment or target may have its name. */
function givenIn({ path, text }: RunnerText, head: Command): string[] {
  const isBare = head.length > 1 && isCalledBare(head, text)
  const calls = callsOf(head, withNames(path, withDefaults(text)))
  return isBare ? [...calls, ""] : calls
}

/** What names no place looks at everything without one. */
function checkOf(usual: Command): Check | undefined {
  const [name = "", ...words] = usual
  const check = CHECKS[name]
  const whole = placesIn(words, check).length === 0 ? [] : undefined
  return check && { ...(whole && { whole }), ...check }
}

/** What all its calls begin with. */
export function headOf(usual: Command): Command {
  return usual.slice(0, usual[0] === "ruff" ? 2 : 1)
}

function callWith(path: string, words: Command, check: Check): Call {
  const { drops, looks, naming, whole } = check
  const aimed = isAimed(words, check)
  const narrows = naming === undefined && !words.every(isOne(drops))
  return {
    path,
    words,
    aimed,
    full: whole !== undefined && !aimed && !narrows,
    looks: !looks || words.some(isOne(looks)),
  }
}

function isAimed(words: Command, check: Check): boolean {
  const { naming } = check
  return (
    placesIn(words, check).length > 0 ||
    (naming !== undefined && words.some(isOne(naming)))
  )
}

/** Those that are so; all where none is. */
function preferred<T>(all: readonly T[], isSo: (each: T) => boolean) {
  return all.some(isSo) ? all.filter(isSo) : all
}

const isOne = (pattern: RegExp) => (word: string) => pattern.test(word)

/** Whether a call in there is for the hand: one that formats says no more of what is checked than a list does. */
export function isByHand(linter: string, runner: RunnerText): boolean {
  const looks = CHECKS[linter]?.looks
  const calls = callsOf([linter], runner.text)
  return (
    looks !== undefined &&
    !isForAll(runner) &&
    calls.length > 0 &&
    !calls.some((call) => call.split(/\s+/).some(isOne(looks)))
  )
}

/** Whoever gives a frontend's script a linter says there what it looks at, which is not everything. */
export const isOfProject = ({ path }: RunnerText): boolean =>
  path !== "package.json"

/** Whether what runs something is no matter of who sits before it. */
export const isForAll = ({ path }: RunnerText): boolean => rank(path) < 2

/** What tox runs is for everybody, a CI's call for its own machines, and the others may be for the hand. */
function rank(path: string): number {
  if (/^(tox\.(ini|toml)|\[tool\.tox\])$/.test(path)) return 0
  return isCiFile(path) || path.startsWith(".github/") ? 1 : 2
}

/** What says most of what is checked first. */
export function inOrder<T extends { readonly path: string }>(
  all: readonly T[],
): T[] {
  return [...all].sort((a, b) => rank(a.path) - rank(b.path))
}

/** A command that is understood, and that names files of this project and no others. */
function isTaken(words: Command, check: Check, sources: Sources): boolean {
  const places = placesIn(words, check)
  const aimed = isAimed(words, check)
  return (
    !isUnusable(words) &&
    settingsIn(words).every((each) => sources.has(each)) &&
    places.every((each) => isThere(each, sources)) &&
    (places.some((each) => isThere(each, sources, isPython)) ||
      (places.length === 0 && (aimed || check.whole !== undefined)))
  )
}

/** The files of settings that a call names. */
function settingsIn(words: Command): string[] {
  return words.flatMap((word, at) => {
    const named = /^--config-file(?:=(.*))?$/.exec(word)
    return named ? [posix.normalize(named[1] ?? words[at + 1] ?? "")] : []
  })
}

function asCheck(
  head: Command,
  words: Command,
  check: Check,
  usual: Command,
  sources: Sources,
): Command {
  const { drops, whole = [] } = check
  const places = placesIn(words, check)
  const unseen = places.filter((each) => !isThere(each, sources, isPython))
  const options = usual.filter((each) => each.startsWith("--"))
  return [
    ...head,
    ...options,
    ...(isAimed(words, check) ? [] : whole),
    ...words.filter((each) => !drops.test(each) && !unseen.includes(each)),
  ]
}
