import { MARKS } from "../pipeline/marks.js"
import type { StageRecord } from "../pipeline/pipeline.js"

/** What a stage proves once it has passed. */
const PROVES: Readonly<Record<string, string>> = {
  reproduce: "A second build gives the same bytes",
  install: "The built files install and run",
  verify: "What the index gives is what was built",
}

/** Something that a reader may rely on, or why not. */
export interface Proof {
  readonly proven: boolean
  readonly mark: string
  readonly what: string
  /** In the words of its stage; Markdown. */
  readonly said: string
}

/** What the stages of a run prove; what none of them is for is not spoken of. */
export function proofsOf(stages: readonly StageRecord[]): Proof[] {
  return stages.flatMap(({ name, outcome, summary }) => {
    const what = PROVES[name]
    if (what === undefined) return []
    const proven = outcome === "passed"
    const mark = proven ? MARKS.passed : "– not proven"
    return [{ proven, mark, what, said: summary }]
  })
}
