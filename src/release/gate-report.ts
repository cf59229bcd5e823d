import type { StageRecord } from "../pipeline/pipeline.js"
import { tameJson } from "../text/tame.js"
import {
  comparisons,
  failures,
  hasFailed,
  remarks,
  stageTable,
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
  const { environment, project, ref, stages } = report
  const failed = hasFailed(report)
  return [
    `# ${failed ? "Gates failed" : "Gates"}: ${project} at \`${ref.replaceAll("`", "'")}\``,
    environment,
    stageTable(stages),
    ...failures(stages),
    ...comparisons(stages),
    ...remarks(stages.flatMap((each) => each.remarks)),
    failed
      ? "Next: mend what failed and run the same command again: what passed and did not change since is not run anew."
      : "Next: nothing was published. A tag does that: `dagger call release --tag v1.2.0`.",
  ].join("\n\n")
}

export function jsonGates(report: GateReport): string {
  return tameJson({ ...report, failed: hasFailed(report) })
}
