import { posix } from "node:path"

import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { pathsBelow } from "../git/tracked.js"
import { exactly } from "../reading/path-patterns.js"
import { isSettings } from "../reading/secrets.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { hasWord, literal } from "../text/literal.js"

/** Files of a repository that no code of a project is given, by the folder that is meant. */
export interface Withheld {
  /** Where in the repository the project is, such as `packages/wren/`; empty at its top. */
  readonly path: string
  /** What is often secret by its name and in no commit. */
  readonly secrets: readonly string[]
}

/** What is left of that where a project says why it has to be there. */
export function withAllowed(
  { path, secrets }: Withheld,
  allowed: Allowed,
): Withheld {
  const isMeant = (each: string) =>
    each.startsWith(path) && isAllowed(allowed, each.slice(path.length))
  return { path, secrets: secrets.filter((each) => !isMeant(each)) }
}

/** As patterns of the engine's, seen from a folder of the repository: the project's own, unless another is named. */
export function withheldIn(
  { path, secrets }: Withheld,
  folder = path,
  reads: readonly string[] = [],
): string[] {
  return exactly(seenFrom(folder, secrets, reads))
}

/** Says so to who misses something, and how tests are given it all the same: settings may be for them, while nobody is told to hand out a key. */
export function withheldRemarks(
  { path, secrets }: Withheld,
  reads: readonly string[],
): string[] {
  const own = seenFrom(path, secrets, reads)
  if (own.length === 0) return []
  const meant = own.find(isSettings)
  const key =
    meant === undefined
      ? "`reads` of `[tool.shipwheel.test]`"
      : `\`[tool.shipwheel.test]\`: \`reads = ${JSON.stringify([...reads, meant])}\``
  return [
    `Builds and tests are not given what is often secret and in no commit, which no other clone has: ${few(own.map(code))}. What tests need of it goes into a file that git tracks, or is named in ${key}.`,
  ]
}

/** Says so to a build that names such a file where it fails. */
export function withheldAdvice(
  { path, secrets }: Withheld,
  words: string,
): string | undefined {
  const missed = seenFrom(path, secrets, []).find((each) =>
    names(words, posix.basename(each)),
  )
  return missed === undefined
    ? undefined
    : `A build is not given \`${missed}\`: no commit has it, so that no other clone does, and by its name it is often secret. If the package is made from it, it goes into a file that git tracks; where the build only has to see it, that is allowed in \`pyproject.toml\`:\n\n${allowLines(missed)}`
}

/** A name without a dot may be a word like any other, but for where a path or a quotation is. */
function names(words: string, name: string): boolean {
  return name.includes(".")
    ? hasWord(words, name)
    : new RegExp(`(?<=[/'"\`])${literal(name)}(?![\\w-])`).test(words)
}

function seenFrom(
  folder: string,
  secrets: readonly string[],
  reads: readonly string[],
): string[] {
  return pathsBelow(folder, secrets).filter((each) => !reads.includes(each))
}
