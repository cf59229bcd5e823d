import { describe, expect, it } from "vitest"

import { compareReleases } from "../../src/compare/comparison.js"
import {
  comparisonMarkdown,
  comparisonSummary,
  shownCount,
} from "../../src/compare/comparison-report.js"
import { NO_API, side } from "../helpers/compared.js"

const gone = (path: string) => ({
  kind: "object-removed",
  path,
  parameters: [],
  before: null,
  after: null,
  certain: true,
  deprecated: false,
  note: "",
})

const many = Array.from({ length: 12 }, (_, at) => gone(`quayside.f${at}`))

const comparison = compareReleases(
  "PyPI",
  side("1.1.0", { "quayside/__init__.py": 1, "quayside/old.py": 3 }),
  side(
    "1.2.0",
    { "quayside/__init__.py": 2048, "quayside/new.py": 10 },
    { extras: ["docs", "test"] },
  ),
  { api: { ...NO_API, breaks: many, added: ["quayside.free"] } },
  new Map(),
)

describe("the report of a comparison", () => {
  it("has one line with the most important, and what was compared", () => {
    expect(comparisonSummary(comparison)).toBe(
      "since 1.1.0 (PyPI): 12 breaks, 2 new things, 0 other changes; wheel 1000 B → 1000 B; compared 3 files, 6 fields of metadata, 1 command, 12 public names in 3 modules of `quayside`",
    )
  })

  it("counts options with the commands that have them", () => {
    const { counted } = comparison
    expect(shownCount({ ...counted, options: 3 })).toContain(
      "1 command with 3 options",
    )
  })

  it("says so where no API was compared", () => {
    const { counted } = comparison
    const without = { ...comparison, counted: { ...counted, objects: 0 } }
    expect(comparisonSummary(without)).toMatch(/no Python API$/)
  })

  it("is short: ten of each, and how many more there are", () => {
    expect(`${comparisonMarkdown(comparison)}\n`).toMatchInlineSnapshot(`
      "Compared with \`quayside-1.1.0-py3-none-any.whl\` of PyPI: 3 files, 6 fields of metadata, 1 command, 12 public names in 3 modules of \`quayside\`.

      **Not compared** (1)

      - 1.1.0 has no sdist to compare with

      **Breaks** (12)

      - \`quayside.f0\` is gone
      - \`quayside.f1\` is gone
      - \`quayside.f2\` is gone
      - \`quayside.f3\` is gone
      - \`quayside.f4\` is gone
      - \`quayside.f5\` is gone
      - \`quayside.f6\` is gone
      - \`quayside.f7\` is gone
      - \`quayside.f8\` is gone
      - \`quayside.f9\` is gone
      - and 2 more

      **New** (1)

      - \`quayside.free\` is new

      **What it says of itself** (1)

      - the extra \`docs\` is new

      **Wheel**: wheel 1000 B → 1000 B; 1 file is new, 1 gone, 1 changed, 0 the same.

      **Gone** (1)

      - \`quayside/old.py\`

      | Grew most | Before | After | By |
      | --- | --- | --- | --- |
      | \`quayside/__init__.py\` | 1 B | 2.0 KiB | 2.0 KiB |
      | \`quayside/new.py\` | new | 10 B | 10 B |
      "
    `)
  })
})
