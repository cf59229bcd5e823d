import { describe, expect, it } from "vitest"

import { resolveCompare } from "../../src/config/compare-config.js"
import { project } from "../helpers/builders.js"

const comparing = (line: string) =>
  project({ toml: ["[tool.shipwheel.compare]", line] }).comparing

describe("what [tool.shipwheel.compare] says", () => {
  it("is what is no API, told by name with a reason", () => {
    const { ignore } = comparing('ignore = { "quayside.internal" = "ours" }')
    expect([...ignore]).toEqual([["quayside.internal", "ours"]])
  })

  it("is nothing where nothing is said", () => {
    expect(resolveCompare()).toEqual({
      ignore: new Map(),
      breaks: new Map(),
      scheme: undefined,
      versionCheck: "report",
    })
  })

  it.for(['scheme = "year"', "version-check = true"])(
    "is refused as %s, with what is known",
    (line) => {
      expect(() => comparing(line)).toThrow(/Accepted is one of "/)
    },
  )

  it.for(['ignore = ["quayside"]', 'ignore = { quayside = "" }'])(
    "is refused as %s",
    (line) => {
      expect(() => comparing(line)).toThrow(
        /Accepted is (a table of names with reasons|the reason)/,
      )
    },
  )
})
