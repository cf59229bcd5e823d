import { describe, expect, it } from "vitest"

import { judge } from "../../src/preflight/preflight.js"
import {
  comparisonOf,
  drawnReport,
  hasFailed,
  jsonReport,
  markdownReport,
  pageReport,
  progressLine,
} from "../../src/release/report.js"
import { EFFECTS, GATES } from "../../src/release/stages.js"
import {
  ran,
  record,
  report,
  sdist,
  version,
  wheel,
} from "../helpers/builders.js"
import { exampleReport } from "../helpers/example-report.js"
import { facts, REPOSITORY } from "../helpers/preflight.js"

const STAGES = [
  record({ name: "test", summary: "Python 3.9: 12 passed", seconds: 12.345 }),
  record({
    name: "frontend",
    outcome: "skipped",
    summary: "no frontend",
    seconds: 0,
  }),
]

const PASSED = report({
  version: version("v1.2.0-beta.1"),
  stages: STAGES,
  files: [wheel(), sdist()],
  notes: "### Added\n\n- Berths have names.\n\n#1 is solved.",
  remarks: ["The first remark.", "The second."],
})

const FAILED = report({
  rehearsal: false,
  index: "Test PyPI",
  stages: [
    ...STAGES,
    record({
      name: "build",
      outcome: "failed",
      summary: "`uv build` exited with 2",
      details: "```\nerror: a|b\n```",
    }),
    record({
      name: "check",
      outcome: "failed",
      summary: "a|b\nc",
      details: "",
      seconds: 61,
    }),
    record({
      name: "publish",
      outcome: "blocked",
      summary: "not run: needs build, check",
      seconds: 0,
    }),
  ],
})

describe("a report in Markdown", () => {
  it("of a rehearsal that passed says everything, first that nothing left the engine", () => {
    expect(markdownReport(PASSED)).toBe(
      `# Rehearsal: quayside 1.2.0b1 (\`v1.2.0-beta.1\`), nothing left the engine

| Stage | Outcome | Time | What happened |
| --- | --- | --- | --- |
| test | ✓ passed | 12.3 s | Python 3.9: 12 passed |
| frontend | – skipped | 0.0 s | no frontend |

## Files for the rehearsal index

| File | Size | SHA-256 |
| --- | --- | --- |
| \`quayside-1.2.0-py3-none-any.whl\` | 20.0 KiB | \`${"a".repeat(64)}\` |
| \`quayside-1.2.0.tar.gz\` | 900 B | \`${"b".repeat(64)}\` |

## Remarks

- The first remark.
- The second.

## Release notes

#### Added

- Berths have names.

#1 is solved.

Next: the files are \`dagger call release-directory --tag v1.2.0-beta.1 export --wipe --path release\`; with \`--test-pypi-token\` the same command publishes to Test PyPI.`,
    )
  })

  it("of a release that failed says what failed, what did not run and what to do", () => {
    expect(markdownReport(FAILED)).toBe(
      `# Release failed: quayside 1.2.0 (\`v1.2.0\`) to Test PyPI

| Stage | Outcome | Time | What happened |
| --- | --- | --- | --- |
| test | ✓ passed | 12.3 s | Python 3.9: 12 passed |
| frontend | – skipped | 0.0 s | no frontend |
| build | ✗ failed | 1.5 s | \`uv build\` exited with 2 |
| check | ✗ failed | 61.0 s | a\\|b c |
| publish | – not run |  | not run: needs build, check |

## build failed

\`\`\`
error: a|b
\`\`\`

Next: mend what failed and run the same command again; what passed is kept and takes no time.`,
    )
  })

  it.each([
    [
      true,
      STAGES,
      "# Rehearsal: quayside 1.2.0 (`v1.2.0`), nothing left the engine",
    ],
    [
      true,
      FAILED.stages,
      "# Rehearsal failed: quayside 1.2.0 (`v1.2.0`), nothing left the engine",
    ],
    [false, STAGES, "# Release: quayside 1.2.0 (`v1.2.0`) to Test PyPI"],
    [
      false,
      FAILED.stages,
      "# Release failed: quayside 1.2.0 (`v1.2.0`) to Test PyPI",
    ],
  ])(
    "with rehearsal %j starts with what happened",
    (rehearsal, stages, first) => {
      const text = markdownReport(
        report({ rehearsal, stages, index: "Test PyPI" }),
      )
      expect(text.split("\n")[0]).toBe(first)
    },
  )

  it("of a release that passed closes with where the files are", () => {
    const text = markdownReport(
      report({ rehearsal: false, index: "Test PyPI" }),
    )
    expect(text.split("\n\n").at(-1)).toBe(
      "Next: the files are on Test PyPI and install from there.",
    )
  })

  it.each([
    [
      undefined,
      "`dagger call release-directory --tag v1.2.0 export --wipe --path release`, then `dagger call promote --tag v1.2.0 --release release --pypi-token env://PYPI_API_TOKEN`",
    ],
    [
      "octo-org/quayside",
      "`dagger call --github-repository octo-org/quayside promote --tag v1.2.0 --pypi-token env://PYPI_API_TOKEN`",
    ],
  ])(
    "that can be promoted, on GitHub %j, closes with how",
    (github, command) => {
      const more = { rehearsal: false, index: "Test PyPI", promotable: true }
      const text = markdownReport(report({ ...more, github }))
      expect(text).toContain(`the same bytes go to PyPI: ${command}.`)
    },
  )

  it("of a GitHub of one's own closes with commands that go there", () => {
    const githubApi = "https://github.example.org/api/v3"
    const called = { githubApi, githubRepository: "a/b" }
    const said = `--github-repository a/b --github-api ${githubApi}`
    expect(markdownReport(report({ called }))).toContain(
      `the files are \`dagger call ${said} release-directory --tag`,
    )
    const more = { rehearsal: false, promotable: true, github: "a/b" }
    expect(markdownReport(report({ ...more, called }))).toContain(
      `\`dagger call ${said} promote --tag v1.2.0 --pypi-token`,
    )
  })

  it("that can be promoted from an index of one's own names that", () => {
    const more = { rehearsal: false, index: "company", promotable: true }
    expect(markdownReport(report({ ...more, testIndex: "company" }))).toContain(
      "promote --tag v1.2.0 --test-index company --release release",
    )
    const reading = " --test-index-user ada"
    expect(
      markdownReport(report({ ...more, testIndex: "company", reading })),
    ).toContain("--test-index company --test-index-user ada --release release")
  })

  it("of a rehearsal names the credential of the index that the release will go to", () => {
    expect(markdownReport(report())).toContain(
      "with `--test-pypi-token` the same command publishes to Test PyPI.",
    )
    expect(markdownReport(report({ testIndex: "company" }))).toContain(
      "with `--index-password` the same command publishes to company.",
    )
  })

  it("of a rehearsal says what comes first where a release would stop", () => {
    const repository = { ...REPOSITORY, tagCommit: undefined }
    const { remarks } = judge(facts({ repository }), true)
    expect(markdownReport(report({ remarks }))).toContain(
      "Next: mend what a release would stop at, as the remarks say; then the files are",
    )
  })

  it("has no heading for what there is nothing of", () => {
    expect(markdownReport(report())).not.toContain("\n#")
  })

  it("keeps the details of a stage that passed to the machines", () => {
    const stages = [record({ details: "Imports `quayside`." })]
    expect(markdownReport(report({ stages }))).not.toContain("Imports")
    expect(jsonReport(report({ stages }))).toContain("Imports")
  })
})

describe("a report for where diagrams are drawn", () => {
  const text = drawnReport(PASSED)

  it("is that in Markdown, with the folded time line below the stages", () => {
    const [, line = ""] = /(<details>[^]*<\/details>\n\n)/.exec(text) ?? []
    expect(text.replace(line, "")).toBe(markdownReport(PASSED))
    expect(line).toMatch(
      /^<details>\n<summary>Time line; marked is the longest chain<\/summary>\n\n```mermaid\ngantt\n[^]*\n```\n\n<\/details>\n\n$/,
    )
    expect(text).toContain("no frontend |\n\n<details>")
  })
})

describe("a report on a page", () => {
  const text = (html: string) =>
    html.replace(/<style>[^]*<\/style>|<[^>]+>/g, "")

  it("says what was released, where to, when and what comes next", () => {
    const html = pageReport({ ...PASSED, rehearsal: false, index: "Test PyPI" })
    expect(html).toContain("<h1>quayside 1.2.0b1</h1>")
    expect(text(html)).toContain(
      "Release: quayside 1.2.0b1 (v1.2.0-beta.1) to Test PyPI\n",
    )
    expect(text(html)).toContain("Began2026-06-15 09:30 UTC")
    expect(text(html)).toContain("Tagv1.2.0-beta.1")
    expect(text(html)).toContain("Next: the files are on Test PyPI")
  })

  it("names the repository on GitHub where that got it", () => {
    expect(text(pageReport(report({ github: "o/r" })))).toContain("GitHubo/r")
    expect(text(pageReport(report()))).not.toContain("GitHub")
  })

  it("shows what changed, as the Markdown does", () => {
    const stages = [
      record({ name: "compare", details: "- `berth` is new" }),
      ran("test", 0, 1),
    ]
    expect(comparisonOf(stages)).toBe("- `berth` is new")
    expect(pageReport(report({ stages }))).toMatch(
      /What changed<\/h2>\n<ul>\n<li><code>berth<\/code> is new/,
    )
    const [compare] = stages
    const skipped = record({ ...compare, outcome: "skipped" })
    expect(comparisonOf([skipped])).toBe("")
  })
})

describe("the report of the example that pages are tested with", () => {
  const { stages } = exampleReport()

  it("has no stage that a release has no longer, and none before what it needs", () => {
    const known = [...GATES, ...EFFECTS].map(({ name }) => name)
    const names = stages.map(({ name }) => name)
    expect(known.filter((name) => names.includes(name))).toEqual(names)
    expect(names.slice(-EFFECTS.length)).toEqual(
      EFFECTS.map(({ name }) => name),
    )
    for (const { needs, start } of stages)
      for (const need of needs)
        expect(
          stages.find(({ name }) => name === need)?.end,
        ).toBeLessThanOrEqual(start)
  })

  it("is of a release that passed, and tells of what no other shows", () => {
    expect(hasFailed({ stages })).toBe(false)
    expect(comparisonOf(stages)).toContain("### Since 1.1.0")
    expect(stages.filter(({ outcome }) => outcome === "skipped")).not.toEqual(
      [],
    )
  })
})

describe("a report in JSON", () => {
  it.each([
    ["passed", PASSED, false],
    ["failed", FAILED, true],
  ])("of a release that %s holds the same facts", (_, facts, failed) => {
    expect(JSON.parse(jsonReport(facts))).toEqual({ ...facts, failed })
  })

  it("is indented for those who read it all the same", () => {
    expect(jsonReport(PASSED)).toMatch(/^\{\n {2}"project": "quayside",\n/)
  })
})

describe("a release", () => {
  it.each([
    ["passed", false],
    ["skipped", false],
    ["failed", true],
  ] as const)("with a stage that %s has failed: %j", (outcome, failed) => {
    const stages = [record(), record({ outcome }), record()]
    expect(hasFailed(report({ stages }))).toBe(failed)
  })
})

describe("a line of progress", () => {
  it.each([
    ["passed", "✓ passed: test: 12 passed"],
    ["failed", "✗ failed: test: 12 passed"],
    ["skipped", "– skipped: test: 12 passed"],
    ["blocked", "– not run: test: 12 passed"],
  ] as const)("of a stage that is %s is %j", (outcome, line) => {
    expect(progressLine(record({ outcome }))).toBe(line)
  })
})
