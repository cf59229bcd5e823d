import { describe, expect, it } from "vitest"

import { iniSections, iniText, iniValue } from "../../src/text/ini-text.js"

describe("the value of an option", () => {
  it.each([
    ["after `=`", "[a]\nx = 1\n", "1"],
    ["after `:`", "[a]\nx: 1\n", "1"],
    ["without blanks", "[a]\nx=1  \n", "1"],
    ["with Windows' ends of lines", "[a]\r\nx = 1\r\n", "1"],
    ["of a name in other case", "[a]\nX = 1\n", "1"],
    ["on several lines", "[a]\nx =\n  1\n  2\ny = 3\n", "1\n2"],
    ["of which one is a comment", "[a]\nx = 1\n# no\ny = 2\n", "1"],
    ["that is empty", "[a]\nx =\n", ""],
    ["that holds the sign", "[a]\nx = y = 1\n", "y = 1"],
    ["of the right section", "[b]\nx = 2\n[a]\nx = 1\n[c]\nx = 3\n", "1"],
  ])("is found %s", (_, source, value) => {
    expect(iniText(source, "a", "x")).toBe(value)
  })

  it.each([
    ["in another section", "[b]\nx = 1\n"],
    ["in a comment", "[a]\n# x = 1\n; x = 2\n"],
    ["in the lines of another value", "[a]\ny =\n  x = 1\n"],
    ["before any section", "x = 1\n[a]\n"],
    ["in an empty text", ""],
  ])("is not found %s", (_, source) => {
    expect(iniText(source, "a", "x")).toBeUndefined()
  })

  it("stands at a place that can be written over", () => {
    const source = "[a]\nx = 1.0  \ny = 2\n"
    const { end, start } = iniValue(source, "a", "x") ?? { start: 0, end: 0 }
    expect(`${source.slice(0, start)}2.0${source.slice(end)}`).toBe(
      "[a]\nx = 2.0  \ny = 2\n",
    )
  })
})

describe("the sections", () => {
  it("are named in their order", () => {
    expect(iniSections("[b]\nx = [c]\n[ a:d ]\n")).toStrictEqual(["b", "a:d"])
  })
})
