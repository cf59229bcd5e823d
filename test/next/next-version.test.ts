import { describe, expect, it } from "vitest"

import { type NextFacts, nextVersion } from "../../src/next/next-version.js"
import { refusal } from "../helpers/refusal.js"

const FACTS: NextFacts = {
  last: "1.2.0",
  released: ["1.0.0", "1.2.0"],
  stated: "1.2.0",
  evidence: [{ from: "the comparison", level: "feature", what: ["new"] }],
  scheme: undefined,
  date: "2026-11-27",
  dated: [],
}
const NOTHING = { prerelease: undefined, as: undefined }
const levelled = (level: "breaking" | "feature" | "fix") => ({
  evidence: [{ from: "the comparison", level, what: ["it"] }],
})

function next(changes: Partial<NextFacts> = {}, asked = {}) {
  return nextVersion({ ...FACTS, ...changes }, { ...NOTHING, ...asked })
}

describe("the next version", () => {
  it.for([
    ["1.2.0", "breaking", "2.0.0"],
    ["1.2.0", "feature", "1.3.0"],
    ["1.2.0", "fix", "1.2.1"],
    ["0.4.2", "breaking", "0.5.0"],
    ["0.4.2", "feature", "0.4.3"],
    ["1.2", "feature", "1.3"],
    ["1.2", "fix", "1.2.1"],
  ] as const)("after %s is for a %s %s", ([last, level, version]) => {
    const before = { last, released: [last], stated: undefined }
    expect(next({ ...levelled(level), ...before }).version).toBe(version)
  })

  it("is a fix where nothing asks for more", () => {
    expect(next({ evidence: [] })).toMatchObject({
      version: "1.2.1",
      level: "fix",
    })
  })

  it("is the one that the project has written down, where that is higher", () => {
    expect(next({ stated: "2.0.0.dev0" })).toMatchObject({
      version: "2.0.0",
      because: ["the project says 2.0.0.dev0 already"],
      problems: [],
    })
    expect(next({ stated: "1.1.0" }).version).toBe("1.3.0")
  })

  it("is the one that its prereleases lead to", () => {
    const released = ["1.2.0", "2.0.0rc1", "2.0.0b1"]
    expect(next({ released })).toMatchObject({
      version: "2.0.0",
      because: ["2.0.0rc1, a prerelease, leads to 2.0.0"],
    })
  })

  it("is at first what the project says, else 0.1.0", () => {
    const first = { last: undefined, released: [], ...levelled("feature") }
    expect([
      next({ ...first, stated: "0.0.3" }).version,
      next({ ...first, stated: "0.0.0" }).version,
      next({ ...first, stated: undefined }).version,
    ]).toEqual(["0.0.3", "0.1.0", "0.1.0"])
  })

  it("is of today where versions say when", () => {
    const dated = [{ version: "2026.6.1", date: "2026-06-15" }]
    const facts = { last: "2026.6.1", released: ["2026.6.1"], dated }
    expect(next({ ...facts, ...levelled("breaking") })).toMatchObject({
      version: "2026.11.1",
      scheme: "calendar (2026 is a year)",
      problems: [],
    })
  })

  it("has to be said where nothing tells how the calendar counts", () => {
    const facts = { last: "2026.6.1", released: ["2026.6.1"] }
    expect(refusal(() => next(facts))).toBe(
      "tag: nothing tells what the numbers of 2026.6.1 count: the days of its releases don't fit them\n   Say it: `--as`.",
    )
  })
})

describe("a prerelease", () => {
  it("is the first of its kind, or the next", () => {
    const released = ["1.2.0", "1.3.0b1", "1.3.0b2"]
    expect([
      next({}, { prerelease: "rc" }).version,
      next({ released }, { prerelease: "b" }).version,
      next({ released }, { prerelease: "rc" }).version,
      next({}, { prerelease: "a", as: "2.0.0" }).version,
    ]).toEqual(["1.3.0rc1", "1.3.0b3", "1.3.0rc1", "2.0.0a1"])
  })

  it("never comes before one that is there", () => {
    const released = ["1.2.0", "1.3.0rc1"]
    expect(refusal(() => next({ released }, { prerelease: "b" }))).toBe(
      "tag: 1.3.0b1 would come before 1.3.0rc1, which is there already\n" +
        "   Ask for a later kind: `a` comes before `b`, and `b` before `rc`.",
    )
  })
})

describe("a version that is asked for", () => {
  it("is taken, and told of where it is too low", () => {
    const asked = next(levelled("breaking"), { as: "1.2.1" })
    expect(asked.version).toBe("1.2.1")
    expect(asked.problems).toEqual([
      "1.2.1 is too low for what changed since 1.2.0: 2.0.0 would fit, because a break raises the first number (Semantic Versioning 2.0.0, 8)",
    ])
    expect(next(levelled("breaking"), { as: "3.0.0" }).problems).toEqual([])
  })

  it("is told of where a newer one of its line is there", () => {
    const released = ["1.2.0", "1.2.5"]
    expect(
      next({ ...levelled("fix"), released }, { as: "1.2.1" }).problems,
    ).toEqual(["1.2.5 is there already, and 1.2.1 is older in its line"])
  })

  it("is told of where every release is newer, and where the project goes back", () => {
    const facts = { last: undefined, released: ["0.9.0"], stated: "0.9.0" }
    expect(next({ ...facts, evidence: [] }, { as: "0.8.0" })).toMatchObject({
      newest: "0.9.0",
      problems: [
        "0.9.0 is there already, and 0.8.0 is older than every release",
        "the project says 0.9.0, and would go back to 0.8.0",
      ],
    })
    const older = { released: ["1.2.0", "2.0.0"], stated: "1.2.1.dev0" }
    for (const as of ["1.2.1", "1.2.1rc1"])
      expect(next({ ...levelled("fix"), ...older }, { as }).problems).toEqual(
        [],
      )
  })

  it("is refused where it is released", () => {
    expect(refusal(() => next({}, { as: "1.2" }))).toBe(
      "tag: 1.2 is released already\n   A version is given once; name another one as `--as`.",
    )
  })
})
