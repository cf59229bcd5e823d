import { isDeepStrictEqual } from "node:util"

import { problem } from "../errors.js"
import { parseToml } from "../reading/toml.js"
import { inTime } from "../text/in-time.js"
import { iniValue } from "../text/ini-text.js"
import { jsonText, parseJson } from "../text/json-text.js"
import {
  assignedTexts,
  assignedTuples,
  keywordOf,
  type Span,
} from "../text/python-text.js"
import { tomlText } from "../text/toml-text.js"
import type { Version } from "./version.js"
import { readTuple, writeTuple } from "./version-tuple.js"

/** Where a project writes its version down. */
export type VersionPlace = { readonly path: string } & (
  | {
      readonly kind: "json" | "toml"
      readonly key: readonly (string | number)[]
      /** Whose entry it is, where the file has many. */
      readonly entry?: string
    }
  | { readonly kind: "ini"; readonly section: string; readonly option: string }
  | { readonly kind: "assignment"; readonly name: string }
  /** Numbers and texts that something joins with dots. */
  | { readonly kind: "tuple"; readonly name: string }
  | { readonly kind: "keyword"; readonly call: string; readonly name: string }
  /** A pattern of Python's `re`: its group `version`, else its first. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /** The version is all that the file holds. */
  | { readonly kind: "file" }
)

/** The name of a place in reports and errors. */
export function placeName(place: VersionPlace): string {
  const { path } = place
  switch (place.kind) {
    case "json":
    case "toml":
      return place.entry === undefined
        ? `\`${place.key.join(".")}\` in \`${path}\``
        : `the entry of \`${place.entry}\` in \`${path}\``
    case "ini":
      return `\`${place.option}\` in \`[${place.section}]\` of \`${path}\``
    case "assignment":
    case "tuple":
      return `\`${place.name}\` in \`${path}\``
    case "keyword":
      return `\`${place.call}(${place.name}=…)\` in \`${path}\``
    case "pattern":
      return `the version in \`${path}\``
    case "file":
      return `\`${path}\``
  }
}

/** What a place holds now, or undefined where it can't be replaced. */
export function readPlace(
  place: VersionPlace,
  text: string,
): string | undefined {
  const [span] = placeSpans(place, text)
  const found = span && text.slice(span.start, span.end)
  return place.kind === "tuple" ? found && readTuple(found) : found
}

/** Files whose readers demand Semantic Versioning. */
const SEMVER_FILES = /(^|\/)(Cargo\.toml|package(-lock)?\.json)$/

/** A version as a place has it; undefined where that has no word for it. */
export function spelling(
  { path }: VersionPlace,
  { pep440, semver }: Pick<Version, "pep440" | "semver">,
): string | undefined {
  return SEMVER_FILES.test(path) ? semver : pep440
}

/** The same for a place that has to hold it. */
export function spelledFor(
  place: VersionPlace,
  version: Pick<Version, "pep440" | "semver" | "tag">,
): string {
  const { pep440, tag } = version
  const spelled = spelling(place, version)
  if (spelled !== undefined) return spelled
  throw problem(
    "tag",
    `\`${tag}\` is version ${pep440}, which ${placeName(place)} can't hold: Semantic Versioning has no word for it`,
    "Choose a version of three numbers, with `-alpha.1`, `-beta.1` or `-rc.1` behind them for a prerelease.",
  )
}

/** Writes a version into a place, and reads the result back: nothing but the value may have changed. */
export function writePlace(
  place: VersionPlace,
  text: string,
  version: string,
): string {
  if (text.includes("\uFFFD")) throw notText(place)
  const spans = placeSpans(place, text)
  const written = writtenAs(
    place,
    text.slice(spans[0]?.start, spans[0]?.end),
    version,
    text,
  )
  const edited = spans.reduceRight(
    (rest, { end, start }) => rest.slice(0, start) + written + rest.slice(end),
    text,
  )
  const kept = placeSpans(place, edited)
  const holds =
    spans.length > 0 &&
    kept.length === spans.length &&
    kept.every(({ end, start }) => edited.slice(start, end) === written) &&
    onlyChanged(place, text, edited, version)
  if (holds) return edited
  throw problem(
    "project",
    `${placeName(place)} can't be replaced by ${version}`,
    'Write it as plain text on a line of its own, such as `version = "1.2.3"`.',
  )
}

/** A tuple has items in place of dots. */
function writtenAs(
  place: VersionPlace,
  before: string,
  version: string,
  around: string,
): string {
  const written =
    place.kind === "tuple" ? writeTuple(before, version, around) : version
  if (written !== undefined) return written
  throw problem(
    "tag",
    `${placeName(place)} has no form for version ${version}`,
    "It says a release of three numbers, and whether that is an alpha, beta or rc: choose a tag of that kind, or write the version there as a text.",
  )
}

/** An edit of what was not read as it is written would harm the rest of the file. */
function notText(place: VersionPlace): Error {
  return problem(
    "project",
    `\`${place.path}\` is not UTF-8, and the version has to be written into it`,
    "Save it as UTF-8.",
  )
}

/** Where in a file's text a place is. */
export function placeSpans(place: VersionPlace, text: string): Span[] {
  switch (place.kind) {
    case "json":
      return some(jsonText(text, place.key))
    case "toml":
      return some(tomlText(text, place.key))
    case "ini":
      return some(iniValue(text, place.section, place.option)).filter(
        ({ end, start }) => !/[\r\n]/.test(text.slice(start, end)),
      )
    case "assignment":
      return assignedTexts(text, place.name)
    case "tuple":
      return assignedTuples(text, place.name)
    case "keyword":
      return some(keywordOf(text, place.call, place.name)?.text)
    case "pattern":
      return some(patternSpan(text, place.pattern))
    case "file":
      return some(onlyWord(text))
  }
}

function some<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}

function onlyWord(text: string): Span | undefined {
  const found = /^\s*(\S+)\s*$/.exec(text)?.[1]
  const start = found === undefined ? 0 : text.indexOf(found)
  return found === undefined ? undefined : { start, end: start + found.length }
}

function patternSpan(text: string, pattern: string): Span | undefined {
  const spelled = fromPython(pattern)
  const found = spelled && inTime(pattern, () => spelled.exec(text))?.indices
  const group = found?.groups?.["version"] ?? found?.[1]
  return group && { start: group[0], end: group[1] }
}

/** Python's `re` in JavaScript's spelling, searched as hatch and pdm do: line by line. */
function fromPython(pattern: string): RegExp | undefined {
  const [, flags = "", rest = ""] =
    /^(?:\(\?([a-z]+)\))?([^]*)$/.exec(pattern) ?? []
  const spelled = rest
    .replaceAll("(?P<", "(?<")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replaceAll("\\A", "^")
    .replaceAll("\\Z", "$")
  try {
    const known = flags.replace(/[^is]/g, "")
    return new RegExp(spelled, `dm${known}`)
  } catch {
    return undefined
  }
}

/** A parser, which loses comments or spaces when it writes, proves the edit of the text. */
function onlyChanged(
  place: VersionPlace,
  before: string,
  after: string,
  version: string,
): boolean {
  if (place.kind !== "json" && place.kind !== "toml") return true
  const parse = place.kind === "toml" ? parseToml : parseJson
  const [old, now] = [parse(before), parse(after)]
  const parents = place.key.slice(0, -1)
  const table = parents.reduce<unknown>(
    (each, part) => (each as Record<string, unknown> | undefined)?.[part],
    old,
  ) as Record<string, unknown> | undefined
  const last = place.key.at(-1)
  if (!table || last === undefined) return false
  table[last] = version
  return isDeepStrictEqual(old, now)
}
