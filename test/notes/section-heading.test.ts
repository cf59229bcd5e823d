import { describe, expect, it } from "vitest"

import { normalVersion } from "../../src/notes/heading-version.js"
import { releaseHeading } from "../../src/notes/section-heading.js"

const HEADED = { version: "1.3.0", date: "2026-11-27" }

function after(last: string, pending = "Unreleased", version = "1.2.0") {
  const before = { text: last, version: normalVersion(version) ?? "" }
  return releaseHeading(HEADED, before, pending, "little-wren")
}

describe("the heading of a release", () => {
  it.for([
    ["1.2.0", "1.3.0"],
    ["v1.2.0", "v1.3.0"],
    ["[1.2.0] - 2026-06-15", "[1.3.0] - 2026-11-27"],
    [
      "Version 1.2.0, released on June 5, 2026",
      "Version 1.3.0, released on November 27, 2026",
    ],
    ["Little-Wren 1.2.0 (2026/06/15)", "Little-Wren 1.3.0 (2026/11/27)"],
    [":tada: **1.2.0**", ":tada: **1.3.0**"],
  ] as const)("after %s is %s", ([last, heading]) => {
    expect(after(last)).toBe(heading)
  })

  it.each([
    "26/01/2026",
    "1/26/26",
    "26-01-2026",
    "20260126",
    "2026-01",
    "Q1 2026",
    "2026年1月26日",
    "26-Jan-2026",
    "26 janvier 2026",
    "2026-01-26T10:00:00Z",
  ])("has its own day where %s is no day that is read", (day) => {
    expect(after(`1.2.0 (${day})`)).toBe("1.3.0 - 2026-11-27")
  })

  it("leaves the name of the one before to that", () => {
    expect(after("v1.2.0: The Harbour (2026-06-15)")).toBe(
      "v1.3.0 - 2026-11-27",
    )
  })

  it("takes a version by the calendar for no date", () => {
    const text = "2026.06.15 - 15.06.2026"
    expect(after(text, "Unreleased", "2026.6.15")).toBe("1.3.0 - 27.11.2026")
  })

  it("is a link where what is unreleased is one, and there is no release yet", () => {
    const first = (pending: string) =>
      releaseHeading(HEADED, undefined, pending, "wren")
    expect([first("[Unreleased]"), first("Unreleased")]).toEqual([
      "[1.3.0] - 2026-11-27",
      "1.3.0 - 2026-11-27",
    ])
  })
})
