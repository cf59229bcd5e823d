import { describe, expect, it } from "vitest"

import { releaseNotes } from "../../src/notes/changelog.js"
import { withSection } from "../../src/notes/next-section.js"
import { version } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const DATE = "2026-11-27"

/** A changelog once it has the section of a tag. */
function sectioned(
  text: string,
  tag = "v1.3.0",
  { path = "CHANGELOG.md", previous = "v1.2.0" } = {},
) {
  const changelog = { path, text, project: "wren" }
  const made = withSection(changelog, {
    version: version(tag),
    date: DATE,
    previous,
  })
  // The preflight's own reader has to find what was made.
  const { heading } = releaseNotes(
    { ...changelog, text: made.text },
    version(tag),
  )
  return { ...made, heading }
}

/** A changelog with other lines in the place of one that it has once. */
function put(
  text: string,
  ...edits: readonly (readonly [line: string, ...others: string[]])[]
): string {
  return edits.reduce((edited, [line, ...others]) => {
    const parts = `\n${edited}`.split(`\n${line}\n`)
    expect(parts, line).toHaveLength(2)
    return parts.join(`\n${others.join("\n")}\n`).slice(1)
  }, text)
}

const KEPT = lines(
  "# Changelog",
  "",
  "## [Unreleased]",
  "",
  "### Added",
  "",
  "- Masts.",
  "",
  "## [1.2.0] - 2026-06-15",
  "",
  "- Sails.",
  "",
  "[Unreleased]: https://example.org/wren/compare/v1.2.0...HEAD",
  "[1.2.0]: https://example.org/wren/compare/v1.1.0...v1.2.0",
)

describe("what is unreleased becomes the section of a release", () => {
  it("below a fresh heading, with its date and its link as Keep a Changelog has them", () => {
    expect(sectioned(KEPT)).toEqual({
      heading: "[1.3.0] - 2026-11-27",
      text: put(
        KEPT,
        ["## [Unreleased]", "## [Unreleased]", "", "## [1.3.0] - 2026-11-27"],
        [
          "[Unreleased]: https://example.org/wren/compare/v1.2.0...HEAD",
          "[Unreleased]: https://example.org/wren/compare/v1.3.0...HEAD",
          "[1.3.0]: https://example.org/wren/compare/v1.2.0...v1.3.0",
        ],
      ),
    })
  })

  it("with the line ends and the mark at the start that the file has", () => {
    const windows = `\uFEFF${KEPT.replaceAll("\n", "\r\n")}`
    const { text } = sectioned(windows)
    expect(text).toBe(`\uFEFF${sectioned(KEPT).text.replaceAll("\n", "\r\n")}`)
  })

  it("once: a section that is there stays as it is", () => {
    const { text } = sectioned(KEPT)
    expect(sectioned(text)).toMatchObject({ text, kept: "there" })
  })

  it("in a heading that has the version already", () => {
    const last = lines(
      "1.2.0 (2026-06-15)",
      "------------------",
      "",
      "- Sails.",
    )
    const { text } = sectioned(
      lines("1.3.0 (unreleased)", "-----", "", "- Masts.", "") + last,
      "v2.0.0",
      { path: "CHANGES.rst" },
    )
    expect(text).toBe(
      lines("2.0.0 (2026-11-27)", "------------------", "", "- Masts.", "") +
        last,
    )
  })

  it("and the day in the place of what says so below the heading", () => {
    const awaited = lines(
      ...[
        "Version 1.3.0",
        "-------------",
        "",
        "Unreleased",
        "",
        "- Masts.",
        "",
      ],
      ...["Version 1.2.0", "-------------", "", "Released 2026-06-15", ""],
    )
    const path = "CHANGES.rst"
    const { empty, text } = sectioned(awaited, "v1.3.0", { path })
    expect(empty).toBeUndefined()
    expect(text).toBe(put(awaited, ["Unreleased", "Released 2026-11-27"]))
    const without = sectioned(awaited.replace("- Masts.", ""), "v1.3.0", {
      path,
    })
    expect(without.empty).toBe(true)
  })

  it("underlined to its end, with its target, in reStructuredText", () => {
    const underlined = lines(
      "Unreleased_",
      "===========",
      "",
      "* Masts.",
      "",
      "v1.2.0_ (June 15, 2026)",
      "=======================",
      "",
      "* Sails.",
      "",
      ".. _Unreleased: https://example.org/compare/v1.2.0...main",
      ".. _v1.2.0: https://example.org/compare/v1.1.0...v1.2.0",
    )
    const { heading, text } = sectioned(underlined, "v1.10.0", {
      path: "docs/changes.rst",
    })
    expect(heading).toBe("v1.10.0_ (November 27, 2026)")
    expect(text).toBe(
      put(
        underlined,
        [
          "===========",
          "===========",
          "",
          "v1.10.0_ (November 27, 2026)",
          "============================",
        ],
        [
          ".. _Unreleased: https://example.org/compare/v1.2.0...main",
          ".. _Unreleased: https://example.org/compare/v1.10.0...main",
          ".. _v1.10.0: https://example.org/compare/v1.2.0...v1.10.0",
        ],
      ),
    )
  })

  it("with the links that its headings hold themselves", () => {
    const open =
      "## [Unreleased](https://example.org/compare/wren-v1.2.0...HEAD)"
    const linked = lines(
      open,
      "",
      "- Masts.",
      "",
      "## [1.2.0](https://example.org/compare/wren-v1.1.0...wren-v1.2.0) (2026-06-15)",
    )
    const { text } = sectioned(linked, "wren-v1.3.0", {
      previous: "wren-v1.2.0",
    })
    expect(text).toBe(
      put(linked, [
        open,
        open.replace("1.2.0", "1.3.0"),
        "",
        "## [1.3.0](https://example.org/compare/wren-v1.2.0...wren-v1.3.0) (2026-11-27)",
      ]),
    )
  })

  it("as the first one, in the usual form", () => {
    expect(sectioned("## Unreleased\n\n- All.\n", "v0.1.0").text).toBe(
      "## Unreleased\n\n## 0.1.0 - 2026-11-27\n\n- All.\n",
    )
  })

  it("without what holds the place of changes, which stays where they come", () => {
    const { empty, text } = sectioned(
      KEPT.replace("### Added\n\n- Masts.", "Nothing yet."),
    )
    expect(empty).toBe(true)
    expect(text).toContain(
      "## [Unreleased]\n\nNothing yet.\n\n## [1.3.0] - 2026-11-27\n\n## [1.2.0]",
    )
  })
})

describe("a changelog stays as it is", () => {
  it("where nothing in it is unreleased", () => {
    const text = "## 1.2.0\n\n- Sails.\n"
    expect(sectioned(text)).toMatchObject({ text, kept: "silent" })
  })

  it("at a prerelease, where it has never had a section of one", () => {
    expect(sectioned(KEPT, "v1.3.0rc1")).toMatchObject({
      text: KEPT,
      kept: "prerelease",
      heading: "[Unreleased]",
    })
  })

  it("and has a section of a prerelease where it has had one before", () => {
    const text = KEPT.replace("## [1.2.0] ", "## [1.2.0-rc.1] ")
    expect(sectioned(text, "v1.3.0-rc.1").heading).toBe(
      "[1.3.0-rc.1] - 2026-11-27",
    )
  })
})

describe("a changelog that is not UTF-8", () => {
  const refused = (text: string) => refusal(() => sectioned(text))
  const said =
    "project: `CHANGELOG.md` is not UTF-8, and the section of the release has to be written into it\n   Save it as UTF-8."

  it("is not written, which would change its other bytes", () => {
    expect(refused(`${KEPT}\n- Andr\uFFFD\n`)).toBe(said)
  })

  it("is refused where that hides its headings", () => {
    const text = Buffer.from(KEPT, "utf16le").toString()
    expect(refused(text)).toBe(said)
  })

  it("is left alone where nothing is to be written", () => {
    const text = "## 1.2.0\n\n- Andr\uFFFD\n"
    expect(sectioned(text)).toMatchObject({ text, kept: "silent" })
  })
})
