import { expect, it } from "vitest"

import { readAsked } from "../../src/next/asked.js"
import { refusal } from "../helpers/refusal.js"

it("what is asked for is read in the form of tags", () => {
  const { prerelease, version } = readAsked("rc", "v2.0.0")
  expect([prerelease, version?.pep440]).toEqual(["rc", "2.0.0"])
})

it("another kind of prerelease is refused", () => {
  expect(refusal(() => readAsked("beta", undefined))).toBe(
    "tag: `beta` is no kind of prerelease\n   Accepted are `a`, `b`, `rc`.",
  )
})

it("a trial is no release", () => {
  expect(refusal(() => readAsked(undefined, "staging/v2.0.0"))).toBe(
    "tag: `staging/v2.0.0` is a trial, and no release\n   Leave `staging/` out.",
  )
})
