import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import type { Archive, EntryPoint, Facts } from "./facts.js"

/** Until then an sdist did not say what its wheels may say otherwise. */
const SAYS_WHAT_IS_DYNAMIC = 2.2

/** What a wheel requires and its sdist does not, or the other way round, where that is not dynamic (PEP 643). */
export function redescribed({ files }: Facts): string[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist || !saysWhatIsDynamic(sdist)) return []
  const dynamic = sdist.metadata.Dynamic.map((each) => each.toLowerCase())
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) =>
      REQUIRING.filter((field) => !dynamic.includes(field.toLowerCase()))
        .map((field) => ({
          field,
          added: without(valuesOf(wheel, field), valuesOf(sdist, field)),
          gone: without(valuesOf(sdist, field), valuesOf(wheel, field)),
        }))
        .filter(({ added, gone }) => added.length + gone.length > 0)
        .map(
          ({ added, field, gone }) =>
            `\`${field}\` of \`${wheel.name}\` is not that of the sdist, which does not call it dynamic (PEP 643): ${[...told("added", added), ...told("gone", gone)].join("; ")}`,
        ),
    )
}

/** What files say otherwise than a static `[project]`, which says all of that (PEP 621), or than `[tool.poetry]` in its place: what they require and are found by, and what people read. */
export function unstated({ files, stated = {} }: Facts): string[] {
  const { entryPoints, requires, table } = stated
  const points = entryPoints?.map(pointInWords)
  const where = table === undefined ? "`[project]`" : code(table)
  const rule = table === undefined ? " and does not call dynamic (PEP 621)" : ""
  const added = `which ${where} does not say${rule}`
  const said = `which ${where} says${rule}`
  return files.flatMap((file) => [
    ...told(
      `\`${file.name}\` requires`,
      without(requires ? file.requires : [], requires ?? []),
      added,
    ),
    ...told(
      `\`${file.name}\` does not require`,
      without(saysWhatItRequires(file) ? (requires ?? []) : [], file.requires),
      said,
    ),
    ...told(`\`${file.name}\` says otherwise`, file.otherwise ?? [], said),
    ...told(
      `\`${file.name}\` lacks the classifiers`,
      file.opened ?? [],
      "which the project's settings say, and with which no index would take it",
    ),
    ...told(
      `\`${file.name}\` has the entry points`,
      without(
        points ? (file.entryPoints ?? []).map(pointInWords) : [],
        points ?? [],
      ),
      added,
    ),
  ])
}

function pointInWords({ group, name, value }: EntryPoint): string {
  return `${group}: ${name} = ${value.replace(/\s/g, "")}`
}

/** What decides on what an install brings. */
const REQUIRING = [
  "Requires-Dist",
  "Provides-Extra",
  "Requires-Python",
] as const

function saysWhatIsDynamic({ metadata }: Archive): boolean {
  return Number(metadata["Metadata-Version"] ?? 0) >= SAYS_WHAT_IS_DYNAMIC
}

/** Older sdists have that in a file of their own. */
function saysWhatItRequires(file: Archive): boolean {
  return isWheel(file.name) || saysWhatIsDynamic(file)
}

function valuesOf(
  { metadata }: Archive,
  field: (typeof REQUIRING)[number],
): string[] {
  return [metadata[field] ?? []].flat()
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((each) => !others.includes(each))
}

function told(what: string, values: readonly string[], why?: string): string[] {
  const rest = why === undefined ? "" : `, ${why}`
  return values.length === 0 ? [] : [`${what} ${few(values.map(code))}${rest}`]
}
