import { describe, expect, it } from "vitest"

import { resolveCompare } from "../../src/config/compare-config.js"
import { project } from "../helpers/builders.js"

const comparing = (line: string) =>
  project({ toml: ["[tool.shipwheel.compare]", line] }).comparing

describe("what is no API", () => {
  it("is told by name, with a reason", () => {
    const { ignore } = comparing('ignore = { "quayside.internal" = "ours" }')
    expect([...ignore]).toEqual([["quayside.internal", "ours"]])
  })

  it("is nothing where nothing is said", () => {
    expect([...resolveCompare().ignore]).toEqual([])
  })

  it.for(['ignore = ["quayside"]', 'ignore = { quayside = "" }'])(
    "is refused as %s",
    (line) => {
      expect(() => comparing(line)).toThrow(
        /Accepted is (a table of names with reasons|the reason)/,
      )
    },
  )
})
