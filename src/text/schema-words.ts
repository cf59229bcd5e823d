import type { z } from "#zod"

import { code } from "./code.js"

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "a table",
  record: "a table",
}

/** What a schema accepts where something else was found, for a schema that has no words of its own. */
export function acceptedInWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? "another kind of value"
    case "invalid_value":
      return `one of ${issue.values.map((each) => code(String(each))).join(", ")}`
    case "too_small":
      return atLeast(issue.origin, Number(issue.minimum))
    case "too_big":
      return bounded(issue.origin, `at most ${String(issue.maximum)}`)
    case "invalid_union":
      return alternatives(issue)
    case "invalid_key":
      return "a table with other keys"
    default:
      return "a value of another form"
  }
}

/** The same where the file is JSON. */
export function acceptedInJson(issue: z.core.$ZodRawIssue): string {
  const accepted = acceptedInWords(issue)
  return accepted === KINDS["object"] ? "an object, `{ … }`" : accepted
}

function atLeast(origin: string, minimum: number): string {
  return minimum === 1 && (origin === "string" || origin === "array")
    ? `a ${origin === "string" ? "text" : "list"} that is not empty`
    : bounded(origin, `at least ${minimum}`)
}

function bounded(origin: string, bound: string): string {
  if (origin === "string") return `a text of ${bound} characters`
  return origin === "array"
    ? `a list with ${bound} entries`
    : `a number of ${bound}`
}

function alternatives({
  errors,
}: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const words = errors.flatMap(([first]) => first?.message ?? [])
  return [...new Set(words)].join(", or ") || "another kind of value"
}

/** What was found wrong, each with its place and with what is accepted there. */
export interface WrongValue {
  readonly path: readonly PropertyKey[]
  readonly missing: boolean
  readonly accepted: string
}

/** Tells an issue of a schema in words; what a key has to be stands at the key. */
export function wrongValue(
  issue: z.core.$ZodIssue,
  whole: unknown,
): WrongValue {
  const { path } = issue
  const inner = issue.code === "invalid_key" ? issue.issues[0] : undefined
  return {
    path,
    missing: path.length > 0 && valueAt(whole, path) === undefined,
    accepted: inner?.message ?? issue.message,
  }
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (each, key) =>
      typeof each === "object" && each !== null
        ? (each as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    whole,
  )
}
