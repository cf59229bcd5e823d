import { describe, expect, it } from "vitest"

import {
  parseRefusals,
  refusalLine,
  refusalProblem,
} from "../../src/index-rules/refusals.js"

const REFUSAL = {
  rule: "direct-urls",
  subject: "a.whl",
  what: "it depends on an address",
  next: "Name a version.",
} as const
const OTHER = { ...REFUSAL, rule: "summary" } as const
const JSON_TEXT = JSON.stringify([REFUSAL, OTHER])

describe("what PyPI would refuse", () => {
  it("is read as the program tells it", () => {
    expect(parseRefusals(JSON_TEXT, [])).toStrictEqual([REFUSAL, OTHER])
  })

  it("is no refusal of an index that takes it", () => {
    expect(parseRefusals(JSON_TEXT, ["direct-urls"])).toStrictEqual([OTHER])
  })

  it("is of a rule that is known", () => {
    const unknown = JSON.stringify([{ ...REFUSAL, rule: "taste" }])
    expect(() => parseRefusals(unknown, [])).toThrow("rule")
  })

  it("is told in a line with its key, and as a problem of the project", () => {
    expect(refusalLine(REFUSAL)).toBe(
      "index (direct-urls): `a.whl`: it depends on an address. Name a version.",
    )
    expect(refusalProblem(REFUSAL)).toStrictEqual({
      owner: "project",
      what: "`a.whl`: it depends on an address; PyPI refuses that (rule `direct-urls`)",
      next: "Name a version.",
    })
  })
})
