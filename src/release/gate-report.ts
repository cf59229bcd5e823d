import { runPage } from "../page/page.js"
import type { StageRecord } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import { tameJson } from "../text/tame.js"
import {
  comparisonOf,
  comparisons,
  failures,
  hasFailed,
  remarks,
  stageTable,
  timeLine,
} from "./report.js"

/** What the gates have to tell of a git ref. */
export interface GateReport {
  readonly project: string
  readonly ref: string
  /** Where it leads, and why. */
  readonly environment: string
  readonly stages: readonly StageRecord[]
}

/** The report in Markdown; nothing was published, whatever it says. */
export function markdownGates(report: GateReport): string {
  return written(report, [])
}

/** The same for where diagrams are drawn, with the time line. */
export function drawnGates(report: GateReport): string {
  return written(report, timeLine(report.stages))
}

/** The same on a page of its own. */
export function pageGates(report: GateReport): string {
  const { environment, project, stages } = report
  return runPage({
    title: project,
    headline: headline(report),
    failed: hasFailed(report),
    environment,
    facts: [],
    install: [],
    stages,
    files: [],
    comparison: comparisonOf(stages),
    remarks: remarksOf(stages),
    notes: "",
    next: nextStep(report),
  })
}

function written(report: GateReport, more: readonly string[]): string {
  const { environment, stages } = report
  return [
    `# ${headline(report)}`,
    environment,
    stageTable(stages),
    ...more,
    ...failures(stages),
    ...comparisons(stages),
    ...remarks(remarksOf(stages)),
    nextStep(report),
  ].join("\n\n")
}

function headline(report: GateReport): string {
  const { project, ref } = report
  const what = hasFailed(report) ? "Gates failed" : "Gates"
  return `${what}: ${project} at ${code(ref)}`
}

function remarksOf(stages: readonly StageRecord[]): string[] {
  return stages.flatMap((each) => each.remarks)
}

function nextStep(report: GateReport): string {
  return hasFailed(report)
    ? "Next: mend what failed and run the same command again: what passed and did not change since is not run anew."
    : "Next: nothing was published. A tag does that: `dagger call release --tag v1.2.0`."
}

export function jsonGates(report: GateReport): string {
  return tameJson({ ...report, failed: hasFailed(report) })
}
