import { fault } from "../errors.js"
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { reasonOf, StageFailure } from "./failure.js"

/** What a stage found when nothing was wrong. */
export interface Finding {
  readonly summary: string
  /** More, for the reader who wants it; Markdown. */
  readonly details?: string
  /** What is worth saying at the end, though it stops nothing. */
  readonly remarks?: readonly string[]
  /** The same for machines. */
  readonly data?: unknown
  /** The stage has nothing to do here, and `summary` says why. */
  readonly skipped?: boolean
}

/** What a stage would do. */
export interface Intent {
  readonly does: string
  readonly commands?: readonly (readonly string[])[]
  /** Whose word it needs to do it in earnest. */
  readonly credential?: string
  /** What nobody can take back afterwards. */
  readonly lasting?: string
}

/** What a stage does, or why it has nothing to do here, where that is known before anything runs. */
type Doing =
  | { readonly run: () => Promise<Finding>; readonly skip?: undefined }
  | { readonly skip: string }

/** The work of a stage, and for the plan what it is and with which commands. */
export type Work = Doing & {
  readonly plan: Intent
  /** Begins what waits for nothing, such as a question to the world; what goes wrong with it is told by the work itself, which asks for the same again. */
  readonly begin?: () => Promise<unknown>
}

/** One step of a release; it runs as soon as all that it needs has passed. */
export type Stage = Work & {
  readonly name: string
  readonly needs: readonly string[]
}

/** Does it, unless there is a reason not to. */
export function unless(
  reason: string | undefined,
  run: () => Promise<Finding>,
): Doing {
  return reason === undefined ? { run } : { skip: reason }
}

/** Does it, unless the project has switched it off, with its reason. */
export function unlessOff(
  off: string | undefined,
  run: () => Promise<Finding>,
): Doing {
  return unless(off === undefined ? undefined : `switched off: ${off}`, run)
}

export type Outcome = "passed" | "failed" | "skipped" | "blocked"

/** What became of a stage, and when: in seconds since the first one could start. */
export interface StageRecord {
  readonly name: string
  /** The stages that it waited for. */
  readonly needs: readonly string[]
  readonly outcome: Outcome
  readonly summary: string
  readonly details: string | undefined
  readonly remarks: readonly string[]
  /** What a machine may want of it. */
  readonly data?: unknown
  readonly start: number
  readonly end: number
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
  limit: number,
  starts: (name: string) => void = () => undefined,
): Promise<StageRecord[]> {
  refuseUnknownNeeds(stages)
  const records = new Map<string, Promise<StageRecord>>()
  const begun = now()
  for (const stage of stages) {
    const needed = stage.needs.flatMap((name) => records.get(name) ?? [])
    const record = runStage(stage, needed, () => now() - begun, limit, starts)
    records.set(stage.name, record)
    if (stage.skip === undefined)
      stage.begin?.().catch(() => "told by the work itself")
    void record.then(tell)
  }
  return Promise.all(records.values())
}

/** Before any stage starts, because some can't be taken back. */
function refuseUnknownNeeds(stages: readonly Stage[]): void {
  const before = new Set<string>()
  for (const { name, needs } of stages) {
    const unknown = needs.find((need) => !before.has(need))
    if (unknown) throw fault(`${name} needs ${unknown} before it`)
    before.add(name)
  }
}

/** Does the work of a stage, and fails where it takes longer than it may: what hangs in the engine ends with the call. */
export async function within<T>(
  seconds: number,
  { commands = [], does }: Intent,
  run: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new StageFailure(
          `still ran after ${seconds} s, the limit of a stage`,
          [
            `What ran: ${does}.`,
            ...commands.map((command) => `- ${code(commandLine(command))}`),
            "",
            "Find what it waits for, or give it more time: `stage` in `[tool.shipwheel.limits]`.",
          ].join("\n"),
        ),
      )
    }, seconds * 1000)
  })
  try {
    return await Promise.race([run(), over])
  } finally {
    clearTimeout(timer)
  }
}

async function runStage(
  stage: Stage,
  needed: readonly Promise<StageRecord>[],
  elapsed: () => number,
  limit: number,
  starts: (name: string) => void,
): Promise<StageRecord> {
  const blocking = (await Promise.all(needed)).filter(
    ({ outcome }) => outcome === "failed" || outcome === "blocked",
  )
  const start = elapsed()
  const told = (outcome: Outcome, finding: Finding) =>
    recordOf(stage, outcome, finding, { start, end: elapsed() })
  if (blocking.length > 0) {
    const summary = `not run: needs ${blocking.map((each) => each.name).join(", ")}`
    return recordOf(stage, "blocked", { summary }, { start, end: start })
  }
  if (stage.skip !== undefined)
    return recordOf(
      stage,
      "skipped",
      { summary: stage.skip },
      { start, end: start },
    )
  starts(stage.name)
  try {
    const finding = await within(limit, stage.plan, stage.run)
    return told(finding.skipped ? "skipped" : "passed", finding)
  } catch (error) {
    return told("failed", reasonOf(error))
  }
}

/** When something ran, in milliseconds. */
interface Elapsed {
  readonly start: number
  readonly end: number
}

function recordOf(
  { name, needs }: Stage,
  outcome: Outcome,
  { data, details, remarks = [], summary }: Finding,
  { end, start }: Elapsed,
): StageRecord {
  return {
    name,
    needs,
    outcome,
    summary,
    details,
    remarks,
    ...(data !== undefined && { data }),
    start: start / 1000,
    end: end / 1000,
    seconds: (end - start) / 1000,
  }
}
