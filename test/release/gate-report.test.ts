import { expect, it } from "vitest"

import {
  drawnGates,
  jsonGates,
  markdownGates,
  pageGates,
} from "../../src/release/gate-report.js"
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

it("a report of gates for where diagrams are drawn has the time line, too", () => {
  const text = drawnGates(REPORT)
  expect(text).toContain("\ntest 1.5 s :crit, 00:00:00.000, 00:00:01.500\n")
  expect(text.replace(/<details>[^]*<\/details>\n\n/, "")).toBe(
    markdownGates(REPORT),
  )
})

it("a report of gates on a page says that nothing was published", () => {
  const html = pageGates(REPORT)
  expect(html).toContain("<h1>quayside</h1>")
  expect(html).toContain(
    'class="headline">Gates: quayside at <code>refs/heads/develop</code>',
  )
  expect(html).toContain("Next: nothing was published.")
  expect(html).not.toMatch(/id="(install|files|notes)"/)
})
