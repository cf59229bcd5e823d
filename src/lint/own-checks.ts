import { isCiFile } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"
import { plainWords, withDefaults } from "../text/command-line.js"
import {
  type Check,
  CHECKS,
  isPython,
  isThere,
  isUnusable,
  placesIn,
} from "./call-words.js"
import { callsOf, type Runner } from "./run-commands.js"

type Command = readonly string[]

/** What the author of a project has a linter look at, where that is said in plain words: what tox asks, else the CI, else anything else; a call that formats counts where none checks. */
export function ownChecks(
  usual: Command,
  runners: readonly Runner[],
  sources: Sources,
): readonly Command[] {
  const [program = "", action = ""] = usual
  const check = CHECKS[program]
  if (!check) return [usual]
  const head = program === "ruff" ? [program, action] : [program]
  const calls = runners.filter(isOfProject).flatMap(({ path, text }) =>
    callsOf(head, withDefaults(text)).flatMap((call) => {
      const words = plainWords(call)
      return words && isTaken(words, sources)
        ? [
            {
              path,
              words,
              looks: !check.looks || words.some(isOne(check.looks)),
            },
          ]
        : []
    }),
  )
  const best = calls.some(({ looks }) => looks)
    ? calls.filter(({ looks }) => looks)
    : calls
  const [first] = inOrder(best)
  const own = best
    .filter(({ path }) => path === first?.path)
    .map(({ words }) => asCheck(head, words, check, usual, sources))
  const all = own.length > 0 ? own : [usual]
  return [...new Map(all.map((each) => [each.join(" "), each])).values()]
}

const isOne = (pattern: RegExp) => (word: string) => pattern.test(word)

/** Whether a call in there is for the hand: one that formats says no more of what is checked than a list does. */
export function isByHand(linter: string, runner: Runner): boolean {
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
export const isOfProject = ({ path }: Runner): boolean =>
  path !== "package.json"

/** Whether what runs something is no matter of who sits before it. */
export const isForAll = ({ path }: Runner): boolean => rank(path) < 2

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
function isTaken(words: Command, sources: Sources): boolean {
  const places = placesIn(words)
  return (
    places.length > 0 &&
    !isUnusable(words) &&
    places.every((each) => isThere(each, sources)) &&
    places.some((each) => isThere(each, sources, isPython))
  )
}

function asCheck(
  head: Command,
  words: Command,
  { drops }: Check,
  usual: Command,
  sources: Sources,
): Command {
  const places = placesIn(words)
  const unseen = places.filter((each) => !isThere(each, sources, isPython))
  const options = usual.filter((each) => each.startsWith("--"))
  return [
    ...head,
    ...options,
    ...words.filter((each) => !drops.test(each) && !unseen.includes(each)),
  ]
}
