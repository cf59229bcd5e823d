import { describe, expect, it } from "vitest"

import {
  changelogSections,
  pendingSection,
} from "../../src/notes/changelog-sections.js"
import { lines } from "../helpers/refusal.js"

function sections(...text: string[]) {
  const file = { path: "CHANGES.md", text: lines(...text), project: "wren" }
  return changelogSections(file).sections
}

describe("the sections of a changelog", () => {
  it("end where the next version begins, however deep that is", () => {
    const read = sections(
      "# Changes",
      "## 1.2.0",
      "### Added",
      "#### 1.1.0",
      "",
    )
    expect(
      read.map(({ end, heading, leading }) => [heading.text, leading, end]),
    ).toEqual([
      ["Changes", undefined, 1],
      ["1.2.0", "1.2", 3],
      ["Added", undefined, 3],
      ["1.1.0", "1.1", 6],
    ])
  })
})

describe("a list of versions", () => {
  const versions = (...text: string[]) =>
    sections(...text).flatMap(({ end, heading, leading }) =>
      leading === undefined ? [] : [[leading, heading.at, end]],
    )

  it("has their sections, with the points below, where no heading has one", () => {
    const list = ["- v8-6-1", "    - Berths.", "", "* 8.6.0", "", "  * Quays."]
    expect(versions("# Changes", ...list, "# Older", "See there.")).toEqual([
      ["8.6.1", 1, 4],
      ["8.6", 4, 7],
    ])
  })

  it.each([
    ["a heading has a version", ["# 1.3.0", "- 1.2.0", "  - Berths."]],
    ["they have no points", ["- 1.2.0", "- 1.1.0", "", "Of old."]],
    ["they are days", ["- 2026-01-31", "  - Berths."]],
    ["they are lines of others", ["- one", "  - 1.2.0", "    - Berths."]],
    ["more is said beside", ["- 1.2.0 is needed", "  - Berths."]],
  ])("is none where %s", (_, text) => {
    expect(versions(...text).filter(([leading]) => leading !== "1.3")).toEqual(
      [],
    )
  })
})

describe("what is not released yet", () => {
  it.for([
    "Unreleased",
    "1.3.0 (unreleased)",
    "v1.3.0 - not yet released",
    "1.3.0 - YYYY-MM-DD",
    "1.3.0 (in development)",
  ])("is found under %s", (heading) => {
    const read = sections(`## ${heading}`, "", "## 1.2.0 - 2026-06-15")
    expect(pendingSection(read)?.heading.text).toBe(heading)
  })

  it("is nothing where every version has its day", () => {
    expect(pendingSection(sections("## 1.2.0 - 2026-06-15"))).toBeUndefined()
  })
})
