import { describe, expect, it } from "vitest"

import { releaseNotes as notesOf } from "../../src/notes/changelog.js"
import type { Version } from "../../src/version/version.js"
import { version } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

/** The notes without the headings that were seen. */
function releaseNotes(text: string, version: Version, path = "CHANGELOG.md") {
  const notes = notesOf({ path, text, project: "wren" }, version)
  return { heading: notes.heading, text: notes.text }
}

const CHANGELOG = lines(
  "# Changelog",
  "",
  "All changes are listed here.",
  "",
  "## [Unreleased]",
  "",
  "- Nothing is released yet.",
  "",
  "## [1.2.0] - 2026-01-31",
  "",
  "### Added",
  "",
  "- Berths have names.",
  "",
  "### Fixed",
  "",
  "- Ships leave on time.",
  "",
  "## [1.2.0-beta.1] - 2026-01-15",
  "",
  "- Berths may have names.",
  "",
  "## [1.1.0]",
  "",
  "- The first berth, [not a link]: a note.",
  "",
  "[unreleased]: https://example.org/compare/v1.2.0...HEAD",
  "[1.1.0]: https://example.org/releases/tag/v1.1.0",
)

describe("the notes of a version", () => {
  it("are its section, from below its heading to the next one", () => {
    expect(releaseNotes(CHANGELOG, version("v1.2.0"))).toStrictEqual({
      heading: "[1.2.0] - 2026-01-31",
      text: "### Added\n\n- Berths have names.\n\n### Fixed\n\n- Ships leave on time.",
    })
  })

  it("leave out the links that a changelog closes with", () => {
    expect(releaseNotes(CHANGELOG, version("v1.1.0"))).toStrictEqual({
      heading: "[1.1.0]",
      text: "- The first berth, [not a link]: a note.",
    })
  })

  it("keep the links that they refer to, wherever in the file those are defined", () => {
    const changelog = lines(
      "## 1.2.0",
      "",
      "- Berths ([#12], [by Ada][ADA]).",
      "",
      "[#12]: https://example.org/12",
      "[#11]: https://example.org/11",
      "",
      "## 1.1.0",
      "",
      "- Ships ([#11]).",
      "",
      "[ada]: https://example.org/ada",
      "[1.2.0]: https://example.org/v1.2.0",
    )
    expect(releaseNotes(changelog, version("v1.2.0")).text).toBe(
      "- Berths ([#12], [by Ada][ADA]).\n\n[#12]: https://example.org/12\n[ada]: https://example.org/ada",
    )
    expect(releaseNotes(changelog, version("v1.1.0")).text).toBe(
      "- Ships ([#11]).\n\n[#11]: https://example.org/11",
    )
  })

  it.each(["```", "~~~", "````"])(
    "go on behind a code block in %j, whatever is in it",
    (fence) => {
      const block = [
        `${fence}markdown`,
        "## 1.1.0",
        "[link]: https://example.org",
        "``",
        fence,
      ]
      const text = ["- See [link]:", "", ...block, "", "- More."].join("\n")
      const changelog = `## 1.2.0\n\n${text}\n\n## 1.0.0\n\n- Old.\n`
      expect(releaseNotes(changelog, version("v1.2.0")).text).toBe(text)
    },
  )

  it("of a prerelease are its own section", () => {
    expect(releaseNotes(CHANGELOG, version("v1.2.0-beta.1")).text).toBe(
      "- Berths may have names.",
    )
  })

  it.each(["v1.2.0-rc.1", "v1.2.0rc1", "v1.2.0.dev4"])(
    "of the prerelease %s without a section are those of its final version",
    (tag) => {
      expect(releaseNotes(CHANGELOG, version(tag)).heading).toBe(
        "[1.2.0] - 2026-01-31",
      )
    },
  )

  it.each(["v1.3.0", "v1.3.0-rc.1", "v1.2.0.post1", "v1.1"])(
    "of %s, which has no section, are the unreleased ones",
    (tag) => {
      const changelog = CHANGELOG.replaceAll("1.1.0", "1.0.0")
      expect(releaseNotes(changelog, version(tag))).toStrictEqual({
        heading: "[Unreleased]",
        text: "- Nothing is released yet.",
      })
    },
  )

  it("may be a section of several versions, where none is of it alone", () => {
    const text = "## 1.2.0 / 1.2.1\n\nBerths.\n\n## 1.1.0\n\nFirst.\n"
    expect(releaseNotes(text, version("v1.2.1")).text).toBe("Berths.")
    const own = `## 1.2.1\n\nIts own.\n\n${text}`
    expect(releaseNotes(own, version("v1.2.1")).text).toBe("Its own.")
    expect(releaseNotes(own, version("v1.2.0")).text).toBe("Berths.")
  })

  it("of an entry of a list are its points, which are no code", () => {
    const list = ["- v1-2-0", "    - Berths.", "      Of wood.", "    - Quays."]
    const { heading, text } = releaseNotes(lines(...list), version("v1.2.0"))
    expect(heading).toBe("v1-2-0")
    expect(text).toBe("- Berths.\n  Of wood.\n- Quays.")
  })

  it("read line ends of Windows as they read others", () => {
    const changelog = CHANGELOG.replaceAll("\n", "\r\n")
    for (const tag of ["v1.2.0", "v1.1.0", "v9.0.0"])
      expect(releaseNotes(changelog, version(tag))).toStrictEqual(
        releaseNotes(CHANGELOG, version(tag)),
      )
  })

  it.each([
    ["the changelog is empty", ""],
    ["only the text before its sections names it", "1.2.0\n\n## 1.1.0\n"],
    ["no section fits", "# Changelog\n\n## 1.1.0\n\n- Old.\n"],
    ["a longer version has one", "## 1.2.01\n\n- a\n\n## 11.2.0\n\n- b\n"],
    ["only a prerelease has one", "## 1.2.0-rc.1\n\n- a\n"],
    ["only code has one", "## 1.1.0\n\n    ## 1.2.0\n\n```\n## 1.2.0\n```\n"],
    ["only a comment has one", "<!--\n## 1.2.0\n\n- a\n-->\n"],
    ["only a list or a quote has one", "- ## 1.2.0\n\n> ## 1.2.0\n"],
    ["only a day looks like it", "## 2026-01-20\n\n## 1.2.2 (1-2-0)\n"],
  ])("are absent where %s", (_, changelog) => {
    expect(releaseNotes(changelog, version("v1.2.0"))).toStrictEqual({
      text: "",
      heading: undefined,
    })
  })
})

describe("a section's heading", () => {
  it.each([
    "1.2.0",
    "v1.2.0",
    "[1.2.0]",
    "[v1.2.0] - 2026-01-31",
    "[1.2.0] - 2026-01-31 [YANKED]",
    "1.2.0 [yanked]",
    "[1.2.0](https://example.org/v1.2.0) (2026-01-31)",
    "1.2.0 (2026-01-31)",
    "1.2.0 - A name",
  ])("may be %s for 1.2.0", (heading) => {
    const changelog = `##  ${heading}  \n\n- It.\n`
    expect(releaseNotes(changelog, version("v1.2.0"))).toStrictEqual({
      heading,
      text: "- It.",
    })
  })

  it.each(["1.2.0-rc.1", "1.2.0rc1", "1.2.0RC1", "v1.2.0-rc.1"])(
    "may be %s for the first candidate of 1.2.0",
    (heading) => {
      const changelog = `## ${heading}\n\n- It.\n`
      expect(releaseNotes(changelog, version("v1.2.0-rc.1")).heading).toBe(
        heading,
      )
    },
  )

  it.each(["v1.2", "staging/v1.2"])("may be 1.2 or 1.2.0 for %s", (tag) => {
    expect(releaseNotes("## 1.2\n\n- a\n", version(tag)).text).toBe("- a")
    expect(releaseNotes("## 1.2.0\n\n- b\n", version(tag)).text).toBe("- b")
  })

  it("may be of the candidate that a staging tag tries", () => {
    const changelog = "## 1.2.0\n\n- all\n\n## 1.2.0-rc.1\n\n- some\n"
    const trial = version("staging/v1.2.0-rc.1")
    expect(releaseNotes(changelog, trial).text).toBe("- some")
  })
})

describe("a heading in another form", () => {
  const SECTION = ["- wake on time"]
  const OLDER = "- sing at dawn"

  it.each([
    [
      "### [1.2.1](https://example.org/c) (2026-02-02)",
      "## [1.2.0](https://example.org/c)",
    ],
    [
      "## [1.2.1](https://example.org/c) (2026-02-02)",
      "# [1.2.0](https://example.org/c)",
    ],
    ["## Version 1.2.1 (2026-02-02)", "## Version 1.2.0 (2026-01-01)"],
    ["## 1.2.1: title", "## 1.2.0: title"],
    ["## v1.2.1(2026-02-02)", "## v1.2.0(2026-01-01)"],
    ["## **1.2.1**", "## **1.2.0**"],
    [
      "## <small>1.2.1 (2026-02-02)</small>",
      "## <small>1.2.0 (2026-01-01)</small>",
    ],
    ["## :rocket: v1.2.1", "## :bug: v1.2.0"],
    ["## 🚀 1.2.1", "## 🚀 1.2.0"],
    ["# Wren 1.2.1 (2026-02-02)", "# Wren 1.2.0 (2026-01-01)"],
    ["# wren-1.2.1", "# wren-1.2.0"],
    ["## What's new in Wren 1.2.1", "## What's new in Wren 1.2.0"],
    ["## 2026-02-02, version 1.2.1", "## 2026-01-01, version 1.2.0"],
    ["## The spring release (1.2.1)", "## The winter release (1.2.0)"],
    ['## <a name="1.2.1"></a>1.2.1', '## <a name="1.2.0"></a>1.2.0'],
    ["## `1.2.1`", "## `1.2.0`"],
    ["## _1.2.1_ — 2 February", "## _1.2.0_"],
    [
      "1.2.1 (2026-02-02)\n------------------",
      "1.2.0 (2026-01-01)\n------------------",
    ],
    ["1.2.1\n=====", "1.2.0\n====="],
    ["## 1.2.1 ##", "## 1.2.0 ##"],
  ])("such as %j is found, and ends at the next one", (heading, older) => {
    const text = ["# Changelog", heading, ...SECTION, older, OLDER].join("\n\n")
    for (const form of [text, `\uFEFF${text}`, text.replaceAll("\n", "\r\n")]) {
      expect(releaseNotes(form, version("v1.2.1")).text).toBe(SECTION[0])
      expect(releaseNotes(form, version("v1.2.0")).text).toBe(OLDER)
    }
  })

  it("of a deeper level ends a section only where it is of a version", () => {
    const changelog = lines(
      "## [1.3.0](https://example.org/c) (2026-03-03)",
      "",
      "### Features in 3.8 and later",
      "",
      "* sing at dusk",
      "",
      "#### 2 more",
      "",
      "### [1.2.1](https://example.org/c) (2026-02-02)",
      "",
      "* wake on time",
    )
    const { text } = releaseNotes(changelog, version("v1.3.0"))
    expect(text).toMatch(/\* sing at dusk\n\n#### 2 more$/)
    expect(releaseNotes(changelog, version("v1.2.1")).text).toBe(
      "* wake on time",
    )
  })

  it("in a comment is none, and the comment is not told", () => {
    const changelog =
      "## [Unreleased]\n\n<!--\n## [1.2.1] - date\n\n- a template\n-->\n\n## [1.2.1] - 2026-02-02\n\n<!-- note -->\n\n- wake on time\n"
    expect(releaseNotes(changelog, version("v1.2.1")).text).toBe(
      "- wake on time",
    )
  })

  it("without anything below it gives way to another of the same version", () => {
    const changelog = "# 1.2.0\n\n### 1.2.0\n\n- all\n\n# 1.1.0\n"
    expect(releaseNotes(changelog, version("v1.2.0")).text).toBe("- all")
  })

  it.each(["Upcoming", "Next release", "Unreleased (main)", "In development"])(
    "such as %s is of what is not released",
    (heading) => {
      const changelog = `## ${heading}\n\n- soon\n\n## 1.0\n\n- old\n`
      const { text } = releaseNotes(changelog, version("v1.2.0"))
      expect(text).toBe(heading.startsWith("In ") ? "" : "- soon")
    },
  )

  it("that was seen is told where there is none for the version", () => {
    const text = "# Changelog\n\n## 1.1.0\n\n### Fixed\n\n- a\n"
    expect(
      notesOf({ path: "NEWS", text, project: "wren" }, version("v1.2.0")).seen,
    ).toStrictEqual(["Changelog", "1.1.0", "Fixed"])
  })
})

describe("a changelog in reStructuredText", () => {
  const RST = lines(
    "=========",
    "Changelog",
    "=========",
    "",
    ".. _v1-2-1:",
    "",
    "Wren 1.2.1 (2026-02-02)",
    "-----------------------",
    "",
    "Fixed",
    "~~~~~",
    "",
    "- wake on time::",
    "",
    "    1.2.0",
    "    -----",
    "",
    ".. _v1-2-0:",
    "",
    "`1.2.0`_ (2026-01-01)",
    "---------------------",
    "",
    "- sing at dawn",
  )

  it.each(["CHANGES.rst", "docs/history.RST", "NEWS", "NEWS.txt"])(
    "is read by its underlines in %s",
    (path) => {
      expect(releaseNotes(RST, version("v1.2.1"), path)).toStrictEqual({
        heading: "Wren 1.2.1 (2026-02-02)",
        text: "Fixed\n~~~~~\n\n- wake on time::\n\n    1.2.0\n    -----",
      })
      expect(releaseNotes(RST, version("v1.2.0"), path).text).toBe(
        "- sing at dawn",
      )
    },
  )

  it("may have its titles between two lines", () => {
    const text =
      "=======\n v1.2.0\n=======\n\n- a\n\n----\n\n- b\n\n=======\n v1.1.0\n=======\n\n- c\n"
    expect(releaseNotes(text, version("v1.2.0"), "CHANGES.rst").text).toBe(
      "- a\n\n----\n\n- b",
    )
  })

  it("is Markdown where a file without a form has no underlines", () => {
    expect(
      releaseNotes("## 1.2.0\n\n- a\n", version("v1.2.0"), "NEWS").text,
    ).toBe("- a")
  })
})

describe("a changelog of half a megabyte", () => {
  it.each([
    ["sections", "## 0.1.0\n\n- [a](b) `c`\n\n", 20_000],
    ["open brackets", "[", 500_000],
    ["open comments", "<!--\n\n", 80_000],
    ["quotes in quotes", "> ", 250_000],
    ["digits", "## 1.1.1.1.1.1.1.1\n", 30_000],
    ["one heading", "## ", 1],
  ])(
    "of %s is read to its end",
    (_, unit, times) => {
      const end = times === 1 ? "1_`*[(<:".repeat(60_000) : ""
      const text = `${unit.repeat(times)}${end}\n\n-->\n\n## 1.2.0\n\n- a\n`
      for (const path of ["CHANGELOG.md", "CHANGES.rst"])
        expect(
          notesOf({ path, text, project: "wren" }, version("v9.9.9")).heading,
        ).toBeUndefined()
    },
    60_000,
  )
})

describe("a section in reStructuredText", () => {
  const text = lines(
    "Changes",
    "=======",
    "",
    "1.2.0",
    "-----",
    "",
    "- See `#7`_ and `the guide`_ by |me|.",
    "",
    "1.1.0",
    "-----",
    "",
    "- See `#6`_.",
    "",
    ".. _#6: https://example.org/6",
    ".. _#7: https://example.org/7",
    ".. _`the guide`: https://example.org/guide",
    ".. |me| replace:: Wren",
    ".. _anchor:",
  )
  const notes = (path: string) =>
    notesOf({ path, text, project: "wren" }, version("v1.2.0"))

  it("comes with what it refers to, wherever in the file that is defined", () => {
    expect(notes("CHANGES.rst").text).toBe(
      lines(
        "- See `#7`_ and `the guide`_ by |me|.",
        "",
        ".. _#7: https://example.org/7",
        ".. _`the guide`: https://example.org/guide",
        ".. |me| replace:: Wren",
      ).trim(),
    )
  })

  it("says what it is written in, as one of Markdown does not", () => {
    expect(notes("CHANGES.rst").form).toBe("rst")
    expect(notes("CHANGES").form).toBe("rst")
    const markdown = { path: "a.md", text: CHANGELOG, project: "wren" }
    expect(notesOf(markdown, version("v1.2.0")).form).toBeUndefined()
  })
})

describe("a changelog of which no heading is seen", () => {
  const encodedOf = (bytes: Buffer) =>
    notesOf(
      { path: "CHANGELOG.md", text: bytes.toString(), project: "wren" },
      version("v1.2.0"),
    ).encoded

  it("is known to be in another encoding", () => {
    const mark = Buffer.from([0xff, 0xfe])
    const text = Buffer.from("# Changelog\n\n## 1.2.0\n", "utf16le")
    expect(encodedOf(Buffer.concat([mark, text]))).toBe(true)
    expect(encodedOf(text)).toBe(true)
  })

  it("is none in another encoding where it is UTF-8, or has other headings", () => {
    expect(encodedOf(Buffer.from("Nothing yet, André.\n"))).toBeUndefined()
    const old = Buffer.from("## 1.0.0\n\n- André\n", "latin1")
    expect(encodedOf(old)).toBeUndefined()
  })
})
