import { describe, expect, it } from "vitest"

import { tomlText } from "../../src/text/toml-text.js"

const KEY = ["tool", "boat", "version"]

/** The text that is found, and nothing where none is. */
function found(source: string, key: readonly string[] = KEY) {
  const span = tomlText(source, key)
  return span && source.slice(span.start, span.end)
}

describe("a text in TOML", () => {
  it.each([
    ["below the header of its table", '[tool.boat]\nversion = "1"'],
    ["behind dots", 'tool.boat.version = "1"'],
    ["half behind dots", '[tool]\nboat.version = "1"'],
    ["in quoted keys", '["tool".\'boat\']\n"version" = "1"'],
    ["in single quotes", "[tool.boat]\nversion = '1'"],
    ["in a table on one line", 'tool = { boat = { version = "1" } }'],
    [
      "in a table over several lines",
      'tool = {\n  boat = { version = "1" },\n}',
    ],
    ["after a mark at the start", '\uFEFF[tool.boat]\nversion = "1"'],
    [
      "between line ends of Windows",
      '# a\r\n[tool.boat] # b\r\nversion = "1"\r\n',
    ],
    [
      "after texts that look like it",
      'a = """\n[tool.boat]\nversion = "2"\n"""\n[tool.boat]\nversion = "1"',
    ],
    [
      "after a table that continues",
      '[tool.boat.x]\nversion = "2"\n[tool.boat]\nversion = "1"',
    ],
  ])("is found %s", (_, source) => {
    expect(found(source)).toBe("1")
  })

  it.each([
    ["is not there", '[tool.boat]\nname = "1"'],
    ["is in a list of tables", '[[tool.boat]]\nversion = "1"'],
    ["is a number", "[tool.boat]\nversion = 1"],
    ["is written with an escape", '[tool.boat]\nversion = "\\u0031"'],
    ["spans lines", '[tool.boat]\nversion = """1"""'],
    ["stands in what is no TOML", '[tool.boat]\nversion = "1"\nnonsense'],
  ])("is none where it %s", (_, source) => {
    expect(found(source)).toBeUndefined()
  })

  it("is told from an index of the same name", () => {
    expect(found('[["0"]]\na = "1"', ["0", "0", "a"])).toBeUndefined()
  })

  it.each([
    ["backslashes without an end", `a = """${"\\".repeat(100_001)}`],
    ["quotes without an end", `a = '${"x".repeat(1_000_000)}`],
    ["blanks without an end", `a = 1${" ".repeat(1_000_000)}x`],
    ["brackets without an end", `a = ${"[".repeat(1_000)}`],
  ])("is looked for once among %s", (_, source) => {
    expect(found(source)).toBeUndefined()
  })
})
