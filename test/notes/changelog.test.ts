import { describe, expect, it } from "vitest"

import { releaseNotes } from "../../src/notes/changelog.js"
import { version } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

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

  it.each(["```", "~~~", "````", "  ```"])(
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

  it("read line ends of Windows as they read others", () => {
    const changelog = CHANGELOG.replaceAll("\n", "\r\n")
    for (const tag of ["v1.2.0", "v1.1.0", "v9.0.0"])
      expect(releaseNotes(changelog, version(tag))).toStrictEqual(
        releaseNotes(CHANGELOG, version(tag)),
      )
  })

  it.each([
    ["there is no changelog", undefined],
    ["the changelog is empty", ""],
    ["only the text before its sections names it", "1.2.0\n\n## 1.1.0\n"],
    ["no section fits", "# Changelog\n\n## 1.1.0\n\n- Old.\n"],
    ["a longer version has one", "## 1.2.01\n\n- a\n\n## 11.2.0\n\n- b\n"],
    ["only a prerelease has one", "## 1.2.0-rc.1\n\n- a\n"],
    ["the heading is of another level", "# 1.2.0\n\n### 1.2.0\n\n- a\n"],
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
