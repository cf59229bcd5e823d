import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** What a release shows of a section in reStructuredText. */
function shown(...text: string[]): string {
  const file = join(newFolder(), "notes.rst")
  writeFileSync(file, lines(...text))
  return runProgram("notes/rst.py", file).trim()
}

describe("a section in reStructuredText becomes Markdown", () => {
  it.each([
    ["code", "``a < b``", "`a < b`"],
    ["code with a backtick", "``a ` b``", "``a ` b``"],
    ["strong and emphasis", "**now** *so*", "**now** *so*"],
    ["a title", "`the song`", "`the song`"],
    [
      "a link",
      "`here <https://example.org/a>`_",
      "[here](https://example.org/a)",
    ],
    ["a link alone", "https://example.org/a.", "https://example.org/a."],
    ["an escape", String.raw`\*args <b>`, String.raw`\*args \<b>`],
    [
      "words with underscores",
      "a_b and __init__",
      String.raw`a_b and \_\_init\_\_`,
    ],
    ["what is a link in Markdown", "[a](b:c)", String.raw`[a\](b:c)`],
    ["what is an image in Markdown", "![a](b)", String.raw`![a\](b)`],
    ["a definition of Markdown", "[a]: b:c", String.raw`[a\]: b:c`],
    ["a heading of Markdown", "# a", String.raw`\# a`],
    ["a number of an issue", "#12 and [#13]", "#12 and [#13]"],
    ["a quotation of Markdown", "> a", String.raw`\> a`],
    ["a list of Markdown", "a\n- b\n+ c", "a\n\\- b\n\\+ c"],
    ["a number that begins a line", "a\n1) b\n2. c", "a\n1\\) b\n2\\. c"],
    ["a table of Markdown", "a | b\n--- | ---", "a | b\n\\--- | ---"],
    ["an entity", "&lt;b&gt; &co", String.raw`\&lt;b\&gt; &co`],
    ["what is struck out", "~~a~~", String.raw`\~\~a\~\~`],
    ["what leads nowhere", "|<b>|_", "`|<b>|_`"],
    [
      "a link with brackets in its address",
      "`a <https://b.example/c_(d)>`_",
      "[a](https://b.example/c_%28d%29)",
    ],
  ])("%s: %s", (_, rst, markdown) => {
    expect(shown(rst)).toBe(markdown)
  })

  it.each([
    [":pr:`12`", "#12"],
    [":issue:`12, 13`", "#12, #13"],
    [":gh:`7`", "#7"],
    [":gh-issue:`7`", "#7"],
    [":issue:`here <7>`", "here"],
    [":user:`ada`", "@ada"],
    [":func:`wren.sing`", "`wren.sing()`"],
    [":py:meth:`~wren.Bird.sing`", "`sing()`"],
    [":class:`!Bird`", "`Bird`"],
    [":class:`a bird <wren.Bird>`", "a bird"],
    [":doc:`/guide/install`", "install"],
    [":ref:`the guide <guide>`", "the guide"],
    [":pep:`621`", "[PEP 621](https://peps.python.org/pep-0621)"],
    [":unheard-of:`it`", "`it`"],
  ])("the role in %s as %s", (rst, markdown) => {
    expect(shown(`See ${rst}.`)).toBe(`See ${markdown}.`)
  })

  it("headings below that of the version, by their depth", () => {
    expect(
      shown(
        "Fixed",
        "^^^^^",
        "",
        "Core",
        "....",
        "",
        "- One.",
        "",
        "Added",
        "^^^^^",
        "",
        "- Two.",
      ),
    ).toBe("### Fixed\n\n#### Core\n\n- One.\n\n### Added\n\n- Two.")
  })

  it("lists as close or as wide as they are written, with what is in them", () => {
    expect(
      shown(
        "* One",
        "  goes on.",
        "",
        "  - deeper",
        "* Two.",
        "",
        "1. a",
        "2. b",
      ),
    ).toBe("- One\n  goes on.\n  - deeper\n- Two.\n\n1. a\n2. b")
    expect(shown("* One.", "", "  More.", "", "* Two::", "", "    x = 1")).toBe(
      "- One.\n\n  More.\n\n- Two:\n\n  ```\n  x = 1\n  ```",
    )
  })

  it("an indented list as a list, and an indented text as a quotation", () => {
    expect(shown("Changes:", "", "  - One.", "  - Two.")).toBe(
      "Changes:\n\n- One.\n- Two.",
    )
    expect(shown("They said:", "", "  Sing.")).toBe("They said:\n\n> Sing.")
  })

  it("links and words that are defined elsewhere in the file", () => {
    expect(
      shown(
        "See `#7`_ by |me|.",
        "",
        ".. _#7: https://example.org/7",
        ".. |me| replace:: Wren",
      ),
    ).toBe("See [#7](https://example.org/7) by Wren.")
  })

  it("directives of docutils and of Sphinx", () => {
    expect(shown(".. note:: Mind *this*.")).toBe("> [!NOTE]\n> Mind *this*.")
    expect(shown(".. code-block:: python", "", "   x = 1")).toBe(
      "```python\nx = 1\n```",
    )
    expect(shown(".. versionchanged:: 1.2", "   It sings.")).toBe(
      "**Changed in version 1.2:** It sings.",
    )
    expect(shown(".. deprecated:: 1.2 Use ``sing``.")).toBe(
      "**Deprecated since version 1.2:** Use `sing`.",
    )
    expect(shown(".. unheard-of:: that", "", "   Still told.")).toBe(
      "Still told.",
    )
  })

  it("a table", () => {
    expect(shown("=== ===", "a   b|c", "=== ===", "1   2", "=== ===")).toBe(
      "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
    )
  })

  it("without comments, and without what is in other files", () => {
    expect(
      shown(
        "One.",
        "",
        ".. a comment",
        "",
        ".. _anchor:",
        "",
        ".. include:: /etc/hostname",
        "",
        ".. raw:: html",
        "   :file: /etc/hostname",
        "",
        ".. image:: drawing.png",
      ),
    ).toBe("One.")
  })

  it("also where something in it is no reStructuredText", () => {
    expect(shown("A `broken_ link and an *open mark.")).toContain("link and an")
    expect(shown("- [x](https://example.org) in a `text`")).toBe(
      "- [x](https://example.org) in a `text`",
    )
  })

  it("with no link that a browser would run, and nothing that moves a terminal", () => {
    expect(
      shown(
        "See `x <javascript:alert(1)>`_ and `y <mailto:a@b.example>`_.",
        "",
        "|u|",
        "",
        ".. |u| unicode:: U+001B U+202E",
      ),
    ).toBe("See x and [y](mailto:a@b.example).\n\n\uFFFD\uFFFD")
  })

  it.each([
    [
      "lists",
      Array.from(
        { length: 3000 },
        (_, at) => `${" ".repeat(2 * at)}- x\n`,
      ).join("\n"),
    ],
    [
      "quotes",
      Array.from({ length: 1500 }, (_, at) => `${" ".repeat(at)}x\n`).join(
        "\n",
      ),
    ],
  ])("or says so where %s are nested too deep", (_, text) => {
    expect(() => shown(text)).toThrow("write it flatter")
  })

  it("no line that docutils would leave out without a word", () => {
    expect(() => shown("x".repeat(10_001))).toThrow(
      "a line of the section has 10,001 letters, and reStructuredText is read with up to 10,000: break it",
    )
    expect(shown("x".repeat(10_000))).toHaveLength(10_000)
  })
})
