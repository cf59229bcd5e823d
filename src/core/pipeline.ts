import { reasonOf } from "./failure.js"

/** What a stage found when nothing was wrong. */
export interface Finding {
  readonly summary: string
  /** More, for the reader who wants it; Markdown. */
  readonly details?: string
  /** The stage has nothing to do here, and `summary` says why. */
  readonly skipped?: boolean
}

/** One step of a release; it runs as soon as all that it needs has passed. */
export interface Stage {
  readonly name: string
  readonly needs: readonly string[]
  readonly run: () => Promise<Finding>
}

export type Outcome = "passed" | "failed" | "skipped" | "blocked"

/** What became of a stage. */
export interface StageRecord {
  readonly name: string
  readonly outcome: Outcome
  readonly summary: string
  readonly details: string | undefined
  readonly seconds: number
}

/**
 * Runs stages side by side in the order that their needs give, and reports on
 * every one: a failed stage blocks what needs it, and nothing else.
 */
export async function runPipeline(
  stages: readonly Stage[],
  now: () => number,
  tell: (record: StageRecord) => void,
): Promise<StageRecord[]> {
  refuseUnknownNeeds(stages)
  const records = new Map<string, Promise<StageRecord>>()
  for (const stage of stages) {
    const needed = stage.needs.flatMap((name) => records.get(name) ?? [])
    const record = runStage(stage, needed, now)
    records.set(stage.name, record)
    void record.then(tell)
  }
  return Promise.all(records.values())
}

/** Before any stage starts, because some can't be taken back. */
function refuseUnknownNeeds(stages: readonly Stage[]): void {
  const before = new Set<string>()
  for (const { name, needs } of stages) {
    const unknown = needs.find((need) => !before.has(need))
    if (unknown) throw new Error(`${name} needs ${unknown} before it`)
    before.add(name)
  }
}

async function runStage(
  stage: Stage,
  needed: readonly Promise<StageRecord>[],
  now: () => number,
): Promise<StageRecord> {
  const blocking = (await Promise.all(needed)).filter(
    ({ outcome }) => outcome === "failed" || outcome === "blocked",
  )
  const { name } = stage
  if (blocking.length > 0) {
    const summary = `not run: needs ${blocking.map((each) => each.name).join(", ")}`
    return { name, outcome: "blocked", summary, details: undefined, seconds: 0 }
  }
  const start = now()
  const seconds = () => (now() - start) / 1000
  try {
    const { details, skipped, summary } = await stage.run()
    const outcome = skipped ? "skipped" : "passed"
    return { name, outcome, summary, details, seconds: seconds() }
  } catch (error) {
    const { details, summary } = reasonOf(error)
    return { name, outcome: "failed", summary, details, seconds: seconds() }
  }
}
