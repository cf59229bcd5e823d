import { describe, expect, it } from "vitest"

import { jsonGates, markdownGates } from "../../src/release/gate-report.js"
import { jsonPlan, markdownPlan } from "../../src/release/plan.js"
import { jsonReport, markdownReport } from "../../src/release/report.js"
import {
  ReportFormat,
  writtenGates,
  writtenPlan,
  writtenReport,
} from "../../src/release/report-format.js"
import { record, report, version } from "../helpers/builders.js"

const { Json, Markdown } = ReportFormat
const PLAN = {
  project: "quayside",
  version: version("v1.2.0"),
  stages: [],
  remarks: [],
  command: "dagger call release --tag v1.2.0",
}
const GATES = {
  project: "quayside",
  ref: "refs/heads/develop",
  environment: "Environment: Development.",
  stages: [record()],
}
const FAILED = [record({ outcome: "failed" })]

describe("in its format is written", () => {
  it("a plan", () => {
    expect(writtenPlan(PLAN, Markdown)).toBe(markdownPlan(PLAN))
    expect(writtenPlan(PLAN, Json)).toBe(jsonPlan(PLAN))
  })

  it("the report of a release that passed", () => {
    expect(writtenReport(report(), Markdown)).toBe(markdownReport(report()))
    expect(writtenReport(report(), Json)).toBe(jsonReport(report()))
  })

  it("the report of gates that passed", () => {
    expect(writtenGates(GATES, Markdown)).toBe(markdownGates(GATES))
    expect(writtenGates(GATES, Json)).toBe(jsonGates(GATES))
  })
})

describe("where a stage failed, the error is", () => {
  const said = (step: () => string) => {
    try {
      return `no error: ${step()}`
    } catch (error) {
      return (error as Error).message
    }
  }

  it("the report of the release, its heading at the start of a line", () => {
    const failed = report({ stages: FAILED })
    expect(said(() => writtenReport(failed, Markdown))).toBe(
      `\n\n${markdownReport(failed)}`,
    )
    expect(said(() => writtenReport(failed, Json))).toBe(jsonReport(failed))
  })

  it("the report of the gates, its heading at the start of a line", () => {
    const failed = { ...GATES, stages: FAILED }
    expect(said(() => writtenGates(failed, Markdown))).toBe(
      `\n\n${markdownGates(failed)}`,
    )
    expect(said(() => writtenGates(failed, Json))).toBe(jsonGates(failed))
  })
})
