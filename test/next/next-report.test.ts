import { describe, expect, it } from "vitest"

import { nextReport } from "../../src/next/next-report.js"

const RELEASE = {
  name: "wren",
  tag: "v1.3.0",
  last: "1.2.0",
  next: {
    version: "1.3.0",
    level: "feature",
    rule: "a feature raises the second number",
    scheme: "semver (the usual one)",
    least: "1.3.0",
    newest: "1.2.0",
    because: [],
    problems: [],
  },
  evidence: [{ from: "the fragments", level: "feature", what: ["`1.md`"] }],
  comparison: undefined,
  notes: ["not compared: PyPI has no older release of `wren`"],
  written: ["`VERSION`: 1.2.0 → 1.3.0"],
  collects: false,
  top: "",
} as const

describe("the words on the next release", () => {
  it("tell the version, why, what was looked at, and the commands up to the tag", () => {
    expect(nextReport(RELEASE)).toBe(`# Next: wren 1.3.0

After 1.2.0, what changed is a feature; by semver (the usual one): a feature raises the second number.

**Why**

- \`feature\` by the fragments: \`1.md\`

**Looked at**

- not compared: PyPI has no older release of \`wren\`

**\`dagger call stamp --tag v1.3.0\` writes**

- \`VERSION\`: 1.2.0 → 1.3.0

Then:

\`\`\`sh
dagger call --auto-apply stamp --tag v1.3.0
git commit --all --message "Release 1.3.0"
git tag v1.3.0
\`\`\`

\`dagger call plan --tag v1.3.0\` tells what a release would do; pushing the tag is what a CI waits for.`)
  })

  it("have no edits where the tag is all that is to be made", () => {
    const told = nextReport({ ...RELEASE, written: [] })
    expect(told).toContain("```sh\ngit tag v1.3.0\ngit push origin v1.3.0\n```")
    expect(told).not.toContain("stamp")
  })

  it("apply the edits at the top of the repository where some of them are above the project", () => {
    expect(nextReport({ ...RELEASE, top: "../.." })).toContain(
      "\ndagger call stamp --tag v1.3.0 export --path ../..\n",
    )
  })

  it("add what a tool of the project's may make anew, which a commit of all that git knows leaves out", () => {
    expect(nextReport({ ...RELEASE, collects: true })).toContain(
      '\ngit add --all\ngit commit --message "Release 1.3.0"\ngit tag v1.3.0\n',
    )
  })

  it("have what decides in lines of its own, and of what asks for less the first", () => {
    const from = "the comparison"
    const what = Array.from({ length: 12 }, (_, at) => `\`f${String(at)}\``)
    const told = nextReport({
      ...RELEASE,
      evidence: [
        { from, level: "feature", what },
        { from, level: "fix", what },
      ],
    })
    expect(told).toContain(
      "- `feature` by the comparison:\n  - `f0`\n  - `f1`\n",
    )
    expect(told).toContain("  - `f9`\n  - and 2 more\n")
    expect(told).toContain(
      "- `fix` by the comparison: `f0`; `f1`; `f2`; and 9 more\n",
    )
  })

  it("begin with what does not fit", () => {
    const next = { ...RELEASE.next, problems: ["1.2.1 is too low"] }
    expect(nextReport({ ...RELEASE, next })).toContain(
      "**Does not fit**\n\n- 1.2.1 is too low\n\n**Why**",
    )
  })

  it("say of a first release that it is one, and that nothing asks for more", () => {
    const first = { ...RELEASE, last: undefined, evidence: [] }
    const next = { ...RELEASE.next, newest: undefined }
    const told = nextReport({ ...first, next })
    expect(told).toContain("It is the first release.")
    expect(told).toContain("- nothing asks for more than a fix")
  })

  it("call no release the first where every other is newer", () => {
    const told = nextReport({ ...RELEASE, last: undefined })
    expect(told).not.toContain("first release")
    expect(told).toContain(
      "No final release comes before it; the newest is 1.2.0.",
    )
  })
})
