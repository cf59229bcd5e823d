import { z } from "#zod"

import type { Problems } from "../errors.js"
import { type Pyproject, toolTable } from "../reading/pyproject.js"
import { statedSources } from "../reading/stated-sources.js"
import { code } from "../text/code.js"

/** An index of Python packages that a project's own tools are told of. */
export interface DependencyIndex {
  readonly name: string
  readonly url: string
  /** It is asked for what says so alone. */
  readonly explicit: boolean
  /** It takes the place of PyPI. */
  readonly default: boolean
}

const ADDRESS = /^https?:\/\//

const table = z.looseObject({
  name: z.string().default(""),
  url: z.string(),
  explicit: z.boolean().default(false),
  default: z.boolean().default(false),
  priority: z.string().optional(),
})

/** Where each tool keeps them. */
const PLACES = [
  ["uv", "index"],
  ["poetry", "source"],
  ["pdm", "source"],
] as const

/** The indexes that uv, Poetry and PDM are told of, in their order; what is PyPI itself is none. */
export function namedIndexes(pyproject: Pyproject): DependencyIndex[] {
  return PLACES.flatMap(([tool, key]) =>
    [toolTable(pyproject, tool)[key]].flat().flatMap((each) => {
      const { data } = table.safeParse(each)
      if (!data || !ADDRESS.test(data.url)) return []
      const { explicit, name, priority, url } = data
      const replaces = data.default || priority === "default"
      return [
        {
          ...{ name, url: withoutUser(url), default: replaces },
          explicit: explicit || priority === "explicit",
        },
      ]
    }),
  ).filter(({ name }) => name.toLowerCase() !== "pypi")
}

/** PDM writes variables there: `https://${USER}:${TOKEN}@host/simple`. */
function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/]*@/, "$1")
}

/** What a caller says of an index of dependencies. */
interface IndexCall {
  readonly hasToken: boolean
  /** The address that is given; else it is the only one that the project names. */
  readonly url: string | undefined
}

/** The index that a caller means, and what of the project's dependencies says that it is there; undefined where none is meant. */
export function indexMeant(
  pyproject: Pyproject,
  { hasToken, url }: IndexCall,
  problems: Problems,
) {
  if (!hasToken && url === undefined) return undefined
  const all = namedIndexes(pyproject)
  if (url !== undefined && !ADDRESS.test(url)) {
    problems.add("credential", ...noAddress(url, all))
    return undefined
  }
  const own = all.filter((each) => url === undefined || isSame(each.url, url))
  const unknown = { name: "", explicit: false, default: false }
  const [index, another] =
    own.length === 0 && url !== undefined ? [{ ...unknown, url }] : own
  if (index && (!another || url !== undefined))
    return { index, named: namedFor(pyproject, index) }
  problems.add(
    "credential",
    all.length === 0
      ? "`--python-token` is given, and the project names no index that it could be for"
      : `\`--python-token\` may be for any of ${all.map((each) => code(each.url)).join(", ")}`,
    "A token is for one index: name that as `--python-index`.",
  )
  return undefined
}

/** A name alone would leave it to the project, and to whoever proposes something else, where that leads. */
function noAddress(
  given: string,
  all: readonly DependencyIndex[],
): [what: string, next: string] {
  const known = all.find(({ name }) => name === given)
  return [
    "`--python-index` is no address",
    known
      ? `Give the address of that index: \`--python-index ${known.url}\`.`
      : "Give the address of the index, which begins with `https://`.",
  ]
}

function isSame(one: string, other: string): boolean {
  const plain = (url: string) => url.replace(/\/+$/, "")
  return plain(one) === plain(other)
}

function namedFor(pyproject: Pyproject, { name }: DependencyIndex): string[] {
  return statedSources(pyproject)
    .filter(({ source }) => name !== "" && source.index === name)
    .map((each) => each.name)
}
