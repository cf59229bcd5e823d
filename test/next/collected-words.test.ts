import { describe, expect, it } from "vitest"

import {
  collectedInWords,
  collectorRun,
  unwritten,
} from "../../src/next/collected-words.js"
import { version } from "../helpers/builders.js"

const NEXT = { version: version("v1.3.0"), date: "2026-11-27" }
const TOWNCRIER = {
  tool: "towncrier",
  where: "towncrier.toml",
  requirements: ["towncrier"],
} as const
const notes = (...fragments: string[]) => ({
  changelog: "NEWS.rst",
  collector: TOWNCRIER,
  fragments,
})

describe("the project's own tool", () => {
  it("is run where there is something to collect", () => {
    expect(collectorRun(notes("news/1.feature"), NEXT)).toContain("1.3.0")
    expect(collectorRun(notes(), NEXT)).toBeUndefined()
    expect(
      collectorRun({ changelog: "NEWS.rst", fragments: ["news/1"] }, NEXT),
    ).toBeUndefined()
  })

  it("is told by its command and its configuration", () => {
    expect(collectedInWords(notes("news/1.feature"), NEXT)).toEqual([
      "the changelog, by `towncrier build --yes --version 1.3.0 --date 2026-11-27` (`towncrier.toml`), of 1 fragment",
    ])
    expect(collectedInWords({ changelog: undefined }, NEXT)).toEqual([])
  })
})

describe("a changelog without the section of the release", () => {
  const kept = (kept: "prerelease" | "silent" | "there") =>
    unwritten({ changelog: "NEWS.md" }, { text: "", kept })

  it("is told with the reason", () => {
    expect([
      ...kept("there"),
      ...kept("prerelease"),
      ...kept("silent"),
      ...unwritten({ changelog: "NEWS.md" }, { text: "", empty: true }),
      ...unwritten(notes(), undefined),
    ]).toEqual([
      "`NEWS.md` has its section already",
      "`NEWS.md` has no sections of prereleases: what is unreleased stays there",
      "`NEWS.md` has nothing that is unreleased, and the preflight asks for a section: write it first",
      "`NEWS.md` says nothing of what is unreleased: write it first",
      "towncrier has no fragment to collect",
    ])
  })

  it("is changesets' to write, with a version of its own", () => {
    const collector = { ...TOWNCRIER, tool: "changesets" } as const
    expect(unwritten({ changelog: undefined, collector }, undefined)).toEqual([
      "changesets writes the changelog and a version of its own: `npx changeset version`, before `stamp`",
    ])
  })

  it("is not told of where there is one", () => {
    expect(unwritten({ changelog: "NEWS.md" }, { text: "" })).toEqual([])
  })
})
