import { expect, it } from "vitest"

import { jsonGates, markdownGates } from "../../src/release/gate-report.js"
import { record } from "../helpers/builders.js"

const REPORT = {
  project: "quayside",
  ref: "refs/heads/develop",
  environment: "Environment: Development.",
  stages: [record()],
}
const failed = record({
  name: "lint",
  outcome: "failed",
  summary: "`ruff check` exited with 1",
  details: "E501",
})

it("a report of gates that passed says what happened to which ref", () => {
  expect(markdownGates(REPORT))
    .toBe(`# Gates: quayside at \`refs/heads/develop\`

Environment: Development.

| Stage | Outcome | Time | What happened |
| --- | --- | --- | --- |
| test | ✓ passed | 1.5 s | 12 passed |

Next: nothing was published. A tag does that: \`dagger call release --tag v1.2.0\`.`)
})

it("a report of gates that failed shows the reason", () => {
  const text = markdownGates({ ...REPORT, stages: [record(), failed] })
  expect(text).toContain("# Gates failed: quayside")
  expect(text).toContain("## lint failed\n\nE501")
  expect(text).toContain("Next: mend what failed")
})

it("a report of gates for machines says the same", () => {
  expect(JSON.parse(jsonGates(REPORT))).toEqual({ ...REPORT, failed: false })
})
