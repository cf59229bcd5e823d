import type { StageRecord } from "./pipeline.js"

/** When a stage ran, and after which. */
export type Timed = Pick<
  StageRecord,
  "name" | "needs" | "start" | "end" | "seconds"
>

/** How a run used its time. */
export interface Timeline {
  /** From the start to the end of it all. */
  readonly lasted: number
  /** What the stages took together. */
  readonly work: number
  /** How many of them ran side by side at most. */
  readonly abreast: number
  /** The stages that the run was waiting for from its start to its end, each for the one before it. */
  readonly chain: readonly Timed[]
}

export function timelineOf(stages: readonly Timed[]): Timeline {
  const ran = stages.filter(hasRun)
  return {
    lasted: Math.max(0, ...stages.map(({ end }) => end)),
    work: ran.reduce((sum, { seconds }) => sum + seconds, 0),
    abreast: Math.max(0, ...ran.map((each) => besides(each, ran))),
    chain: longestChain(stages),
  }
}

/** The one of its needs that a stage had to wait for: what ended last. */
export function waitedFor(
  { needs }: Timed,
  stages: readonly Timed[],
): Timed | undefined {
  return last(stages.filter(({ name }) => needs.includes(name)))
}

/** Whether it did anything at all. */
export function hasRun({ end, start }: Timed): boolean {
  return end > start
}

/** How many ran at the moment when a stage began. */
function besides({ start }: Timed, ran: readonly Timed[]): number {
  return ran.filter((each) => each.start <= start && start < each.end).length
}

function longestChain(stages: readonly Timed[]): Timed[] {
  const chain: Timed[] = []
  let each = last(stages.filter(hasRun))
  while (each) {
    chain.unshift(each)
    each = waitedFor(each, stages)
  }
  return chain.filter(hasRun)
}

/** The one that ended last; of several, the one that ran. */
function last(stages: readonly Timed[]): Timed | undefined {
  const [found] = [...stages].sort(
    (one, other) => other.end - one.end || other.seconds - one.seconds,
  )
  return found
}
