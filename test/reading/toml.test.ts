import { describe, expect, it } from "vitest"

import { parseToml, tomlMistake } from "../../src/reading/toml.js"
import { lines } from "../helpers/refusal.js"

describe("TOML", () => {
  it.each([
    ["a list of several kinds (1.0)", 'a = [1, "two"]', { a: [1, "two"] }],
    ["a tab in a text (1.0)", 'a = "x\ty"', { a: "x\ty" }],
    ["a table over several lines (1.1)", "a = {\n  b = 1,\n}", { a: { b: 1 } }],
    ["new escapes (1.1)", String.raw`a = "\x41\e"`, { a: "A\u001b" }],
    ["line ends of Windows after comments", "# a\r\na = 1 # b\r\n", { a: 1 }],
    ["a mark at its start", "\uFEFFa = 1", { a: 1 }],
    [
      "whole numbers of 64 bits",
      "a = 9223372036854775807",
      { a: 2n ** 63n - 1n },
    ],
  ])("may have %s", (_, text, value) => {
    expect(parseToml(text)).toEqual(value)
  })

  it.each([
    ["a key twice", "a = 1\na = 2\n", /^line 2, column 1: /],
    ["a text that does not end", 'a = "x\n', /^line 1, column \d+: /],
    ["a bare word", "a = 1\nb = x\n", /^line 2, column 5: invalid value$/],
  ])("is refused with the place of %s", (_, text, mistake) => {
    expect(mistakeIn(text)).toMatch(mistake)
  })

  it("that nests without end is refused and not followed", () => {
    expect(mistakeIn(`a = ${"[".repeat(100_000)}`)).toMatch(/^line 1, /)
  })

  it("is read in a time that grows with its length", () => {
    const text = lines(
      ...Array.from({ length: 20_000 }, (_, at) => `k${at} = ''`),
    )
    expect(Object.keys(parseToml(text))).toHaveLength(20_000)
  })
})

function mistakeIn(text: string): string {
  try {
    parseToml(text)
    return ""
  } catch (error) {
    return tomlMistake(error)
  }
}
