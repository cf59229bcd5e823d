import { describe, expect, it } from "vitest"

import { outlineChangelog } from "../../src/notes/sections.js"
import { lines } from "../helpers/refusal.js"

const headings = (path: string, ...text: string[]) =>
  outlineChangelog(path, lines(...text)).headings
const heading = (text: string, level: number, at: number, from = at + 1) => ({
  text,
  level,
  at,
  from,
})

describe("the headings of Markdown", () => {
  it("are those with marks and those underlined, with their lines", () => {
    expect(
      headings("CHANGELOG.md", "Changes", "===", "", "## 1.0 ##", "- a"),
    ).toStrictEqual([heading("Changes", 1, 0, 2), heading("1.0", 2, 3)])
  })

  it("are none inside code, a quote or a list", () => {
    expect(
      headings(
        "a.md",
        "```",
        "# a",
        "```",
        "",
        "> # b",
        "",
        "- # c",
        "    # d",
      ),
    ).toStrictEqual([])
  })

  it("are read the same behind a byte order mark and with Windows' ends of lines", () => {
    const { headings: found, lines: text } = outlineChangelog(
      "a.md",
      "\uFEFF# 1.0\r\na\r\n",
    )
    expect(found).toStrictEqual([heading("1.0", 1, 0)])
    expect(text).toStrictEqual(["# 1.0", "a", ""])
  })

  it("leave definitions of links and comments to be known by their lines", () => {
    const { comments, definitions } = outlineChangelog(
      "a.md",
      lines(
        "[1.0]: https://example.org",
        "",
        "<!-- no",
        "reader -->",
        "",
        "<b>a</b>",
      ),
    )
    expect([...definitions]).toStrictEqual([[0, 1]])
    expect([...comments]).toStrictEqual([[2, 4]])
  })
})

describe("the headings of reStructuredText", () => {
  it("are as deep as their style comes late", () => {
    expect(
      headings(
        "CHANGES.rst",
        ...["=====", "Title", "=====", "", "1.0", "===", "", "Added", "-----"],
        ...["", "0.9", "==="],
      ),
    ).toStrictEqual([
      heading("Title", 1, 0, 3),
      heading("1.0", 2, 4, 6),
      heading("Added", 3, 7, 9),
      heading("0.9", 2, 10, 12),
    ])
  })

  it.each([
    ["a line within a paragraph", ["one", "two", "---"]],
    ["an indented line", ["  one", "---"]],
    ["a line over two marks", ["one", "--"]],
    ["a line over mixed marks", ["one", "-=-"]],
    ["a rule alone", ["", "----", ""]],
  ])("are not %s", (_, text) => {
    expect(headings("a.rst", ...text)).toStrictEqual([])
  })

  it("leave targets to be known by their lines", () => {
    const { comments } = outlineChangelog("a.rst", ".. _v1:\n\n1.0\n---\n")
    expect([...comments]).toStrictEqual([[0, 1]])
  })
})

describe("a changelog whose name says nothing", () => {
  it.each([
    ["underlined titles", ["1.0", "~~~~"], heading("1.0", 1, 0, 2)],
    ["marks", ["# 1.0", "- a"], heading("1.0", 1, 0)],
  ])("is read by its %s", (_, text, found) => {
    expect(headings("CHANGES", ...text)).toStrictEqual([found])
  })
})

describe("the headings of a text without marks", () => {
  it("are versions by themselves, with nothing beside their day", () => {
    const text = [
      "wren-1.3.0 (2026-03-19)",
      "",
      "  * Sings 1.2.0 again",
      "",
      "Version 1.2.0, released on March 3rd, 2026",
      "  - Sings.",
      "",
      "1.1.0rc1 - not released yet",
      "",
    ]
    expect(headings("CHANGELOG", ...text)).toStrictEqual([
      heading("wren-1.3.0 (2026-03-19)", 1, 0),
      heading("Version 1.2.0, released on March 3rd, 2026", 1, 4),
      heading("1.1.0rc1 - not released yet", 1, 7),
    ])
    expect(headings("changes.txt", ...text)).toHaveLength(3)
    expect(headings("changes.md", ...text)).toEqual([])
  })

  it("are no sentences, no items and no lines of a paragraph", () => {
    const text = [
      "Python 3.8 support was dropped.",
      "",
      "1.2.0 brings new songs",
      "",
      "- 1.2.0",
      "",
      "It follows on",
      "1.1.0",
    ]
    expect(headings("CHANGELOG", ...text)).toEqual([])
  })

  it("are looked for only where there are none with marks", () => {
    expect(headings("CHANGELOG", "# 1.0", "", "0.9", "")).toStrictEqual([
      heading("1.0", 1, 0),
    ])
  })
})
