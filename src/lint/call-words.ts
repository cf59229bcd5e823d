import { posix } from "node:path"

import { isBelow } from "../frontend/output.js"
import type { Sources } from "../reading/sources.js"

export type Command = readonly string[]

/** What makes of a call one that looks and changes nothing. */
export interface Check {
  /** Without one of them it changes what it looks at, and tells which files are the project's all the same. */
  readonly looks?: RegExp
  readonly drops: RegExp
  /** What it looks at without a word is what is given here: everything. */
  readonly whole?: Command
  /** Its options whose next word is their value, where all of them are known. */
  readonly valued?: RegExp
  /** Those of them that name what it looks at. */
  readonly naming?: RegExp
}

/** The options of mypy with a value that names nothing to look at. */
export const MYPY_VALUED =
  /^--(python-version|platform|always-(true|false)|(en|dis)able-error-code|follow-imports|exclude|config-file|python-executable|cache-dir|shadow-file|custom-\w+-\w+|junit-(xml|format)|find-occurrences|package-root|output|num-workers|([\w-]+-)?report)$/
const MYPY_NAMING = /^(-[mp]|--module|--package)$/

export const CHECKS: Readonly<Record<string, Check>> = {
  black: {
    looks: /^--(check|diff)$/,
    drops: /^(-q|--quiet|--check|--(no-)?color)$/,
  },
  isort: {
    looks: /^(-c|--check|--check-only|--diff)$/,
    drops: /^(-q|--quiet|-c|--check|--check-only|-rc|--recursive|-y|--apply)$/,
  },
  flake8: { drops: /^(-q|--quiet|--count|--tee|--exit-zero)$/ },
  mypy: {
    drops: /^--(no-)?(pretty|color-output)$/,
    valued: new RegExp(`${MYPY_VALUED.source}|${MYPY_NAMING.source}`),
    naming: MYPY_NAMING,
  },
  ruff: {
    drops:
      /^(-q|--quiet|-s|--silent|-n|--no-cache|--check|--diff|--(unsafe-)?fix(es)?|--(no-|show-)fix(es)?|--exit-non-zero-on-(fix|format)|--statistics|--output-format=.*|--exit-zero)$/,
    whole: ["."],
  },
}
/** What reads or writes files that are not there, looks at nothing, or waits. */
const NOT_TAKEN =
  /^(-e|--version|--help|-[hV]|--show-(files|settings)|--bug-report|--config(=.*)?|--isolated|--(python-executable|shadow-file)(=.*)?|--append-config(=.*)?|--settings(-path|-file)?(=.*)?|--sp(=.*)?|-o|--output-file(=.*)?|--output-format|--format|--stdin.*|-w|--watch|--add-noqa|-)$/
/** Options whose next word is no value of theirs. */
const FLAG =
  /^(-[vqcCS]+|--(skip-[\w-]+|check|check-only|diff|count|verbose|quiet|show-source|statistics|fast|safe|preview|(no-)?color|fix|(un)?safe-fixes|show-fixes|filter-files|force-exclude|atomic|recursive|workers=.*|no-cache))$/

/** Whether a call is none that only looks at files that are there. */
export function isUnusable(words: Command): boolean {
  return words.some((each) => NOT_TAKEN.test(each))
}

const REPORT = /^--([\w-]+-report|junit-xml)(=|$)/

/** A call without the files that it writes: they take packages of their own. */
export function withoutReports(words: Command): Command {
  const isReport = (each = "") => REPORT.test(each)
  return words.filter((each, at) => {
    const before = words[at - 1]
    return !isReport(each) && !(isReport(before) && !before?.includes("="))
  })
}

/** The words that are neither options nor may be the values of some. */
export function placesIn(words: Command, check?: Check): string[] {
  const { valued } = check ?? {}
  return words.filter((each, at) => {
    const before = words[at - 1] ?? ""
    const isValue = valued
      ? valued.test(before)
      : before.startsWith("-") && !before.includes("=") && !FLAG.test(before)
    return !each.startsWith("-") && !isValue
  })
}

export function isThere(
  place: string,
  sources: Sources,
  counts: (path: string) => boolean = () => true,
): boolean {
  const path = posix.normalize(place).replace(/\/$/, "")
  const folder = path === "." ? "" : path
  return [...sources.paths].some(
    (each) => isBelow(each, folder) && counts(each),
  )
}

export const isPython = (path: string) => /\.(pyi?|ipynb)$/.test(path)
