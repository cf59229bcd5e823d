import { describe, expect, it } from "vitest"

import { commitNotes, previousTag } from "../../src/notes/commits.js"
import { parseTag } from "../../src/version/version.js"

const id = "c0ffee1234"

describe("the release before", () => {
  const tags = [
    "v1.0.0",
    "v1.1.0",
    "v1.2.0-rc.1",
    "v1.2.0-rc.2",
    "v2.0.0-beta.1",
    "v1.10.0",
    "nightly",
  ]
  it.each([
    ["of a final release is the final one", "v1.2.0", "v1.1.0"],
    ["of a prerelease is whichever was last", "v1.2.0-rc.3", "v1.2.0-rc.2"],
    ["of a hotfix is that of its own line", "v1.1.1", "v1.1.0"],
    ["goes by numbers, not by letters", "v1.11.0", "v1.10.0"],
    ["of the first is none", "v0.1.0", undefined],
  ])("%s", (_, tag, expected) => {
    expect(previousTag(parseTag(tag), tags)).toBe(expected)
  })

  it.each([
    ["wren-v1.2.0", "wren-v1.1.0"],
    ["heron/v1.2.0", "heron/v0.9.0"],
    ["staging/wren-v1.3.0", "staging/wren-v1.2.0"],
  ])("of %s among members is %s, of the same member", (tag, expected) => {
    const members = [
      ...["wren-v1.0.0", "wren-v1.1.0", "heron/v0.9.0", "heron-v1.1.5"],
      ...["wren-extra-v1.1.9", "v1.1.8", "staging/wren-v1.2.0"],
    ]
    expect(previousTag(parseTag(tag), members)).toBe(expected)
  })

  it.each([
    ["v1.3.0-rc.2", ["v1.1.0", "v1.3.0-rc.1"], "v1.3.0-rc.1"],
    ["v1.3.0-rc.1", ["v1.1.0"], "v1.1.0"],
    ["staging/v1.3.0", ["v1.1.0", "staging/v1.1.0"], "v1.1.0"],
    ["staging/v1.3.0", ["v1.1.0", "staging/v1.2.0"], "staging/v1.2.0"],
    ["staging/v1.3.0", ["staging/v1.1.0", "v1.2.0"], "v1.2.0"],
    ["staging/v1.3.0", ["v1.3.0-rc.1", "v1.3.0"], undefined],
  ])("of the trial %s, after %j, is %s", (tag, before, expected) => {
    const trial = { ...parseTag(tag), environment: "staging" } as const
    expect(previousTag(trial, before)).toBe(expected)
  })

  it("of a release is no trial", () => {
    expect(previousTag(parseTag("v1.3.0"), ["staging/v1.2.0"])).toBeUndefined()
  })

  it("of the first with a prefix is the last without one", () => {
    const before = ["v0.9.0", "v1.0.0", "heron-v1.1.0"]
    expect(previousTag(parseTag("wren-v1.2.0"), before)).toBe("v1.0.0")
    expect(previousTag(parseTag("v1.2.0"), ["wren-v1.1.0"])).toBeUndefined()
  })
})

describe("notes of commits", () => {
  it("are grouped by their conventional type, breaking changes first", () => {
    const messages = [
      "fix(cli): keep the columns aligned",
      "feat!: drop `--old`",
      "feat: a board\n\nBREAKING CHANGE: the API moves\nto /api/v2",
      "Tidy up",
      "perf: read once",
    ]
    expect(commitNotes(messages.map((message) => ({ id, message })))).toBe(
      [
        "### Breaking changes",
        "",
        "- drop `--old` (c0ffee1)",
        "- the API moves to /api/v2 (c0ffee1)",
        "",
        "### Added",
        "",
        "- drop `--old` (c0ffee1)",
        "- a board (c0ffee1)",
        "",
        "### Fixed",
        "",
        "- **cli:** keep the columns aligned (c0ffee1)",
        "",
        "### Faster",
        "",
        "- read once (c0ffee1)",
        "",
        "### Other changes",
        "",
        "- Tidy up (c0ffee1)",
      ].join("\n"),
    )
  })

  it("leave out what changes nothing for who installs the package", () => {
    const messages = [
      "ci: cache",
      "test: more",
      "Merge branch 'main'",
      "chore: bump",
    ]
    expect(commitNotes(messages.map((message) => ({ id, message })))).toBe("")
  })

  it.each([
    ["letters", "a".repeat(200_000)],
    ["words", "a1 ".repeat(70_000)],
    ["issues", "#1".repeat(100_000)],
    ["open brackets", `feat(${"(".repeat(200_000)}`],
  ])(
    "are written of a line of 200,000 %s, too, as far as anybody reads it",
    (_, line) => {
      const message = `${line}\n\n${line}`
      expect(commitNotes([{ id, message }])).toContain(
        `- ${line.slice(0, 2000)}… (c0ffee1)`,
      )
    },
  )

  it.each([
    ["letters", `${"a".repeat(1_990)}!`],
    ["quotes", `Revert "${'" '.repeat(990)}!`],
    ["brackets", `feat${"(".repeat(1_990)}!`],
  ])("are written of a line of just as many %s as are read", (_, line) => {
    expect(commitNotes([{ id, message: `${line}\n\n${line}` }])).toContain(
      `- ${line} (c0ffee1)`,
    )
  })

  it.each([
    ["an image", "![x](http://a.test/a.png)", "\\![x](http://a.test/a.png)"],
    ["HTML", "</details><h1>x", "\\</details>\\<h1>x"],
    ["a fence", "``` of code", "\\`\\`\\` of code"],
    ["another fence", "~~~ of code", "\\~~~ of code"],
    ["a heading", "# New", "\\# New"],
    ["a quotation", "> New", "\\> New"],
    ["code", "use `List<int>` for <int>", "use `List<int>` for \\<int>"],
    ["half of code", "a ` and <b>", "a \\` and \\<b>"],
    ["code with a backtick", "a ``<i>`<b>`` c", "a ``<i>`<b>`` c"],
    ["what is escaped already", "\\<b> \\![x](y)", "\\<b> \\![x](y)"],
    ["HTML behind a backslash", "\\\\<b>", "\\\\\\<b>"],
    ["HTML between escaped marks", "\\`<b>\\`", "\\`\\<b>\\`"],
  ])("show %s of a subject as it was written", (_, subject, shown) => {
    const [line = ""] = commitNotes([{ id: "c0ffee1234567", message: subject }])
      .split("\n")
      .slice(-1)
    expect(line).toBe(`- ${shown} (c0ffee1)`)
  })

  it("know the type of a line of 20,000 letters, and what it breaks", () => {
    const message = `feat(api): ${"a".repeat(20_000)}\n\nBREAKING CHANGE: ${"b ".repeat(10_000)}`
    const notes = commitNotes([{ id, message }])
    expect(notes).toMatch(/^### Breaking changes\n\n- \*\*api:\*\* b b .*…/)
    expect(notes).toMatch(
      /### Added\n\n- \*\*api:\*\* a{1900,2000}… \(c0ffee1\)$/,
    )
  })
})
