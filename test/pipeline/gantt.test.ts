import { describe, expect, it } from "vitest"

import { gantt } from "../../src/pipeline/gantt.js"
import { ran } from "../helpers/builders.js"

describe("the diagram of a run", () => {
  it("has a bar for each stage that ran, and marks the longest chain", () => {
    const stages = [
      ran("lint", 0, 3.5),
      ran("frontend", 0, 11.25),
      ran("integration", 11.25, 11.25, ["frontend"]),
      ran("build", 11.25, 77, ["frontend"]),
    ]
    expect(gantt(stages)).toBe(`gantt
dateFormat HH:mm:ss.SSS
axisFormat %M:%S
lint 3.5 s :done, 00:00:00.000, 00:00:03.500
frontend 11.3 s :crit, 00:00:00.000, 00:00:11.250
build 65.8 s :crit, 00:00:11.250, 00:01:17.000`)
  })

  it("of more than an hour counts in hours", () => {
    const text = gantt([ran("verify", 0, 4000)])
    expect(text).toContain("axisFormat %H:%M")
    expect(text).toContain("00:00:00.000, 01:06:40.000")
  })

  it("does not end after midnight", () => {
    expect(gantt([ran("verify", 0, 90_000)])).toContain(", 23:59:59.999")
  })

  it("has nothing in a name that Mermaid would read as its own", () => {
    const text = gantt([ran("a:b;c#d%%e\nsection x", 0, 1)])
    expect(text).toContain("a b c d  e section x 1.0 s :crit")
  })
})
