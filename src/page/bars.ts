import type { StageRecord } from "../pipeline/pipeline.js"
import {
  hasRun,
  type Timed,
  type Timeline,
  waitedFor,
} from "../pipeline/timeline.js"

/** What the width of a page is divided into. */
const WIDTH = 1000
const NARROWEST = 4
const MINUTE = 60

/** A stage that ran, as a bar on the time line and in words. */
export interface Bar {
  readonly name: string
  readonly outcome: string
  readonly x: number
  readonly width: number
  readonly took: string
  readonly from: string
  readonly to: string
  /** What it waited for. */
  readonly after: string | undefined
  /** The run was waiting for it. */
  readonly inChain: boolean
}

export function barsOf(
  stages: readonly StageRecord[],
  { chain, lasted }: Timeline,
): Bar[] {
  return stages.filter(hasRun).map((stage) => ({
    name: stage.name,
    outcome: stage.outcome,
    ...placeOf(stage, lasted),
    took: shownTime(stage.seconds),
    from: shownTime(stage.start),
    to: shownTime(stage.end),
    after: waitedFor(stage, stages)?.name,
    inChain: chain.some(({ name }) => name === stage.name),
  }))
}

/** How the run used its time, in a sentence or two. */
export function timeInWords({
  abreast,
  chain,
  lasted,
  work,
}: Timeline): string[] {
  const links = chain.map(
    ({ name, seconds }) => `${name} ${shownTime(seconds)}`,
  )
  const beside =
    abreast > 1 ? `, with up to ${abreast} stages side by side` : ""
  return [
    `It took ${shownTime(lasted)} for ${shownTime(work)} of work${beside}.`,
    ...(links.length > 1
      ? [
          `The longest chain, each waiting for the one before it: ${links.join(" → ")}.`,
        ]
      : []),
  ]
}

/** A time for people, who count more than two minutes in minutes. */
export function shownTime(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / MINUTE)} min ${whole % MINUTE} s`
}

function placeOf({ end, start }: Timed, lasted: number) {
  const at = (seconds: number) => Math.round((seconds / lasted) * WIDTH)
  const x = Math.min(at(start), WIDTH - NARROWEST)
  return { x, width: Math.max(at(end) - x, NARROWEST) }
}
