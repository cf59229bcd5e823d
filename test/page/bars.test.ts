import { describe, expect, it } from "vitest"

import { barsOf, shownTime, timeInWords } from "../../src/page/bars.js"
import { timelineOf } from "../../src/pipeline/timeline.js"
import { ran, record } from "../helpers/builders.js"

const STAGES = [
  ran("frontend", 0, 10),
  ran("build", 10, 19.999, ["frontend"]),
  ran("publish", 19.999, 20, ["build"]),
  record({ name: "github", outcome: "skipped", start: 20, end: 20 }),
]
const timeline = timelineOf(STAGES)
const bars = barsOf(STAGES, timeline)

describe("a stage on the time line", () => {
  it("has its bar where it ran, wide enough to be seen, if it ran", () => {
    expect(bars.map(({ name, width, x }) => [name, x, width])).toStrictEqual([
      ["frontend", 0, 500],
      ["build", 500, 500],
      ["publish", 996, 4],
    ])
  })

  it("says in words when it ran and after which", () => {
    const words = bars.map(({ after, from, took, to }) => [
      took,
      from,
      to,
      after,
    ])
    expect(words).toStrictEqual([
      ["10.0 s", "0.0 s", "10.0 s", undefined],
      ["10.0 s", "10.0 s", "20.0 s", "frontend"],
      ["0.0 s", "20.0 s", "20.0 s", "build"],
    ])
  })

  it("is told apart where the run was waiting for it", () => {
    const stages = [...STAGES, ran("lint", 0, 19)]
    const found = barsOf(stages, timelineOf(stages))
    expect(found.map(({ inChain }) => inChain)).toStrictEqual([
      ...[true, true, true, false],
    ])
  })
})

describe("the time of a run in words", () => {
  it("is what it took, and what it was waiting for", () => {
    expect(timeInWords(timeline)).toStrictEqual([
      "It took 20.0 s for 20.0 s of work.",
      "The longest chain, each waiting for the one before it: frontend 10.0 s → build 10.0 s → publish 0.0 s.",
    ])
  })

  it("tells how many stages ran side by side", () => {
    const [first] = timeInWords(timelineOf([...STAGES, ran("lint", 0, 20)]))
    expect(first).toBe(
      "It took 20.0 s for 40.0 s of work, with up to 2 stages side by side.",
    )
  })

  it("has no chain where one stage ran, or none", () => {
    expect(timeInWords(timelineOf([ran("lint", 0, 1)]))).toHaveLength(1)
    expect(timeInWords(timelineOf([]))).toHaveLength(1)
  })
})

describe("a time for people", () => {
  it.each([
    [0, "0.0 s"],
    [7.94, "7.9 s"],
    [119.9, "119.9 s"],
    [120, "2 min 0 s"],
    [179.6, "3 min 0 s"],
    [3725, "62 min 5 s"],
  ])("of %d s is %j", (seconds, shown) => {
    expect(shownTime(seconds)).toBe(shown)
  })
})
