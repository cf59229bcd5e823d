import { describe, expect, it } from "vitest"

import {
  isEnough,
  releaseOf,
  ruleOf,
  schemeOf,
} from "../../src/compare/scheme.js"

describe("the scheme of a version", () => {
  it.for([
    ["1.2.0", "semver"],
    ["0.4", "semver"],
    ["2026.1", "calendar"],
    ["24.1.0", "semver"],
    ["3000.1", "semver"],
  ])("of %s is %s, by its first number", ([version = "", scheme]) => {
    expect(schemeOf(version, undefined).scheme).toBe(scheme)
  })

  it("is the configured one, whatever the version is", () => {
    expect(schemeOf("24.1.0", "calendar")).toEqual({
      scheme: "calendar",
      from: "`tool.shipwheel.compare.scheme`",
    })
  })
})

describe("two digits", () => {
  const scheme = (
    version: string,
    ...dated: [version: string, date: string][]
  ) =>
    schemeOf(
      version,
      undefined,
      dated.map(([version, date]) => ({ version, date })),
    )

  it("are years where the newest of them came in those", () => {
    const dated: [string, string][] = [
      ["23.1.0", "2023-04-16"],
      ["23.2.0", "2023-12-31"],
      ["24.1.0", "2024-07-20"],
      ["25.1.0", "2025-01-25"],
      ["1.0.0", "2015-01-01"],
    ]
    expect(scheme("25.2.0", ...dated)).toEqual({
      scheme: "calendar",
      from: "25, 24, 23 are the years of its releases",
    })
    expect(scheme("24.1.1", ...dated).scheme).toBe("calendar")
    expect(scheme("2.0.0", ...dated).scheme).toBe("semver")
  })

  it("are none where one of them came in another year, or all in one", () => {
    expect([
      scheme("25.7.0", ["24.0.0", "2023-06-22"], ["25.0.0", "2024-03-24"])
        .scheme,
      scheme("25.7.0", ["24.0.0", "2023-06-22"], ["25.0.0", "2025-03-24"])
        .scheme,
      scheme("25.7.0", ["25.0.0", "2025-03-24"]).scheme,
    ]).toEqual(["semver", "semver", "semver"])
  })
})

describe("the least version after another", () => {
  it.for([
    ["1.2.3", "breaking", "2.0.0"],
    ["1.2.3", "feature", "1.3.0"],
    ["1.2.3", "fix", "1.2.4"],
    ["1.2", "fix", "1.2.1"],
    ["0.2.3", "breaking", "0.3.0"],
    ["0.2.3", "feature", "0.2.4"],
    ["0.2.3", "fix", "0.2.4"],
  ] as const)("of %s is for a %s %s", ([before, level, least]) => {
    expect(ruleOf("semver", before, level).least).toBe(least)
  })

  it("is any by the calendar", () => {
    const { least, rule } = ruleOf("calendar", "2026.1", "breaking")
    expect(least).toBeUndefined()
    expect(rule).toContain("calver.org")
  })
})

describe("a version is enough", () => {
  it.for([
    ["2.0.0", "2.0.0", "breaking", true],
    ["3.0.0", "2.0.0", "breaking", true],
    ["2.0.0rc1", "2.0.0", "breaking", true],
    ["1.9.9", "2.0.0", "breaking", false],
    ["1.2.4", "1.3.0", "feature", false],
    ["2.0", "1.3.0", "feature", true],
    ["1.2.3.post1", "1.2.4", "fix", true],
    ["1.2.3.post1", "1.3.0", "feature", false],
    ["1.0.0", "0.3.0", "breaking", true],
  ] as const)("as %s where %s is the least for a %s: %s", (row) => {
    const [version, least, level, enough] = row
    expect(isEnough(version, least, level)).toBe(enough)
  })

  it("where nothing is asked", () => {
    expect(isEnough("2026.1", undefined, "breaking")).toBe(true)
  })
})

it("a version has three numbers at least", () => {
  expect([releaseOf("1"), releaseOf("1.2.3.4")]).toEqual([
    [1, 0, 0],
    [1, 2, 3, 4],
  ])
})
