import { describe, expect, it } from "vitest"

import { mostOf } from "../../src/compare/change.js"
import { compareReleases } from "../../src/compare/comparison.js"
import {
  changelogEvidence,
  commitEvidence,
  comparedEvidence,
  fragmentEvidence,
} from "../../src/next/evidence.js"
import { commitKinds } from "../../src/notes/commits.js"
import { NO_API, side } from "../helpers/compared.js"
import { lines } from "../helpers/refusal.js"

function changelog(...text: string[]) {
  const file = { path: "CHANGELOG.md", text: lines(...text), project: "wren" }
  return changelogEvidence(file).map(({ level, what }) => [level, what])
}

describe("what changed since the last release", () => {
  const compared = (breaks: ReadonlyMap<string, string>) =>
    comparedEvidence(
      compareReleases(
        "PyPI",
        side("1.2.0", {}),
        side("1.3.0", {}, { commands: { quay: "quayside.cli:main" } }),
        { api: NO_API },
        new Map(),
      ),
      breaks,
    ).map(({ from, level, what }) => [from, level, what])

  it("counts by level, the highest first", () => {
    expect(compared(new Map())).toEqual([
      [
        "the comparison with 1.2.0 (PyPI)",
        "breaking",
        ["the command `quayside` is gone"],
      ],
      [
        "the comparison with 1.2.0 (PyPI)",
        "feature",
        ["the command `quay` is new"],
      ],
    ])
  })

  it("asks for nothing by a break that has its reason", () => {
    const [first] = compared(new Map([["quayside", "nobody called it"]]))
    expect(first?.[1]).toBe("feature")
  })
})

describe("what is unreleased in a changelog", () => {
  it("says its level by the sections that hold something", () => {
    expect(
      changelog(
        "## [Unreleased]",
        ...["### Added", "- Masts.", "### Removed", "### Fixed", "- Leaks."],
        ...["## [1.2.0]", "### Removed", "- Oars."],
      ),
    ).toEqual([
      ["feature", ["`Added`"]],
      ["fix", ["`Fixed`"]],
    ])
  })

  it.for([
    ["Removed", "breaking"],
    ["⚠ Breaking changes", "breaking"],
    ["Deprecated", "feature"],
    ["Changed", "feature"],
    ["New features", "feature"],
    ["Security", "fix"],
    ["Documentation", "fix"],
  ] as const)("is by `%s` a %s", ([heading, level]) => {
    const read = changelog("## Unreleased", `### ${heading}`, "- Something.")
    expect(read).toEqual([[level, [`\`${heading}\``]]])
  })

  it("says its level by the labels of its lists as well", () => {
    expect(
      changelog(
        ...["## 1.3.0 (unreleased)", "", "Features:", "", "- Masts.", ""],
        ...["Bug fixes:", "", "- Leaks.", ""],
      ),
    ).toEqual([
      ["feature", ["`Features`"]],
      ["fix", ["`Bug fixes`"]],
    ])
  })

  it.for(["**BREAKING**: no oars", "*Backwards-incompatible*: no oars"])(
    "breaks by a line that says so: %s",
    (line) => {
      expect(changelog("## Unreleased", "", `- ${line}`)).toEqual([
        ["breaking", [line]],
      ])
    },
  )

  it("may be said to be so below a version", () => {
    expect(
      changelog("## Version 1.3.0", "", "Unreleased", "", "### Added", "- A."),
    ).toEqual([["feature", ["`Added`"]]])
  })

  it("is nothing where nothing is unreleased", () => {
    expect(changelog("## 1.2.0", "### Removed", "- Oars.")).toEqual([])
  })
})

describe("fragments", () => {
  it.for([
    ["newsfragments/12.removal.md", "", "breaking"],
    ["newsfragments/+mast.feature.2.rst", "", "feature"],
    ["newsfragments/13.bugfix", "", "fix"],
    ["changelog.d/20260101_ann.md", "### Added\n\n- Masts.\n", "feature"],
    [
      ".changeset/odd-boats.md",
      '---\n"wren": major\n---\n\nNo oars.\n',
      "breaking",
    ],
  ] as const)("%s%s asks for a %s", ([path, text, level]) => {
    expect(mostOf(fragmentEvidence([{ path, text }]))).toBe(level)
  })
})

describe("commits", () => {
  const kinds = (...messages: string[]) =>
    commitKinds(messages.map((message, at) => ({ id: String(at), message })))

  it("count where most of them follow the convention", () => {
    const commits = kinds(
      "feat: masts",
      "fix!: no oars",
      "Merge branch 'x'",
      "chore: x",
    )
    const { evidence, note } = commitEvidence(commits, "since `v1.2.0`")
    expect(note).toBe(
      "3 of 3 commits since `v1.2.0` follow Conventional Commits",
    )
    expect(evidence.map(({ level, what }) => [level, what])).toEqual([
      ["breaking", ["fix!: no oars"]],
      ["feature", ["feat: masts"]],
    ])
  })

  it("break by their last lines, too", () => {
    const commits = kinds("fix: oars\n\nBREAKING CHANGE: there are none")
    expect(mostOf(commitEvidence(commits, "").evidence)).toBe("breaking")
  })

  it("don't count where few follow it", () => {
    const commits = kinds("feat: masts", "Mend oars", "Paint")
    expect(commitEvidence(commits, "since `v1.2.0`")).toEqual({
      evidence: [],
      note: "1 of 3 commits since `v1.2.0` follow Conventional Commits, so they were not counted",
    })
  })
})

it("the most that anything asks is a fix where nothing does", () => {
  expect(mostOf([])).toBe("fix")
})
