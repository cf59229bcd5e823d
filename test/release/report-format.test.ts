import { describe, expect, it } from "vitest"

import { textPage } from "../../src/page/page.js"
import {
  drawnGates,
  jsonGates,
  markdownGates,
  pageGates,
} from "../../src/release/gate-report.js"
import { jsonPlan, markdownPlan } from "../../src/release/plan.js"
import {
  drawnReport,
  jsonReport,
  markdownReport,
  pageReport,
} from "../../src/release/report.js"
import {
  ReportFormat,
  writtenGates,
  writtenPlan,
  writtenReport,
} from "../../src/release/report-format.js"
import { record, report, version } from "../helpers/builders.js"

const { Html, Json, Markdown, Summary } = ReportFormat
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
    expect(writtenPlan(PLAN, Summary)).toBe(markdownPlan(PLAN))
    expect(writtenPlan(PLAN, Html)).toBe(textPage(markdownPlan(PLAN)))
  })

  it("the report of a release that passed", () => {
    expect(writtenReport(report(), Markdown)).toBe(markdownReport(report()))
    expect(writtenReport(report(), Json)).toBe(jsonReport(report()))
    expect(writtenReport(report(), Summary)).toBe(drawnReport(report()))
    expect(writtenReport(report(), Html)).toBe(pageReport(report()))
  })

  it("the report of gates that passed", () => {
    expect(writtenGates(GATES, Markdown)).toBe(markdownGates(GATES))
    expect(writtenGates(GATES, Json)).toBe(jsonGates(GATES))
    expect(writtenGates(GATES, Summary)).toBe(drawnGates(GATES))
    expect(writtenGates(GATES, Html)).toBe(pageGates(GATES))
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
    expect(said(() => writtenReport(failed, Summary))).toBe(
      `\n\n${drawnReport(failed)}`,
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

  it("Markdown in place of a page, because nobody reads HTML in a terminal", () => {
    const failed = report({ stages: FAILED })
    expect(said(() => writtenReport(failed, Html))).toBe(
      `\n\n${markdownReport(failed)}`,
    )
    expect(said(() => writtenGates({ ...GATES, stages: FAILED }, Html))).toBe(
      `\n\n${markdownGates({ ...GATES, stages: FAILED })}`,
    )
  })
})
