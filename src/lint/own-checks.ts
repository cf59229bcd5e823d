import { posix } from "node:path"

import { isBelow } from "../frontend/output.js"
import { isCiFile } from "../reading/ci-files.js"
import type { Sources } from "../reading/sources.js"
import { plainWords, withDefaults } from "../text/command-line.js"
import { callsOf, type Runner } from "./run-commands.js"

type Command = readonly string[]

/** What makes of a call one that looks and changes nothing. */
interface Check {
  /** Without one of them it changes what it looks at, and tells which files are the project's all the same. */
  readonly looks?: RegExp
  readonly drops: RegExp
}

const CHECKS: Readonly<Record<string, Check>> = {
  black: {
    looks: /^--(check|diff)$/,
    drops: /^(-q|--quiet|--check|--(no-)?color)$/,
  },
  isort: {
    looks: /^(-c|--check|--check-only|--diff)$/,
    drops: /^(-q|--quiet|-c|--check|--check-only|-rc|--recursive|-y|--apply)$/,
  },
  flake8: { drops: /^(-q|--quiet|--count|--tee)$/ },
  ruff: {
    drops:
      /^(-q|--quiet|-s|--silent|-n|--no-cache|--check|--diff|--(unsafe-)?fix(es)?|--(no-|show-)fix(es)?|--exit-non-zero-on-(fix|format)|--statistics|--output-format=.*)$/,
  },
}
/** What reads or writes files that are not there, passes whatever is found, or waits. */
const NOT_TAKEN =
  /^(--exit-zero|-e|--config(=.*)?|--isolated|--append-config(=.*)?|--settings(-path|-file)?(=.*)?|--sp(=.*)?|-o|--output-file(=.*)?|--output-format|--format|--stdin.*|-w|--watch|--add-noqa|-)$/
/** Options whose next word is no value of theirs. */
const FLAG =
  /^(-[vqcC]+|--(check|check-only|diff|count|verbose|quiet|show-source|statistics|fast|safe|preview|(no-)?color|fix|(un)?safe-fixes|show-fixes|filter-files|force-exclude|atomic|recursive|workers=.*|no-cache))$/

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
    !words.some(isOne(NOT_TAKEN)) &&
    places.every((each) => isThere(each, sources, () => true)) &&
    places.some((each) => isThere(each, sources, isPython))
  )
}

/** The words that are neither options nor may be the values of some. */
function placesIn(words: Command): string[] {
  return words.filter((each, at) => {
    const before = words[at - 1] ?? ""
    const isValue =
      before.startsWith("-") && !before.includes("=") && !FLAG.test(before)
    return !each.startsWith("-") && !isValue
  })
}

function isThere(
  place: string,
  sources: Sources,
  counts: (path: string) => boolean,
): boolean {
  const path = posix.normalize(place).replace(/\/$/, "")
  const folder = path === "." ? "" : path
  return [...sources.paths].some(
    (each) => isBelow(each, folder) && counts(each),
  )
}

const isPython = (path: string) => /\.(pyi?|ipynb)$/.test(path)

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
