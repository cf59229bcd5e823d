import { posix } from "node:path"

import { isBelow } from "../frontend/output.js"
import { ciFiles } from "../reading/ci-files.js"
import { foldersAbove } from "../reading/package-json.js"
import { patternStart } from "../reading/path-patterns.js"
import type { Sources } from "../reading/sources.js"

/** A folder that git does not have, and what a command puts there. */
export interface CopiedFolder {
  /** The file with the command, from the top of the repository as the others. */
  readonly file: string
  readonly to: string
  /** Absent where it stands for a variable. */
  readonly from: string | undefined
}

/** Where a command may be, and what its paths may start from. */
export interface CopyPlaces {
  /** The whole repository. */
  readonly sources: Sources
  /** The project's folder. */
  readonly prefix: string
  /** The folder of the import package. */
  readonly target: string
  /** The folders where something is built. */
  readonly built: readonly string[]
}

const RUNS =
  /^((GNU)?makefile|.*\.mk|\.?justfile|taskfile\.ya?ml|(tasks|noxfile|dodo)\.py|tox\.(ini|toml)|pyproject\.toml|package\.json|.*\.(ba)?sh)$/i
/** Where scripts lie that are run by hand, in a language of any kind. */
const SCRIPTS = /(^|\/)(bin|ci|dev|scripts?|tools?)$/
const SCRIPT = /^[\w-]+([\w.-]*\.(py|[cm]?[jt]s|(ba)?sh))?$/
const COPIES =
  /(?<![\w-])(cp|mv|ln|rsync|ditto|cpx2?|cpy|cpr|ncp|copyfiles|xcopy|robocopy|copytree|cpSync|copySync|copy|move|(Copy|Move)-Item)(?![\w-])/

/** What the author's own files copy into a folder of the package that git does not have. */
export function copiedIn(places: CopyPlaces): CopiedFolder[] {
  return commandFiles(places).flatMap((file) =>
    commandsIn(places.sources.text(file) ?? "").flatMap(
      (words) => copiedBy(words, file, places) ?? [],
    ),
  )
}

function commandFiles({ built, prefix, sources }: CopyPlaces): string[] {
  const folders = new Set(["", prefix, ...built])
  const isThere = (path: string) => {
    const { base, dir } = posix.parse(path)
    const [above = ""] = foldersAbove(dir)
    return (
      (folders.has(dir) && RUNS.test(base)) ||
      (folders.has(above) && SCRIPTS.test(dir) && SCRIPT.test(base))
    )
  }
  return [
    ...[...sources.paths].filter(isThere).sort(),
    ...ciFiles(sources.paths),
  ]
}

/** The words of each command that copies, beginning with that. */
function commandsIn(text: string): string[][] {
  return text
    .replace(/\\\r?\n\s*/g, " ")
    .split(/\n|&&|;|\|/)
    .filter((line) => !/^\s*(#|\/\/)/.test(line))
    .flatMap((line) => {
      const at = line.search(COPIES)
      return at < 0 ? [] : [wordsOf(line.slice(at))]
    })
}

/** Paths that a script joins are one word; what a variable stands for at the start of a path is its place. */
function wordsOf(command: string): string[] {
  return command
    .replace(/\$(\{\{[^}]*\}\}|[({][\w.-]+[)}]|\w+)\//g, "./")
    .replace(/["']\s*\/\s*["']/g, "/")
    .split(/[\s"'`,()[\]]+/)
    .slice(1)
    .filter((each) => !each.startsWith("-"))
    .flatMap((each) => each.split("="))
    .filter((each) => /[^./]/.test(each))
}

function copiedBy(
  words: readonly string[],
  file: string,
  places: CopyPlaces,
): CopiedFolder | undefined {
  const { built, sources, target } = places
  const meant = words.map((word) => meanings(word, file, places))
  const isTarget = (path: string) => isMissing(path, target, sources)
  // Where it goes comes last, but for options of a script's call.
  const at = words.map((word) => word.includes("/")).lastIndexOf(true)
  const to = /[*?]/.test(words[at] ?? "")
    ? undefined
    : meant[at]?.find(isTarget)
  const taken = meant.slice(0, at).flat()
  // What git has is no page that a build made.
  if (to === undefined || at < 1 || taken.some((path) => holds(path, sources)))
    return undefined
  const isMade = (path: string) =>
    holds(posix.dirname(path), sources) &&
    built.some((folder) => isBelow(path, folder))
  return { file, to, from: meant[at - 1]?.find(isMade) }
}

/** The paths from the top that a word can stand for, since a script may run anywhere. */
function meanings(
  word: string,
  file: string,
  { built, prefix }: CopyPlaces,
): string[] {
  const bases = new Set(["", posix.dirname(file), prefix, ...built])
  return [...bases]
    .map((base) => posix.join(base, patternStart(word)))
    .map((path) => path.replace(/\/$/, ""))
    .filter((path) => path !== "." && !path.startsWith(".."))
}

/** Whether a path leads to a folder in another that git does not have, but for a file that keeps its place. */
export function isMissing(
  path: string,
  target: string,
  sources: Sources,
): boolean {
  return (
    path !== target &&
    isBelow(path, target) &&
    posix.extname(path) === "" &&
    !/[$%{]|(^|\/)tests?(\/|$)/.test(path) &&
    !holds(path, sources)
  )
}

function holds(path: string, sources: Sources): boolean {
  return [...sources.paths].some(
    (each) =>
      isBelow(each, path.replace(/^\.$/, "")) &&
      !each.endsWith("/") &&
      !/(^|\/)\.(git)?(keep|ignore)$/.test(each.slice(path.length)),
  )
}
