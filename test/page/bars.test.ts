import { describe, expect, it } from "vitest"

import { stageRows, timeInWords } from "../../src/page/bars.js"
import { timelineOf } from "../../src/pipeline/timeline.js"
import { ran, record } from "../helpers/builders.js"

const STAGES = [
  ran("frontend", 0, 10),
  ran("build", 10, 19.999, ["frontend"]),
  ran("publish", 19.999, 20, ["build"]),
  record({ name: "github", outcome: "skipped", start: 20, end: 20 }),
]
const timeline = timelineOf(STAGES)
const rows = stageRows(STAGES, timeline)

describe("a stage on the time line", () => {
  it("has its bar where it ran, wide enough to be seen", () => {
    expect(rows.map(({ bar }) => bar)).toStrictEqual([
      { x: 0, width: 500 },
      { x: 500, width: 500 },
      { x: 996, width: 4 },
      undefined,
    ])
  })

  it("says in words when it ran and after which", () => {
    expect(rows.map(({ when }) => when)).toStrictEqual([
      "10.0 s, from 0.0 to 10.0",
      "10.0 s, from 10.0 to 20.0, after frontend",
      "0.0 s, from 20.0 to 20.0, after build",
      "",
    ])
  })

  it("is told apart where the run was waiting for it", () => {
    expect(rows.map(({ inChain }) => inChain)).toStrictEqual([
      ...[true, true, true, false],
    ])
  })

  it("has more to say where it said more; remarks have a place of their own", () => {
    const said = record({ details: "<b> `a`", remarks: ["Old."] })
    const [row] = stageRows([said], timeline)
    expect(row?.details).toBe("<p>&lt;b&gt; <code>a</code></p>\n")
    expect(rows[0]?.details).toBeUndefined()
  })

  it("leaves what changed to its own section", () => {
    const compare = record({ name: "compare", details: "Much." })
    expect(stageRows([compare], timeline)[0]?.details).toBeUndefined()
  })
})

describe("the time of a run in words", () => {
  it("is what it took, and what it was waiting for", () => {
    expect(timeInWords(timeline)).toStrictEqual([
      "It took 20.0 s for 20.0 s of work.",
      "The longest chain, each waiting for the one before it: frontend 10.0 s → build 10.0 s → publish 0.0 s.",
    ])
  })

  it("has no chain where nothing ran", () => {
    expect(timeInWords(timelineOf([]))).toHaveLength(1)
  })
})
