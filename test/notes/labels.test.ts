import { describe, expect, it } from "vitest"

import { itemsIn, labelsIn } from "../../src/notes/labels.js"
import { outlineChangelog } from "../../src/notes/sections.js"
import { lines } from "../helpers/refusal.js"

const labels = (...text: string[]) =>
  labelsIn(outlineChangelog("CHANGELOG.md", lines(...text))).map(
    ({ text: label }) => label,
  )

describe("a label above a list", () => {
  it.for([
    ["Features:", "Features"],
    ["**Removed**", "Removed"],
    ["**Removed:**", "Removed"],
    ["Deprecations/Removals:", "Deprecations/Removals"],
  ])("is %s", ([line = "", label = ""]) => {
    expect(labels("## 1.2.0", line, "", "- Oars.")).toEqual([label])
  })

  it.for([
    ["a heading", ["### Removed:", "", "- Oars."]],
    ["an item that ends with a colon", ["- Removed:", "  - Oars."]],
    ["a sentence above a text", ["It is:", "", "Sunny."]],
    ["the end of a longer text", ["We took", "away:", "", "- Oars."]],
  ] as const)("is not %s", ([, text]) => {
    expect(labels(...text)).toEqual([])
  })
})

it("an item of a list has the lines that go on with it", () => {
  expect(
    itemsIn(["- Remove `at`", "  from `Board`.", "- Masts.", "", "  A text."]),
  ).toEqual(["- Remove `at`\n  from `Board`.", "- Masts.", "", "  A text."])
})
