import { describe, expect, it } from "vitest"

import { hasRun, timelineOf, waitedFor } from "../../src/pipeline/timeline.js"
import { ran } from "../helpers/builders.js"

const STAGES = [
  ran("test", 0, 8),
  ran("lint", 0, 3.5),
  ran("frontend", 0, 11),
  ran("build", 11, 17, ["frontend"]),
  ran("check", 17, 20, ["build"]),
  ran("install", 17, 29, ["build"]),
  ran("publish", 29, 31, ["test", "lint", "check", "install"]),
]

const names = (stages: readonly { name: string }[]) =>
  stages.map(({ name }) => name)

describe("the time line of a run", () => {
  it("has the chain of stages that it was waiting for", () => {
    expect(names(timelineOf(STAGES).chain)).toStrictEqual([
      ...["frontend", "build", "install", "publish"],
    ])
  })

  it("tells what it took, what all stages took, and how many ran side by side", () => {
    expect(timelineOf(STAGES)).toMatchObject({
      lasted: 31,
      work: 45.5,
      abreast: 3,
    })
  })

  it("follows what was waited for through a stage that had nothing to do", () => {
    const stages = [
      ran("frontend", 0, 4),
      ran("build", 4, 4, ["frontend"]),
      ran("check", 4, 6, ["build"]),
      ran("github", 6, 6, ["check"]),
    ]
    expect(names(timelineOf(stages).chain)).toStrictEqual(["frontend", "check"])
  })

  it.each([[[]], [[ran("test", 0, 0)]]])("of %j has no chain", (stages) => {
    expect(timelineOf(stages)).toStrictEqual({
      lasted: 0,
      work: 0,
      abreast: 0,
      chain: [],
    })
  })
})

describe("a stage", () => {
  it("waited for what ended last of what it needs", () => {
    const [test, ...others] = STAGES
    const publish = others.at(-1)
    expect(publish && waitedFor(publish, STAGES)?.name).toBe("install")
    expect(test && waitedFor(test, STAGES)).toBeUndefined()
  })

  it("of two that ended at once waited for the one that ran", () => {
    const stages = [
      ran("test", 0, 4),
      ran("integration", 4, 4, ["test"]),
      ran("publish", 4, 5, ["integration", "test"]),
    ]
    expect(names(timelineOf(stages).chain)).toStrictEqual(["test", "publish"])
  })

  it.each([
    [0, 0, false],
    [4, 4, false],
    [4, 4.001, true],
  ])("from %d to %d has run: %j", (start, end, expected) => {
    expect(hasRun(ran("test", start, end))).toBe(expected)
  })
})
