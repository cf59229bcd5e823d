import { z } from "#zod"

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
  "class-removed-base": "has lost a base class",
} as const

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
  /** What nobody can read without importing it. */
  compiled: z.array(z.string()),
  unread: z.array(z.string()),
})

/** How the Python API of two files differs, as `api.py` reads it. */
export type ApiDifference = z.infer<typeof apiDifference>

export function parseApi(json: string): ApiDifference {
  return apiDifference.parse(JSON.parse(json))
}

export function apiChanges({ added, breaks }: ApiDifference): Change[] {
  return [
    ...breaks.map(brokenChange),
    ...added.map(
      (path) =>
        ({
          of: "api",
          what: `\`${path}\` is new`,
          level: "feature",
          names: [path],
        }) as const,
    ),
  ]
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
  const words = (KINDS as Readonly<Record<string, string>>)[kind] ?? kind
  const what = words.replace("PARAMETERS", codes(parameters))
  const values =
    before === null || after === null
      ? []
      : [`${shown(before)} before, ${shown(after)} now`]
  const more = [
    ...values,
    ...(deprecated ? ["it was deprecated"] : []),
    ...(note ? [note] : []),
  ]
  return {
    of: "api",
    what: `\`${path}\` ${what}${more.length > 0 ? ` (${more.join("; ")})` : ""}`,
    level: "breaking",
    names: [path, ...parameters.map((each) => calledWith(path, each))],
    ...(!certain && { doubtful: true }),
  }
}

/** Nobody writes the stars of a parameter behind its function. */
function calledWith(path: string, parameter: string): string {
  return `${path}(${parameter.replace(/^\*+/, "")})`
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ")
}

function shown(value: string): string {
  return value === "" ? "none" : `\`${value.replaceAll("`", "'")}\``
}
