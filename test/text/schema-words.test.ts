import { describe, expect, it } from "vitest"

import { z } from "#zod"

import {
  acceptedInJson,
  acceptedInWords,
  wrongValue,
} from "../../src/text/schema-words.js"

function issueOf(
  schema: z.ZodType,
  value: unknown,
  error = acceptedInWords,
): z.core.$ZodIssue {
  const issue = schema.safeParse(value, { error }).error?.issues[0]
  if (!issue) throw new Error("nothing was refused")
  return issue
}

describe("what a schema accepts is", () => {
  it.each<[string, z.ZodType, unknown]>([
    ["a text", z.string(), 1],
    ["a number", z.number(), ""],
    ["a whole number", z.int(), 1.5],
    ["`true` or `false`", z.boolean(), 1],
    ["a list", z.array(z.string()), 1],
    ["a table", z.object({}), 1],
    ["a table", z.record(z.string(), z.string()), 1],
    ["another kind of value", z.date(), 1],
    ["one of `a`, `b`", z.enum(["a", "b"]), "c"],
    ["a text that is not empty", z.string().min(1), ""],
    ["a list that is not empty", z.array(z.string()).min(1), []],
    ["a text of at least 2 characters", z.string().min(2), ""],
    ["a list with at most 1 entries", z.array(z.string()).max(1), ["a", "b"]],
    ["a number of at least 1", z.number().min(1), 0],
    ["a number of at most 9", z.number().max(9), 10],
    ["a text, or a list", z.union([z.string(), z.array(z.string())]), 1],
    ["a value of another form", z.string().regex(/a/), "b"],
  ])("%s", (words, schema, value) => {
    expect(issueOf(schema, value).message).toBe(words)
  })

  it("an object where the file is JSON", () => {
    expect(issueOf(z.object({}), 1, acceptedInJson).message).toBe(
      "an object, `{ … }`",
    )
    expect(issueOf(z.string(), 1, acceptedInJson).message).toBe("a text")
  })
})

describe("a wrong value", () => {
  const schema = z.object({ a: z.object({ b: z.string() }) })

  it.each([
    [{ a: { b: 1 } }, ["a", "b"], false],
    [{ a: {} }, ["a", "b"], true],
    [1, [], false],
  ])("in %j is at %j, missing there: %j", (whole, path, missing) => {
    expect(wrongValue(issueOf(schema, whole), whole)).toMatchObject({
      path,
      missing,
    })
  })

  it("that is a key is told in the words for the key", () => {
    const keyed = z.record(z.string().regex(/^a$/, "the letter a"), z.string())
    const whole = { b: "" }
    expect(wrongValue(issueOf(keyed, whole), whole)).toStrictEqual({
      path: ["b"],
      missing: false,
      accepted: "the letter a",
    })
  })
})
