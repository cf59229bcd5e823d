import { posix } from "node:path"

import { takesAny } from "../reading/path-patterns.js"
import { isOftenSecret } from "../reading/secrets.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { hasWord } from "../text/literal.js"
import type { Frontend } from "./frontend.js"
import { isBelow } from "./output.js"
import { pathFromProject } from "./place.js"

/** The files of the tree that a frontend sees. */
export interface SeenFiles {
  /** Those that git ignores and does not track. */
  readonly ignored: readonly string[]
  /** All others. */
  readonly kept: readonly string[]
}

/** What no build makes its output of, and every folder has. */
const LEFTOVERS =
  /(^|\/)(node_modules|__pycache__|coverage|\.(?!env)[^/]+|[^/]+\.(log|tsbuildinfo|pyc)|next-env\.d\.ts)(\/|$)/

/** What of that `reads` names all the same. */
export function givenOf(
  { reads }: Pick<Frontend, "reads">,
  { ignored }: SeenFiles,
): string[] {
  return ignored.filter((path) => reads.some((each) => takesAny(each, [path])))
}

/** What git ignores is on this machine alone: a build is given none of it that `reads` does not name. */
export function withheldFrom(
  { outputs, reads }: Pick<Frontend, "outputs" | "reads">,
  { ignored, kept }: SeenFiles,
): string[] {
  const folders = new Set(kept.flatMap(foldersOf))
  const meant = ignored.filter(
    (path) =>
      !reads.some((each) => takesAny(each, [path])) &&
      !outputs.some(
        ({ destination, from }) =>
          isBelow(path, from) || isBelow(path, destination),
      ),
  )
  const left = new Set(meant)
  const named = ignored.filter((path) => !left.has(path))
  for (const folder of named.flatMap(foldersOf)) folders.add(folder)
  // Of a folder that git ignores as a whole its own name is enough.
  const whole = (path: string) =>
    foldersOf(path).find((each) => !folders.has(each)) ?? path
  return [...new Set(meant.map(whole))].sort()
}

/** Those of which somebody may think that a build needs them. */
export function told(withheld: readonly string[]): string[] {
  return withheld.filter((each) => !LEFTOVERS.test(each))
}

/** Says so, and how it is given all the same, by the one that a tool's words name if they do; a secret would go out with what is made of it. */
export function withheldRemark(
  {
    path,
    prefix,
    withheld = [],
  }: Pick<Frontend, "path" | "prefix" | "withheld">,
  words = "",
): string[] {
  const found = told(withheld)
  const shown = found.map((each) => pathFromProject(prefix, each))
  const usual = found.filter((each) => !isOftenSecret(each))
  const first = usual.find((each) => isNamedIn(words, each)) ?? usual[0]
  return found.length === 0
    ? []
    : [
        `The frontend in \`${path || "."}\` is built without what git ignores, which no other clone has: ${few(shown.map(code))}. ${
          first === undefined
            ? "What it needs of that goes into a file that git tracks, without what is secret."
            : `What a step before the build makes is named in \`[tool.shipwheel.frontend]\`: \`reads = ${JSON.stringify([pathFromProject(prefix, first)])}\`.`
        }`,
      ]
}

/** Whether a tool's words name one of those files. */
export function namesWithheld(
  words: string,
  { withheld = [] }: Pick<Frontend, "withheld">,
): boolean {
  return withheld.some((each) => isNamedIn(words, each))
}

/** With its ending or without, or by the folder that is left out as a whole. */
function isNamedIn(words: string, path: string): boolean {
  const { base, name } = posix.parse(path)
  return [base, name].some((part) => hasWord(words, part))
}

/** What git ignores and `reads` names: it is on this machine alone, and goes out with what is made of it. */
export function givenRemark({
  given = [],
  path,
  prefix,
}: Pick<Frontend, "given" | "path" | "prefix">): string[] {
  const shown = given.map((each) => pathFromProject(prefix, each))
  return shown.length === 0
    ? []
    : [
        `The frontend in \`${path || "."}\` is given what git ignores, because \`reads\` in \`[tool.shipwheel.frontend]\` names it, and what its build makes of that goes out: ${few(shown.map(code))}.`,
      ]
}

function foldersOf(path: string): string[] {
  const names = path.split("/")
  return names.slice(1).map((_, at) => names.slice(0, at + 1).join("/"))
}

/** How the tools of a build say that a file is not there, and from which folder they looked. */
const MISSING = [
  /ENOENT: no such file or directory, \w+ '(?<path>[^']+)'/g,
  /Cannot find module '(?<path>[./][^']+)'/g,
  /Can't resolve '(?<path>\.[^']+)' in '(?<from>[^']+)'/g,
  /Could not resolve ["'](?<path>\.[^"']+)["'] from ["'](?<file>[^"']+)["']/g,
]

/** The files of the project that a build in its frontend's folder missed, by its words; relative to the project. */
export function missedFiles(
  output: string,
  project: string,
  path: string,
): string[] {
  const here = posix.join(project, path)
  const found = MISSING.flatMap((pattern) =>
    [...output.matchAll(pattern)].map(({ groups = {} }) => {
      const { file, from, path: missed = "" } = groups
      const folder = from ?? (file === undefined ? "" : posix.dirname(file))
      return posix.resolve(here, folder, missed.replace(/\?.*$/, ""))
    }),
  )
  return [...new Set(found)]
    .filter((each) => each.startsWith(`${project}/`))
    .map((each) => posix.relative(project, each))
}
