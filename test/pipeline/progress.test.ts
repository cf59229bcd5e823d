import { describe, expect, it } from "vitest"

import { progressOf } from "../../src/pipeline/progress.js"

function follow(...names: string[]) {
  const clock = { seconds: 0 }
  return { clock, ...progressOf(names, () => clock.seconds * 1000) }
}

describe("the progress of a run", () => {
  it("says what started, what runs now and since when, and what is left", () => {
    const { clock, started } = follow("test", "lint", "build")
    expect(started("test")).toBe(
      "▸ started: test; runs now: test (0 s); left: lint, build",
    )
    clock.seconds = 12.4
    expect(started("lint")).toBe(
      "▸ started: lint; runs now: test (12 s), lint (0 s); left: build",
    )
  })

  it("says when a stage has ended what still runs", () => {
    const { clock, ended, started } = follow("test", "lint", "build")
    started("test")
    started("lint")
    clock.seconds = 40
    expect(ended("lint")).toBe("▸ runs now: test (40 s); left: build")
  })

  it("takes what never starts for done, and has nothing to say at the end", () => {
    const { ended, started } = follow("test", "build")
    started("test")
    expect(ended("test")).toBe("▸ left: build")
    expect(ended("build")).toBeUndefined()
  })
})
