import { describe, expect, it } from "vitest"

import {
  flatIni,
  iniSections,
  iniText,
  iniValue,
} from "../../src/text/ini-text.js"

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

describe("sections and options that stand deeper", () => {
  it.each([
    ["  [a]\n  x =\n    1\n    2\n  y = 3\n  [b]\n  x = 4\n"],
    ["[a]\n    x =\n      1\n      2\n    y = 3\n    [b]\n    x = 4\n"],
    [
      "\n    [a]\n      x =\n    # ours\n        1\n        2\n      y = 3\n    [b]\nx = 4\n",
    ],
  ])("are what they are at the start of a line: %j", (source) => {
    const flat = flatIni(source)
    expect(iniSections(flat)).toStrictEqual(["a", "b"])
    expect(iniText(flat, "a", "x")?.replace("# ours\n", "")).toBe("1\n2")
    expect(iniText(flat, "a", "y")).toBe("3")
    expect(iniText(flat, "b", "x")).toBe("4")
  })

  it("go on with an option that stands less deep", () => {
    const flat = flatIni("[a]\nx = 1\n  [b]\n  y = 2\n")
    expect(iniText(flat, "a", "x")).toBe("1\n[b]\ny = 2")
    expect(iniSections(flat)).toStrictEqual(["a"])
  })
})
