import { posix } from "node:path"

import { z } from "#zod"

import { type Pyproject, toolTable } from "./pyproject.js"
import { normalizeName, requirementName } from "./requirements.js"

/** What a project says of where one dependency is. */
export interface StatedSource {
  /** In its normal form. */
  readonly name: string
  /** Where that is said. */
  readonly key: string
  readonly source: Source
}

const source = z.looseObject({
  workspace: z.boolean().optional(),
  path: z.string().optional(),
  git: z.string().optional(),
  url: z.string().optional(),
  index: z.string().optional(),
})
type Source = z.infer<typeof source>

const listed = z.looseObject({ source: z.string().optional() })

type SourceReader = (pyproject: Pyproject) => StatedSource[]

/** Every tool that lets its user have a dependency from elsewhere, the one that decides first. */
const READERS: readonly SourceReader[] = [uvSources, poetrySources]

export function statedSources(pyproject: Pyproject): StatedSource[] {
  return READERS.flatMap((read) => read(pyproject))
}

export function uvSources(pyproject: Pyproject): StatedSource[] {
  const key = "tool.uv.sources"
  return entriesOf(toolTable(pyproject, "uv", "sources")).flatMap(
    ([name, value]) => {
      const [first] = [value].flat().flatMap((each) => read(each))
      return first ? [{ name, key, source: first }] : []
    },
  )
}

/** Poetry says it where it says which versions will do. */
function poetrySources(pyproject: Pyproject): StatedSource[] {
  const groups = Object.keys(toolTable(pyproject, "poetry", "group"))
  const tables = [
    ["poetry", "dependencies"],
    ["poetry", "dev-dependencies"],
    ...groups.map((name) => ["poetry", "group", name, "dependencies"]),
  ]
  return tables.flatMap((table) =>
    entriesOf(toolTable(pyproject, ...table)).flatMap(([name, value]) => {
      const [first] = [value].flat().flatMap((each) => readPoetry(each))
      const key = ["tool", ...table].join(".")
      return first ? [{ name, key, source: first }] : []
    }),
  )
}

function read(value: unknown): Source[] {
  const { data } = source.safeParse(value)
  return data && isElsewhere(data) ? [data] : []
}

function readPoetry(value: unknown): Source[] {
  const index = listed.safeParse(value).data?.source
  // PyPI is where everybody else has it from, too.
  const named = index === undefined || /^pypi$/i.test(index) ? {} : { index }
  return typeof value === "object" ? read({ ...value, ...named }) : []
}

function isElsewhere({ git, index, path, url, workspace }: Source): boolean {
  return Boolean(workspace ?? path ?? git ?? url ?? index)
}

function entriesOf(table: Readonly<Record<string, unknown>>) {
  return Object.entries(table).map(
    ([name, value]) => [normalizeName(name), value] as const,
  )
}

/** How tools write the folder of the project in a URL: PDM, hatch, and pip, which starts where it is run. */
const ROOTS =
  /^(?:file:\/\/\/\$\{PROJECT_ROOT\}\/?|(?:file:\/\/)?\{root:uri\}\/?|file:(?!\/))/

/** The folder, relative to the project, that a direct reference (PEP 508) names; undefined for all that everybody can reach. */
export function referencedFolder(requirement: string): string | undefined {
  const [, url = ""] = /^[^@;]+@\s*([^\s;]+)/.exec(requirement) ?? []
  const root = ROOTS.exec(url)?.[0]
  if (root === undefined) return undefined
  return posix.normalize(url.slice(root.length).replace(/#.*$/, "") || ".")
}

/** A dependency by its folder, such as PDM's `-e file:///${PROJECT_ROOT}/core#egg=core` or pip's `-e ./core`, as PEP 508 has it. */
export function folderRequirement(
  line: string,
  nameIn: (folder: string) => string | undefined,
): string | undefined {
  const [, extras = "", place = line] =
    /^(?:-e|--editable)[\s=]+(?:[\w.-]+(\[[^\]]*\])?\s*@\s*)?(\S+)/.exec(
      line,
    ) ?? []
  const isPath = /^\.{0,2}\//.test(place) || ROOTS.test(place)
  if (!isPath && (place === line || place.includes(":"))) return undefined
  const [path = "", egg] = place.replace(ROOTS, "").split("#egg=")
  const [, folder = "", wanted = ""] = /^([^[]*)(\[[^\]]*\])?/.exec(path) ?? []
  const inside = posix.normalize(folder || ".").replace(/\/$/, "")
  const name = (egg && requirementName(egg)) || nameIn(inside)
  return name === undefined
    ? undefined
    : `${name}${extras || wanted} @ file:${inside}`
}
