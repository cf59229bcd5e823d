import { describe, expect, it } from "vitest"

import { compareReleases } from "../../src/compare/comparison.js"
import {
  comparisonMarkdown,
  comparisonSummary,
  shownCount,
} from "../../src/compare/comparison-report.js"
import { NO_API, side } from "../helpers/compared.js"

const lost = (path: string) => ({
  kind: "parameter-removed",
  path,
  parameters: ["at"],
  before: null,
  after: null,
  certain: true,
  deprecated: false,
  note: "",
})

const many = Array.from({ length: 12 }, (_, at) =>
  lost(`quayside.f${String(at)}`),
)

const comparison = compareReleases(
  "PyPI",
  side("1.1.0", { "quayside/__init__.py": 1, "quayside/old.py": 3 }),
  side(
    "1.2.0",
    { "quayside/__init__.py": 2048, "quayside/new.py": 10 },
    { extras: ["docs", "test"] },
  ),
  {
    api: {
      ...NO_API,
      breaks: many,
      added: Array.from(
        { length: 22 },
        (_, at) => `quayside.g${String(at)}(at)`,
      ),
    },
  },
  new Map(),
)

describe("the report of a comparison", () => {
  it("shows names of files as code on one line, whatever is in them", () => {
    const name = "quayside/x`\n\n## Passed\n\n![p](u)`.py"
    const told = compareReleases(
      "PyPI",
      side("1.1.0", { [name]: 1 }),
      side("1.2.0", { "a|`b": 2048 }),
      { api: undefined },
      new Map(),
    )
    const text = comparisonMarkdown(told)
    expect(text).toContain(
      "- ``quayside/x`\\n\\n## Passed\\n\\n![p](u)`.py``\n",
    )
    expect(text).toContain("| ``a\\|`b`` | new |")
  })

  it("has one line with the most important, and what was compared", () => {
    expect(comparisonSummary(comparison)).toBe(
      "since 1.1.0 (PyPI): 12 breaks, 22 new things, 1 other change; wheel 1000 B → 1000 B; compared 3 files, 6 fields of metadata, 1 command, 12 public names in 3 modules of `quayside`",
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

  it("tells the breaks apart that the release notes name", () => {
    const noted = ["`quayside.f3` no longer takes `at`"]
    const text = comparisonMarkdown(comparison, noted)
    expect(text).toContain("**Breaks** (11)\n\n- `quayside.f0` ")
    expect(text).toContain(
      "**Breaks that the release notes name** (1)\n\n- `quayside.f3` ",
    )
  })

  it("has all breaks, and of the others the first and how many more there are", () => {
    expect(`${comparisonMarkdown(comparison)}\n`).toMatchInlineSnapshot(`
      "Compared with \`quayside-1.1.0-py3-none-any.whl\` of PyPI: 3 files, 6 fields of metadata, 1 command, 12 public names in 3 modules of \`quayside\`.

      **Not compared** (1)

      - 1.1.0 has no sdist to compare with

      **Breaks** (12)

      - \`quayside.f0\` no longer takes \`at\`
      - \`quayside.f1\` no longer takes \`at\`
      - \`quayside.f2\` no longer takes \`at\`
      - \`quayside.f3\` no longer takes \`at\`
      - \`quayside.f4\` no longer takes \`at\`
      - \`quayside.f5\` no longer takes \`at\`
      - \`quayside.f6\` no longer takes \`at\`
      - \`quayside.f7\` no longer takes \`at\`
      - \`quayside.f8\` no longer takes \`at\`
      - \`quayside.f9\` no longer takes \`at\`
      - \`quayside.f10\` no longer takes \`at\`
      - \`quayside.f11\` no longer takes \`at\`

      **New** (22)

      - \`quayside.g0\` takes \`at\` as well
      - \`quayside.g1\` takes \`at\` as well
      - \`quayside.g2\` takes \`at\` as well
      - \`quayside.g3\` takes \`at\` as well
      - \`quayside.g4\` takes \`at\` as well
      - \`quayside.g5\` takes \`at\` as well
      - \`quayside.g6\` takes \`at\` as well
      - \`quayside.g7\` takes \`at\` as well
      - \`quayside.g8\` takes \`at\` as well
      - \`quayside.g9\` takes \`at\` as well
      - \`quayside.g10\` takes \`at\` as well
      - \`quayside.g11\` takes \`at\` as well
      - \`quayside.g12\` takes \`at\` as well
      - \`quayside.g13\` takes \`at\` as well
      - \`quayside.g14\` takes \`at\` as well
      - \`quayside.g15\` takes \`at\` as well
      - \`quayside.g16\` takes \`at\` as well
      - \`quayside.g17\` takes \`at\` as well
      - \`quayside.g18\` takes \`at\` as well
      - \`quayside.g19\` takes \`at\` as well
      - and 2 more

      **What it says of itself** (1)

      - the extra \`docs\` is new

      **Wheel**: wheel 1000 B → 1000 B; 1 file is new, 1 gone, 1 changed, 0 the same.

      **Gone** (1)

      - \`quayside/old.py\`

      | Grew most | Before | After | By |
      | --- | --- | --- | --- |
      | \`quayside/__init__.py\` | 1 B | 2.0 KiB | 2.0 KiB |
      "
    `)
  })
})
