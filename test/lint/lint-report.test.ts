import { describe, expect, it } from "vitest"

import {
  isIdle,
  type Linted,
  lintFinding,
  lintVersionsInWords,
} from "../../src/lint/lint-report.js"
import type { Linter } from "../../src/lint/linters.js"

function linted(
  name: Linter["name"],
  changes: Partial<Linted> & { decided?: string } = {},
): Linted {
  const { decided = "`x==1` of `dev`", ...more } = changes
  const linter: Linter = {
    name,
    configured: `\`[tool.${name}]\``,
    commands: [[name]],
    requirements: [],
    version: decided,
    types: false,
  }
  const passed = { version: "1.0", output: "", reason: undefined }
  return { linter, label: name, ...passed, ...more }
}

const finding = (
  reported: string | undefined,
  all: Linted[],
  others: string[] = [],
) =>
  lintFinding(
    { linters: [], left: [] },
    all.map((each) => ({ ...each, linter: { ...each.linter, reported } })),
    others,
  )

describe("what linters found", () => {
  it("is nothing where all passed, the frontend's too", () => {
    const all = [linted("ruff"), linted("mypy", { version: "1.11" })]
    expect(finding(undefined, all, ["npm run lint"])).toStrictEqual({
      summary:
        "ruff, mypy, npm run lint: nothing found; ruff 1.0 (`x==1` of `dev`), mypy 1.11 (`x==1` of `dev`)",
      details: "",
      remarks: [],
    })
  })

  it("is reported where it stops nothing", () => {
    const failed = linted("ruff", {
      label: "ruff check",
      output: "a.py:1: E1\nFound 2 errors.\n[*] 1 fixable",
      reason: { summary: "it exited with 1", details: "a.py:1: E1" },
    })
    expect(finding("`tox.ini` lets it fail", [failed])).toStrictEqual({
      summary: "ruff check: reported only; ruff 1.0 (`x==1` of `dev`)",
      details: "### ruff check\n\na.py:1: E1",
      remarks: ["`tox.ini` lets it fail; `ruff check` says: Found 2 errors."],
    })
    const { linter } = failed
    const own = { ...failed, linter: { ...linter, configured: "" } }
    const none = "no linter is configured"
    expect(finding(none, [own]).remarks).toStrictEqual([
      "No linter is configured; by ruff's defaults `ruff check` says: Found 2 errors.",
    ])
    expect(finding(none, [{ ...own, output: "" }]).remarks).toStrictEqual([
      "No linter is configured; by ruff's defaults `ruff check` says: it exited with 1",
    ])
  })
})

describe("a linter that exited with 0", () => {
  it.each([
    [
      "ruff",
      "warning: No Python files found under the given path(s)\nAll checks passed!",
    ],
    ["black", "No Python files are present to be formatted. Nothing to do"],
    ["pyright", "No source files found.\n0 errors, 0 warnings, 0 informations"],
  ] as const)("looked at no file: %s", (name, said) => {
    expect(isIdle(name, said)).toBe(true)
  })

  it.each([
    ["ruff", "All checks passed!"],
    ["black", "All done!\n3 files would be left unchanged."],
    ["isort", ""],
    ["pyright", "0 errors, 1 warning, 0 informations"],
  ] as const)("looked at files: %s, %j", (name, said) => {
    expect(isIdle(name, said)).toBe(false)
  })

  it("is not among those that found nothing where it looked at nothing", () => {
    const told = finding(undefined, [
      linted("ruff"),
      linted("black", { idle: true }),
    ])
    expect(told.summary).toMatch(
      /^ruff: nothing found; black: looked at no file; /,
    )
    expect(told.remarks).toEqual([
      "`black` found no file to look at: see what its settings include and exclude.",
    ])
  })
})

describe("the newest version", () => {
  const newest = [1, 2].map(() => linted("isort", { decided: "the newest" }))
  const remark =
    "No extra, group or requirements file gives a version of `isort`, so the newest was run; a constraint there keeps a new one from stopping a release."

  it("is remarked once, as it may stop a release tomorrow", () => {
    expect(finding(undefined, newest).remarks).toStrictEqual([remark])
  })

  it("is no remark where nothing stops", () => {
    expect(finding("`tox.ini` lets it fail", newest).remarks).toStrictEqual([])
  })
})

describe("the versions in words", () => {
  it("name each linter once, also one that could not run", () => {
    const ruff = linted("ruff")
    const none = linted("mypy", { version: "" })
    expect(lintVersionsInWords([ruff, ruff, none])).toBe(
      "ruff 1.0 (`x==1` of `dev`), mypy (`x==1` of `dev`)",
    )
  })
})
