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
} from "./call-words.js"
import { callsOf, type Runner } from "./run-commands.js"

export type RunnerText = Pick<Runner, "path" | "text">

/** A call that is there in plain words. */
interface Call {
  readonly path: string
  readonly words: Command
  /** It names what it looks at. */
  readonly aimed: boolean
  readonly looks: boolean
}

/** What the author of a project has a linter look at, where that is said in plain words: what tox asks, else the CI, else anything else; a call that formats counts where none checks, and one that names no place where none names any. */
export function ownChecks(
  usual: Command,
  runners: readonly RunnerText[],
  sources: Sources,
): readonly Command[] {
  const head = headOf(usual)
  const check = CHECKS[head[0] ?? ""]
  if (!check) return []
  const calls = runners.filter(isOfProject).flatMap(({ path, text }) =>
    callsOf(head, withDefaults(text)).flatMap((call) => {
      const words = plainWords(call)
      return words && isTaken(words, check, sources)
        ? [callWith(path, words, check)]
        : []
    }),
  )
  const best = preferred(
    preferred(calls, ({ aimed }) => aimed),
    ({ looks }) => looks,
  )
  const [first] = inOrder(best)
  const own = best
    .filter(({ path }) => path === first?.path)
    .map(({ words }) => asCheck(head, words, check, usual, sources))
  return [...new Map(own.map((each) => [each.join(" "), each])).values()]
}

/** What all its calls begin with. */
export function headOf(usual: Command): Command {
  return usual.slice(0, usual[0] === "ruff" ? 2 : 1)
}

function callWith(path: string, words: Command, { looks }: Check): Call {
  return {
    path,
    words,
    aimed: placesIn(words).length > 0,
    looks: !looks || words.some(isOne(looks)),
  }
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
function isTaken(words: Command, { whole }: Check, sources: Sources): boolean {
  const places = placesIn(words)
  return (
    !isUnusable(words) &&
    places.every((each) => isThere(each, sources)) &&
    (places.some((each) => isThere(each, sources, isPython)) ||
      (whole !== undefined && places.length === 0))
  )
}

function asCheck(
  head: Command,
  words: Command,
  { drops, whole = [] }: Check,
  usual: Command,
  sources: Sources,
): Command {
  const places = placesIn(words)
  const unseen = places.filter((each) => !isThere(each, sources, isPython))
  const options = usual.filter((each) => each.startsWith("--"))
  return [
    ...head,
    ...options,
    ...(places.length === 0 ? whole : []),
    ...words.filter((each) => !drops.test(each) && !unseen.includes(each)),
  ]
}
