import type { Intent, Stage } from "../pipeline/pipeline.js"
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { table } from "../text/table.js"
import { tameJson } from "../text/tame.js"
import type { Version } from "../version/version.js"

/** What a release would do; nothing of it was done. */
export interface Plan {
  readonly project: string
  readonly version: Version
  /** Where the tag leads, and why. */
  readonly environment?: string
  readonly stages: readonly PlannedStage[]
  readonly remarks: readonly string[]
  /** What runs it. */
  readonly command: string
}

export interface PlannedStage extends Intent {
  readonly name: string
  readonly needs: readonly string[]
  /** Why it would have nothing to do. */
  readonly skip: string | undefined
}

export function planOf({ name, needs, plan, skip }: Stage): PlannedStage {
  return { name, needs, skip, ...plan }
}

/** The plan in Markdown, in the words of the report. */
export function markdownPlan(plan: Plan): string {
  const { project, remarks, stages, version } = plan
  return [
    `# Plan: ${project} ${version.pep440} (\`${version.tag}\`), nothing was started`,
    ...(plan.environment === undefined ? [] : [plan.environment]),
    table(
      ["Stage", "Would", "After", "What it does", "Commands"],
      stages.map(row),
    ),
    ...list("Credentials", each(stages, "credential")),
    ...list("What can't be undone", each(stages, "lasting")),
    ...list("Remarks", remarks),
    `Next: \`${plan.command}\` runs it.`,
  ].join("\n\n")
}

export function jsonPlan(plan: Plan): string {
  return tameJson(plan)
}

function row({ commands = [], does, name, needs, skip }: PlannedStage) {
  const lines = new Set(commands.map((each) => code(commandLine(each))))
  const shown = [...lines].join(", ")
  return skip === undefined
    ? [
        name,
        "run",
        needs.length > 3 ? "every gate" : needs.join(", "),
        does,
        shown,
      ]
    : [name, "– skipped", "", skip, ""]
}

function each(
  stages: readonly PlannedStage[],
  key: "credential" | "lasting",
): string[] {
  return stages.flatMap((stage) =>
    stage[key] === undefined ? [] : [`${stage.name}: ${stage[key]}`],
  )
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return [`## ${title}`, lines.map((line) => `- ${line}`).join("\n")]
}
