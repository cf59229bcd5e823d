import { type GateReport, jsonGates, markdownGates } from "./gate-report.js"
import { jsonPlan, markdownPlan, type Plan } from "./plan.js"
import { hasFailed, jsonReport, markdownReport, type Report } from "./report.js"

/** The form of a report. */
export enum ReportFormat {
  /** For people. */
  Markdown = "markdown",
  /** For machines. */
  Json = "json",
}

export function writtenPlan(plan: Plan, format: ReportFormat): string {
  return format === ReportFormat.Json ? jsonPlan(plan) : markdownPlan(plan)
}

export function writtenReport(report: Report, format: ReportFormat): string {
  const json = format === ReportFormat.Json
  return orFailed(
    report,
    json,
    json ? jsonReport(report) : markdownReport(report),
  )
}

export function writtenGates(report: GateReport, format: ReportFormat): string {
  const json = format === ReportFormat.Json
  return orFailed(
    report,
    json,
    json ? jsonGates(report) : markdownGates(report),
  )
}

/** The report, as the error where something failed. */
function orFailed(
  report: Pick<Report, "stages">,
  json: boolean,
  text: string,
): string {
  if (!hasFailed(report)) return text
  // A heading is one only at the start of a line, and the CLI writes `Error: ` before it.
  throw new Error(json ? text : `\n\n${text}`)
}
