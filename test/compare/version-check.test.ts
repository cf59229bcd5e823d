import { describe, expect, it } from "vitest"

import { type Change } from "../../src/compare/change.js"
import { compareReleases } from "../../src/compare/comparison.js"
import { judgeVersion, type Release } from "../../src/compare/version-check.js"
import { resolveCompare } from "../../src/config/compare-config.js"
import { change, NO_API, side } from "../helpers/compared.js"

const GONE = change()
const NEW = change({ level: "feature", what: "`quayside.free` is new" })
const MAYBE = change({
  doubtful: true,
  what: "`quayside.at` has another value",
})

const SAME = compareReleases(
  "PyPI",
  side("1.2.0", {}),
  side("1.3.0", {}),
  { api: NO_API },
  new Map(),
)

function judged(
  changes: readonly Change[],
  version: string,
  more: Partial<Release> & {
    before?: string
    settings?: Parameters<typeof resolveCompare>[0]
  } = {},
) {
  const { before = "1.2.0", settings, ...release } = more
  return judgeVersion(
    { ...SAME, before, changes },
    { version, notes: "", known: [], laterTrial: undefined, ...release },
    resolveCompare(settings),
  )
}

const problems = (...args: Parameters<typeof judged>) =>
  judged(...args).problems

describe("a version", () => {
  it("that breaks what it may not break is told, with what would fit and who says so", () => {
    const verdict = judged([GONE, NEW], "1.2.1")
    expect(verdict).toMatchObject({
      level: "breaking",
      least: "2.0.0",
      evidence: ["`quayside.read` is gone"],
      problems: [
        "1.2.1 is too low for a break since 1.2.0, 2.0.0 would fit: a break raises the first number (Semantic Versioning 2.0.0, 8)",
      ],
    })
    expect(problems([GONE], "1.3.0")).toHaveLength(1)
    expect(problems([GONE], "2.0.0")).toEqual([])
    expect(problems([GONE], "2.0.0rc1")).toEqual([])
  })

  it("that adds something raises the second number", () => {
    expect(problems([NEW], "1.2.1")).toHaveLength(1)
    expect(problems([NEW], "1.3.0")).toEqual([])
  })

  it("is not judged by what is doubtful", () => {
    expect(judged([MAYBE], "1.2.1")).toMatchObject({
      level: "fix",
      evidence: [],
      problems: [],
    })
  })

  it("of 0.y.z takes a new y for a break, and any number for the rest", () => {
    const before = { before: "0.2.0" }
    expect(problems([GONE], "0.2.1", before)).toHaveLength(1)
    expect(problems([GONE], "0.3.0", before)).toEqual([])
    expect(problems([NEW], "0.2.1", before)).toEqual([])
  })

  it("of the calendar may break, recognised or configured", () => {
    expect(problems([GONE], "2026.2", { before: "2026.1" })).toEqual([])
    const settings = { scheme: "calendar" } as const
    expect(problems([GONE], "24.2", { before: "24.1", settings })).toEqual([])
    expect(problems([GONE], "24.2", { before: "24.1" })).toHaveLength(1)
  })

  it("that is older than another of its line is told, and one of an older line is not", () => {
    const known = ["1.2.0", "1.2.6", "1.2.7rc1", "2.0.0"]
    expect(problems([], "1.2.5", { known })).toEqual([
      "1.2.6 is on the index already, and 1.2.5 is older in its line",
    ])
    expect(problems([], "1.3.0", { known })).toEqual([])
  })

  it("whose prerelease is of a later commit is told", () => {
    expect(problems([], "1.3.0", { laterTrial: "v1.3.0-rc.2" })).toEqual([
      "`v1.3.0-rc.2`, a prerelease of 1.3.0, is of a later commit: was the right one tagged?",
    ])
  })
})

describe("a break that is meant", () => {
  it("is acknowledged where the notes name it among the breaks", () => {
    const notes = "### Removed\n\n- `read`, which nobody called\n"
    expect(judged([GONE], "1.2.1", { notes })).toMatchObject({
      level: "fix",
      noted: ["`quayside.read` is gone"],
      problems: [],
    })
    const elsewhere = "### Fixed\n\n- `read`\n"
    expect(problems([GONE], "1.2.1", { notes: elsewhere })).toHaveLength(1)
  })

  it("is acknowledged in the configuration, with its reason; a name that fits no break is told", () => {
    const breaks = { "quayside.read": "announced in 1.1", "quayside.x": "?" }
    expect(judged([GONE], "1.2.1", { settings: { breaks } })).toMatchObject({
      acknowledged: [
        "`quayside.read` is gone: `tool.shipwheel.compare.breaks` says: announced in 1.1",
        "`quayside.x` of `tool.shipwheel.compare.breaks` fits no break",
      ],
      problems: [],
    })
  })
})
