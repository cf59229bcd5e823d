import { closest } from "fastest-levenshtein"

import type { z } from "#zod"

import { Problems } from "../errors.js"
import { code } from "../text/code.js"
import { acceptedInWords, wrongValue } from "../text/schema-words.js"
import { asList, type Config, schema, sections } from "./config-schema.js"

const ROOT = "tool.shipwheel"

/** Checks `[tool.shipwheel]`, or refuses it with every problem in it. */
export function parseConfig(table: unknown): Config {
  const result = schema.safeParse(table ?? {}, { error: acceptedInWords })
  if (result.success) return result.data
  const problems = new Problems()
  for (const issue of result.error.issues) {
    const place = [ROOT, ...writtenPath(issue.path, table)].join(".")
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys)
        problems.add("configuration", ...unknownKey(place, key, issue.path))
    else problems.add("configuration", ...wrong(place, issue, table))
  }
  problems.throwIfAny()
  throw result.error
}

/** The keys that are right, so that one that is wrong does not hide other problems, nor invent any. */
export function soundPart(table: unknown): Config {
  if (typeof table !== "object" || table === null) return {}
  const sound = Object.entries(table).filter(
    ([key, value]: [string, unknown]) =>
      schema.safeParse({ [key]: value }).success,
  )
  return schema.parse(Object.fromEntries(sound))
}

/** One of them may stand alone. */
const MADE_LISTS: readonly PropertyKey[] = ["frontend", "version-in"]

/** A single table was made a list of one, which its owner did not write. */
function writtenPath(
  path: readonly PropertyKey[],
  table: unknown,
): readonly PropertyKey[] {
  const [key = "", at, ...rest] = path
  const written = (table as Record<PropertyKey, unknown> | undefined)?.[key]
  return MADE_LISTS.includes(key) && at === 0 && !Array.isArray(written)
    ? [key, ...rest]
    : path
}

function wrong(
  place: string,
  issue: z.core.$ZodIssue,
  table: unknown,
): [what: string, next: string] {
  const written = Object.entries(table ?? {})
  // As the schema sees them, in a list.
  const seen = written.map(([key, value]: [string, unknown]) => [
    key,
    MADE_LISTS.includes(key) ? asList(value) : value,
  ])
  const { accepted, missing } = wrongValue(issue, Object.fromEntries(seen))
  return missing
    ? [`\`${place}\` is missing`, `Write ${accepted}.`]
    : [`\`${place}\` has a value of the wrong kind`, `Accepted is ${accepted}.`]
}

function unknownKey(
  place: string,
  key: string,
  at: readonly PropertyKey[],
): [what: string, next: string] {
  const known = knownKeys(at)
  return [
    `\`${place}.${key}\` is not a known key`,
    `Did you mean \`${closest(key, known)}\`? Known are ${known.map(code).join(", ")}.`,
  ]
}

function knownKeys(at: readonly PropertyKey[]): string[] {
  const section = sections.get(at.join(".")) ?? sections.get(String(at[0]))
  return Object.keys((section ?? schema).shape)
}
