import { z } from "#zod"

import { code } from "../text/code.js"
import { type Change } from "./change.js"

const KINDS = {
  "parameter-moved": "takes PARAMETERS in another place",
  "parameter-removed": "no longer takes PARAMETERS",
  "parameter-changed-kind": "takes PARAMETERS in another way",
  "parameter-changed-default": "has another default for PARAMETERS",
  "parameter-changed-required": "can't do without PARAMETERS any more",
  "parameter-added-required": "asks for PARAMETERS as well",
  "overload-removed": "has lost an `@overload`",
  "return-changed-type": "says another type of what it returns",
  "object-removed": "is gone",
  "object-changed-kind": "is something else",
  "attribute-changed-type": "has another type",
  "attribute-changed-value": "has another value",
  "class-removed-base": "no longer derives from PARAMETERS",
} as const

/** How a parameter can be given now. */
const WAYS = new Map([
  ["keyword-only", "takes PARAMETERS by name only now"],
  ["positional-only", "takes PARAMETERS by place only now"],
])

const brokenName = z.object({
  kind: z.string(),
  path: z.string(),
  parameters: z.array(z.string()),
  before: z.string().nullable(),
  after: z.string().nullable(),
  certain: z.boolean(),
  deprecated: z.boolean(),
  note: z.string(),
})

const apiDifference = z.object({
  /** What was compared: import packages, their modules, the public names in them. */
  packages: z.array(z.string()),
  modules: z.number(),
  objects: z.number(),
  breaks: z.array(brokenName),
  added: z.array(z.string()),
  /** What is deprecated now, and was not. */
  deprecated: z.array(z.string()),
  /** What nobody can read without importing it. */
  compiled: z.array(z.string()),
  unread: z.array(z.string()),
})

/** How the Python API of two files differs, as `api.py` reads it. */
export type ApiDifference = z.infer<typeof apiDifference>

export function parseApi(json: string): ApiDifference {
  return apiDifference.parse(JSON.parse(json))
}

export function apiChanges({
  added,
  breaks,
  deprecated,
}: ApiDifference): Change[] {
  return [
    ...breaks.map(brokenChange),
    ...addedChanges(added),
    // Semantic Versioning counts a deprecation among the features.
    ...deprecated.map((path) => feature(`is deprecated now`, path)),
  ]
}

function feature(words: string, path: string, names = [path]): Change {
  return {
    of: "api",
    what: `${code(called(path))} ${words}`,
    level: "feature",
    names,
  }
}

/** What a function takes now stands in one line. */
function addedChanges(added: readonly string[]): Change[] {
  const owners = [...new Set(added.map((each) => each.replace(/\(.*/, "")))]
  return owners.flatMap((path) => {
    const own = added.filter((each) => each.startsWith(`${path}(`))
    const parameters = own.map((each) => each.slice(path.length + 1, -1))
    const names = parameters.flatMap((each) => calledWith(path, each))
    return [
      ...(added.includes(path) ? [feature("is new", path)] : []),
      ...(own.length > 0
        ? [feature(`takes ${codes(parameters)} as well`, path, names)]
        : []),
    ]
  })
}

function brokenChange({
  after,
  before,
  certain,
  deprecated,
  kind,
  note,
  parameters,
  path,
}: z.infer<typeof brokenName>): Change {
  const way = kind === "parameter-changed-kind" && WAYS.get(after ?? "")
  const known = (KINDS as Readonly<Record<string, string>>)[kind] ?? kind
  const what = (way || known).replace("PARAMETERS", codes(parameters))
  const values =
    before === null || after === null || way
      ? []
      : [`${shown(before)} before, ${shown(after)} now`]
  const more = [
    ...values,
    ...(deprecated ? ["it was deprecated"] : []),
    ...(note ? [note] : []),
  ]
  const ofCall = kind.startsWith("parameter-") ? parameters : []
  return {
    of: "api",
    what: `${code(called(path))} ${what}${more.length > 0 ? ` (${more.join("; ")})` : ""}`,
    level: "breaking",
    names: [path, ...ofCall.flatMap((each) => calledWith(path, each))],
    ...(!certain && { doubtful: true }),
  }
}

/** A class is what people call, and not its `__init__`. */
function called(path: string): string {
  return path.replace(/\.__init__$/, "")
}

/** Nobody writes the stars of a parameter behind its function; either name of a class may be written. */
function calledWith(path: string, parameter: string): string[] {
  const owners = new Set([path, called(path)])
  return [...owners].map((each) => `${each}(${parameter.replace(/^\*+/, "")})`)
}

const SHOWN = 5

function codes(names: readonly string[]): string {
  const more = names.length - SHOWN
  const first = more > 1 ? names.slice(0, SHOWN) : names
  return [
    ...first.map(code),
    ...(more > 1 ? [`and ${String(more)} more`] : []),
  ].join(", ")
}

function shown(value: string): string {
  return value === "" ? "none" : code(value)
}
