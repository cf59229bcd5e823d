import { describe, expect, it } from "vitest"

import {
  CHANGELOG_NAMES,
  findChangelogFile,
  findFragments,
  otherChangelogs,
} from "../../src/notes/changelog-file.js"

const found = (...paths: string[]) => findChangelogFile(new Set(paths))

describe("the changelog of a project", () => {
  it.each([
    "CHANGELOG.md",
    "changelog.md",
    "CHANGES.rst",
    "HISTORY.md",
    "History.rst",
    "NEWS",
    "NEWS.txt",
    "RELEASE_NOTES.md",
    "release-notes.rst",
    "docs/changelog.md",
    "docs/source/changes.rst",
    "doc/history.rst",
  ])("may be %s", (path) => {
    expect(found("README.md", path, "src/wren/__init__.py")).toBe(path)
  })

  it.each(CHANGELOG_NAMES)("has a name that is told: %s", (name) => {
    expect(found("README.md", `${name}.md`)).toBe(`${name}.md`)
  })

  it("is the one at the root before one among the pages", () => {
    expect(found("docs/changelog.md", "NEWS")).toBe("NEWS")
    expect(found("HISTORY.md", "CHANGELOG.md")).toBe("CHANGELOG.md")
  })

  it.each([
    "src/wren/changes.md",
    "node_modules/a/CHANGELOG.md",
    "changes/12.fix.md",
    "CHANGELOG.py",
    "newspaper.md",
  ])("is not %s", (path) => {
    expect(found(path)).toBeUndefined()
  })
})

describe("fragments", () => {
  const fragments = (paths: string[], tool = {}) =>
    findFragments(new Set(paths), { tool })

  it.each([
    "newsfragments/12.bugfix.rst",
    "changelog.d/20260101_120000_ada.md",
    ".changeset/brave-birds-sing.md",
    "news.d/+anything.feature",
    "src/wren/newsfragments/3.feature",
    "docs/newsfragments/12.bugfix.rst",
    "releasenotes/notes/sing-louder-1a2b3c.yaml",
    ".changes/unreleased/Fixed-2026.yaml",
  ])("are such as %s", (path) => {
    expect(fragments([path])).toStrictEqual([path])
  })

  it("are where towncrier is told that they are", () => {
    const towncrier = { directory: "docs/changes" }
    const named = ["docs/changes/3.bugfix"]
    expect(fragments(named, { towncrier })).toEqual(named)
    const others = ["docs/changes/README.rst", "docs/changes/news_template.rst"]
    expect(fragments(others, { towncrier })).toEqual([])
  })

  it("are where scriv is told, and where a towncrier.toml says", () => {
    const scriv = { fragment_directory: "docs/pieces" }
    expect(fragments(["docs/pieces/a.md"], { scriv })).toHaveLength(1)
    const towncrier = '[tool.towncrier]\ndirectory = "docs/changes/"\n'
    const paths = new Set(["docs/changes/3.bugfix", "docs/other/4.bugfix"])
    expect(findFragments(paths, { tool: {}, towncrier })).toStrictEqual([
      "docs/changes/3.bugfix",
    ])
  })

  it.each([
    "tests/newsfragments/1.bugfix.rst",
    "newsfragments/README.rst",
    "newsfragments/.gitignore",
    "changelog.d/template.md",
    "newsfragments/towncrier_template.md.jinja",
    "newsfragments/look.j2",
    ".changeset/config.json",
    "changes/12.bugfix.rst",
  ])("are not such as %s", (path) => {
    expect(fragments([path])).toStrictEqual([])
  })
})

describe("a changelog that is not read", () => {
  const others = (...paths: string[]) =>
    otherChangelogs(new Set(["CHANGELOG.md", ...paths]), "CHANGELOG.md")

  it.each([
    "packages/song/CHANGELOG.md",
    "src/wren/HISTORY.rst",
    "docs/about/changelog.md",
    "CHANGES.adoc",
    "docs/whatsnew.rst",
  ])("may be %s", (path) => {
    expect(others(path)).toStrictEqual([path])
  })

  it.each([
    "node_modules/a/CHANGELOG.md",
    "src/wren/_vendor/CHANGES.rst",
    "tests/data/CHANGELOG.md",
    "RELEASE.rst",
    "docs/releases.md",
    "changelog.py",
  ])("is not %s", (path) => {
    expect(others(path)).toStrictEqual([])
  })
})
