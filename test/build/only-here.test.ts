import { describe, expect, it } from "vitest"

import { onlyHere, onlyHereAdvice } from "../../src/build/only-here.js"

const NOTHING = { allowed: new Map(), destinations: [], places: [] }
const TRACKED = ["setup.py", "src/tiny/__init__.py"]

const absent = (ignored: string[], remade = {}) =>
  onlyHere(
    { present: [...TRACKED, "src/", ...ignored], tracked: TRACKED },
    { ...NOTHING, ...remade },
  )

describe("a second build", () => {
  it("has what git tracks, and nothing that git ignores", () => {
    expect(absent([])).toEqual([])
    expect(absent(["local.json"])).toEqual(["local.json"])
  })

  it("is told of a folder that git ignores as a whole by its name", () => {
    expect(absent(["data/a.bin", "data/deep/b.bin", "src/tiny/c.txt"])).toEqual(
      ["data", "src/tiny/c.txt"],
    )
  })

  it.each([
    ["is allowed", { allowed: new Map([["src/tiny/a.py", "protoc"]]) }],
    ["is below what is allowed", { allowed: new Map([["src/tiny/", "it"]]) }],
    ["a frontend makes", { destinations: ["src/tiny"] }],
    ["carries the version", { places: ["src/tiny/a.py"] }],
  ])("has what git ignores, and %s", (_, remade) => {
    expect(absent(["src/tiny/a.py", "local.json"], remade)).toEqual([
      "local.json",
    ])
  })

  it("has the file that a backend writes the version into", () => {
    expect(absent(["src/tiny/_version.py"])).toEqual([])
  })
})

describe("what goes wrong with it", () => {
  it("comes with what it was not given, and the line that gives it", () => {
    expect(onlyHereAdvice(["local.json", "data"])).toBe(
      [
        "It had nothing that git ignores, which no other clone has: `local.json`, `data`. If the package is made from that, commit it. What a step before the build makes is named with its reason in `pyproject.toml`:",
        '```\n[tool.shipwheel.allow]\n"local.json" = "the reason"\n```',
      ].join("\n\n"),
    )
  })

  it("comes with nothing where that was only what tools leave", () => {
    expect(onlyHereAdvice(["debug.log", ".mypy_cache"])).toBeUndefined()
    expect(onlyHereAdvice([])).toBeUndefined()
  })
})
