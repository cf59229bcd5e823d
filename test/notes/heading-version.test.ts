import { describe, expect, it } from "vitest"

import {
  headingVersions,
  normalVersion,
} from "../../src/notes/heading-version.js"

const read = (heading: string, project = "quay-side") =>
  headingVersions(heading, project)

describe("a heading", () => {
  it.each([
    ["1.2.0", "1.2"],
    ["v1.2.1", "1.2.1"],
    ["[1.2.1] - 2026-01-31", "1.2.1"],
    ["[1.2.1](https://example.org/v9.9.9)", "1.2.1"],
    ["[**1.2.1**][link]", "1.2.1"],
    ["Version 1.2.1 (2026-01-31)", "1.2.1"],
    ["What's new in 1.2.1", "1.2.1"],
    ["2026-01-31 / 1.2.1", "1.2.1"],
    [":rocket: 1.2.1", "1.2.1"],
    ['<a name="x"></a>1.2.1', "1.2.1"],
    ["Quay Side 1.2.1", "1.2.1"],
    ["quay-side-1.2.1", "1.2.1"],
    ["1.2.1: the berths", "1.2.1"],
    ["2.0.0-beta.1", "2b1"],
    ["2026.07.02", "2026.7.2"],
    ["v8-6-1", "8.6.1"],
    ["12", "12"],
  ])("%s begins with a version", (heading, leading) => {
    expect(read(heading)).toMatchObject({ leading, unreleased: false })
  })

  it("names versions that it does not begin with", () => {
    expect(read("Migrating from 1.2.1 to 2.0.1")).toStrictEqual({
      leading: undefined,
      beside: [],
      named: ["1.2.1", "2.0.1"],
      unreleased: false,
    })
  })

  it.each([
    ["7.0.1 / 7.0.2", ["7.0.2"]],
    ["v1.2.1, v1.2.2 and v1.2.3 (2026-01-31)", ["1.2.2", "1.2.3"]],
    ["[1.2.1] & [1.2.2]", ["1.2.2"]],
    ["1.2.1 (was 1.2.2)", []],
    ["1.2.1 (1.2.2)", []],
    ["1.2.1, which mends 1.2.2", []],
    ["Moving to 1.2.1 and 1.2.2", []],
  ])("%s has these versions beside the first: %j", (heading, beside) => {
    expect(read(heading).beside).toEqual(beside)
  })

  it.each([
    "Berths",
    "2026-01-31",
    "3 new berths",
    `1.${"2".repeat(60)}`,
    "other-1.2.1",
    "",
  ])("%j names none", (heading) => {
    expect(read(heading)).toMatchObject({ leading: undefined, named: [] })
  })

  it.each([
    "Unreleased",
    "[Unreleased]",
    "## unreleased changes",
    "Next release",
    "Upcoming",
    "HEAD",
    "master (unreleased)",
    "`main`_ - Unreleased",
    "Unreleased (main)",
    "Development version",
    "NEXT (UNRELEASED)",
    "Next release (in development)",
    "Quay Side VERSION (not yet released)",
  ])("%s is about what is not released yet", (heading) => {
    expect(read(heading).unreleased).toBe(true)
  })

  it.each([
    "Released",
    "Next steps",
    "Main features",
    "Berths (in development)",
    "Main features (unreleased)",
    "1.2.0 (unreleased)",
  ])("%s is not about what is to come", (heading) => {
    expect(read(heading).unreleased).toBe(false)
  })
})

describe("the normal form", () => {
  it.each([
    ["1.2.0", "1.2"],
    ["v1.0.0", "1"],
    ["1!2.0", "1!2"],
    ["1.0-rc.1", "1rc1"],
    ["1.0.post1", "1.post1"],
    ["1.0+Local-1", "1+local.1"],
  ])("of %s is %s", (text, normal) => {
    expect(normalVersion(text)).toBe(normal)
  })

  it.each(["", "one", "1.2.x"])("of %j is none", (text) => {
    expect(normalVersion(text)).toBeUndefined()
  })
})
