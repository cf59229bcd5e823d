import { describe, expect, it } from "vitest"

import { compareReleases } from "../../src/compare/comparison.js"
import type { ShownHelp } from "../../src/compare/options.js"
import { NO_API, side } from "../helpers/compared.js"

const BEFORE = side("1.1.0", { "quayside/__init__.py": 1 })
const AFTER = side("1.2.0", { "quayside/__init__.py": 2 })

const compared = (
  changes: {
    before?: typeof BEFORE
    api?: typeof NO_API | object | undefined
    help?: ShownHelp
    ignore?: Record<string, string>
  } = {},
) =>
  compareReleases(
    "PyPI",
    changes.before ?? BEFORE,
    AFTER,
    { api: { ...NO_API, ...changes.api }, help: changes.help },
    new Map(Object.entries(changes.ignore ?? {})),
  )

describe("a comparison", () => {
  it("counts what was compared", () => {
    expect(compared().counted).toEqual({
      files: 1,
      fields: 5,
      commands: 1,
      options: 0,
      packages: ["quayside"],
      modules: 3,
      objects: 12,
    })
  })

  it("says what of it was not compared", () => {
    const api = {
      packages: [],
      compiled: ["quayside/fast.so"],
      unread: ["quayside/a.py: SyntaxError: `"],
    }
    const before = { ...BEFORE, archives: [] }
    expect(compared({ api, before }).left).toEqual([
      "1.1.0 has no wheel to compare with",
      "1.1.0 has no sdist to compare with",
      "no import package of both could be read",
      "1 compiled modules, such as `quayside/fast.so`: nobody can read those without importing them",
      "`` quayside/a.py: SyntaxError: ` ``",
    ])
  })

  it("has what commands show in their help", () => {
    const shown = (...options: string[]) => [
      { command: "quayside", options, failed: null },
    ]
    const help = { before: shown("--at", "--help"), after: shown("--help") }
    const { changes, counted } = compared({ help })
    expect(counted.options).toBe(2)
    expect(changes.map(({ what }) => what)).toEqual(["`quayside --at` is gone"])
    expect(compared({ help: { why: "pip is full" } }).left).toEqual([
      ...compared().left,
      "no options: pip is full",
    ])
  })

  it("asks as much as its changes, less what is no API", () => {
    const api = { added: ["quayside.free"] }
    expect(compared({ api }).level).toBe("feature")
    const ignored = compared({
      api,
      ignore: { "quayside.free": "nobody's", "quayside.none": "gone" },
    })
    expect(ignored.level).toBe("fix")
    expect(ignored.ignored.map(({ reason }) => reason)).toEqual(["nobody's"])
    expect(ignored.left).toContain(
      "`quayside.none` of `tool.shipwheel.compare.ignore` fits nothing that changed",
    )
  })
})
