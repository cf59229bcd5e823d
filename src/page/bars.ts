import { MARKS } from "../pipeline/marks.js"
import type { StageRecord } from "../pipeline/pipeline.js"
import {
  hasRun,
  type Timed,
  type Timeline,
  waitedFor,
} from "../pipeline/timeline.js"
import { inlineHtml, markdownHtml } from "./markdown.js"

/** What the width of a page is divided into. */
const WIDTH = 1000
const NARROWEST = 4

/** A stage as the page shows it: when it ran, after which, and what it said. */
export interface StageRow {
  readonly name: string
  readonly outcome: string
  readonly mark: string
  /** Where its bar is, if it ran. */
  readonly bar: { readonly x: number; readonly width: number } | undefined
  readonly when: string
  /** The run was waiting for it. */
  readonly inChain: boolean
  readonly summary: string
  readonly details: string | undefined
}

export function stageRows(
  stages: readonly StageRecord[],
  timeline: Timeline,
): StageRow[] {
  return stages.map((stage) => ({
    name: stage.name,
    outcome: stage.outcome,
    mark: MARKS[stage.outcome],
    bar: hasRun(stage) ? barOf(stage, timeline.lasted) : undefined,
    when: whenRan(stage, stages),
    inChain: timeline.chain.some(({ name }) => name === stage.name),
    summary: inlineHtml(stage.summary),
    details: detailsOf(stage),
  }))
}

/** How the run used its time, in a sentence or two. */
export function timeInWords({ abreast, chain, lasted, work }: Timeline) {
  const links = chain.map(({ name, seconds }) => `${name} ${shown(seconds)}`)
  return [
    `It took ${shown(lasted)} for ${shown(work)} of work${abreast > 1 ? `, with up to ${abreast} stages side by side` : ""}.`,
    ...(links.length > 0
      ? [
          `The longest chain, each waiting for the one before it: ${links.join(" → ")}.`,
        ]
      : []),
  ]
}

function barOf({ end, start }: Timed, lasted: number) {
  const at = (seconds: number) => Math.round((seconds / lasted) * WIDTH)
  const x = Math.min(at(start), WIDTH - NARROWEST)
  return { x, width: Math.max(at(end) - x, NARROWEST) }
}

function whenRan(stage: StageRecord, stages: readonly StageRecord[]): string {
  if (!hasRun(stage)) return ""
  const { end, seconds, start } = stage
  const before = waitedFor(stage, stages)
  const span = `${shown(seconds)}, from ${start.toFixed(1)} to ${end.toFixed(1)}`
  return before ? `${span}, after ${before.name}` : span
}

/** What a comparison says has a place of its own, and so have remarks. */
function detailsOf({ details = "", name }: StageRecord): string | undefined {
  return name === "compare" || details === ""
    ? undefined
    : markdownHtml(details, 3)
}

function shown(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}
