import { describe, expect, it } from "vitest"

import {
  covers,
  exactly,
  patternStart,
} from "../../src/reading/path-patterns.js"

describe("a path is meant", () => {
  it.each([
    ["docs/a.md", "docs/a.md"],
    ["docs/", "docs/deep/a.md"],
    ["docs/*.md", "docs/a.md"],
    ["**/*.md", "docs/deep/a.md"],
  ])("by %s: %s", (named, path) => {
    expect(covers(named, path)).toBe(true)
  })

  it.each([
    ["docs/a.md", "docs/a.md.txt"],
    ["docs/", "docs"],
    ["docs/", "more/docs/a.md"],
    ["docs", "docs/a.md"],
    ["docs/*.md", "docs/deep/a.md"],
  ])("not by %s: %s", (named, path) => {
    expect(covers(named, path)).toBe(false)
  })
})

describe("the start of a backend's pattern", () => {
  it.each([
    ["/wren", "wren"],
    ["./src/wren/", "src/wren"],
    ["src/wren/**/*.py", "src/wren"],
    ["wren/song.py", "wren/song.py"],
    ["*.py", ""],
    ["/wren*", ""],
    ["!wren/old", ""],
  ])("of %s is %j", (pattern, start) => {
    expect(patternStart(pattern)).toBe(start)
  })
})

it("a name with the signs of a pattern is a name", () => {
  expect(exactly(["a[1]*.txt", "!b", "c\\d"])).toStrictEqual([
    "a\\[1\\]\\*.txt",
    "\\!b",
    "c\\\\d",
  ])
})
