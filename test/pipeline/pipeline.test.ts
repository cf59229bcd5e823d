import { describe, expect, it, vi } from "vitest"

import {
  type Finding,
  runPipeline,
  type Stage,
  type StageRecord,
  within,
} from "../../src/pipeline/pipeline.js"
import { fail, held, outcomes, pass, signal, stage } from "../helpers/stages.js"

/** Longer than any stage here runs. */
const LIMIT = 60

function run(
  stages: readonly Stage[],
  tell: (record: StageRecord) => void = () => undefined,
) {
  return runPipeline(stages, () => 0, tell, LIMIT)
}

/** A clock that shows these times, one after the other. */
function clock(...times: number[]) {
  return () => times.shift() ?? Number.NaN
}

describe("the order of a pipeline", () => {
  it("starts a stage after all that it needs has ended", async () => {
    const log: string[] = []
    const logged = (name: string, needs: string[] = []) =>
      stage(name, needs, async () => {
        log.push(`${name} starts`)
        await Promise.resolve()
        log.push(`${name} ends`)
        return { summary: "" }
      })
    await run([logged("a"), logged("b", ["a"]), logged("c", ["a", "b"])])
    expect(log).toStrictEqual(
      ["a", "b", "c"].flatMap((name) => [`${name} starts`, `${name} ends`]),
    )
  })

  it("lets a stage that needs nothing start while another one runs", async () => {
    const first = held("first")
    const second = held("second")
    const records = run([first, second])
    await Promise.all([first.started, second.started])
    second.finish()
    first.finish()
    expect(outcomes(await records)).toStrictEqual([
      "first: passed",
      "second: passed",
    ])
  })

  it("tells what starts, and nothing of what never does", async () => {
    const started: string[] = []
    await runPipeline(
      [stage("test", [], fail), stage("lint"), stage("publish", ["test"])],
      () => 0,
      () => undefined,
      LIMIT,
      (name) => started.push(name),
    )
    expect(started).toStrictEqual(["test", "lint"])
  })

  it("lets a stage wait for what it needs, and for nothing else", async () => {
    const slow = held("slow")
    const last = held("last", ["quick"])
    const records = run([slow, stage("quick"), last])
    await last.started
    last.finish()
    slow.finish()
    expect(outcomes(await records)).toStrictEqual([
      "slow: passed",
      "quick: passed",
      "last: passed",
    ])
  })

  it("begins what waits for nothing beside those that it needs, and fails by its work alone", async () => {
    const slow = held("slow")
    const begun = signal<string>()
    const begin = () => {
      begun.send("asked")
      return Promise.reject(new Error("nobody answers"))
    }
    const records = run([slow, { ...stage("compare", ["slow"]), begin }])
    expect(await begun.arrived).toBe("asked")
    slow.finish()
    expect(outcomes(await records)).toStrictEqual([
      "slow: passed",
      "compare: passed",
    ])
  })

  it("begins nothing of a stage that is left out", async () => {
    const begin = vi.fn(() => Promise.resolve())
    const { name, needs, plan } = stage("compare")
    await run([{ name, needs, plan, begin, skip: "switched off" }])
    expect(begin).not.toHaveBeenCalled()
  })

  it.each([
    ["is not there", [stage("a"), stage("b", ["x"])], "b needs x before it"],
    ["comes later", [stage("b", ["a"]), stage("a")], "b needs a before it"],
    ["is the stage itself", [stage("a", ["a"])], "a needs a before it"],
  ])("is refused where a need %s", async (_, stages, message) => {
    await expect(run(stages)).rejects.toThrow(`: ${message}. Please`)
  })

  it("of no stages is empty", async () => {
    expect(await run([])).toStrictEqual([])
  })
})

describe("a stage that fails", () => {
  it("blocks what needs it, and what needs that, and nothing else", async () => {
    const started: string[] = []
    const noted = (name: string, needs: string[] = []) =>
      stage(name, needs, () => {
        started.push(name)
        return pass()
      })
    const records = await run([
      stage("test", [], fail),
      noted("lint"),
      noted("publish", ["lint", "test"]),
      noted("verify", ["publish"]),
      noted("notes", ["lint"]),
    ])
    expect(started).toStrictEqual(["lint", "notes"])
    expect(outcomes(records)).toStrictEqual([
      "test: failed",
      "lint: passed",
      "publish: blocked",
      "verify: blocked",
      "notes: passed",
    ])
    expect(records[3]).toStrictEqual({
      name: "verify",
      needs: ["publish"],
      outcome: "blocked",
      summary: "not run: needs publish",
      details: undefined,
      start: 0,
      end: 0,
      seconds: 0,
      remarks: [],
    })
  })

  it("is named beside the others that block the same stage", async () => {
    const records = await run([
      stage("test", [], fail),
      stage("lint"),
      stage("build", [], fail),
      stage("publish", ["test", "lint", "build"]),
    ])
    expect(records[3]?.summary).toBe("not run: needs test, build")
  })

  it("tells its reason", async () => {
    const fails = () => Promise.reject(new Error("no route\nat dial"))
    const [record] = await run([stage("test", [], fails)])
    expect(record).toMatchObject({
      summary: "no route",
      details: "no route\nat dial",
    })
  })

  it("may fail before it returns a promise", async () => {
    const throws = () => {
      throw new Error("at once")
    }
    const [record] = await run([stage("test", [], throws)])
    expect(record).toMatchObject({ outcome: "failed", summary: "at once" })
  })
})

describe("a stage with nothing to do", () => {
  it("is skipped with its reason, and blocks nothing", async () => {
    const skip = () => Promise.resolve({ summary: "no page", skipped: true })
    const records = await run([
      stage("frontend", [], skip),
      stage("build", ["frontend"]),
    ])
    expect(records[0]?.summary).toBe("no page")
    expect(outcomes(records)).toStrictEqual([
      "frontend: skipped",
      "build: passed",
    ])
  })
})

describe("a stage that never ends", () => {
  it("fails at its limit with what ran, blocks what needs it, and holds up nothing else", async () => {
    vi.useFakeTimers()
    const endless = () => new Promise<Finding>(() => undefined)
    const verify = {
      ...stage("verify", [], endless),
      plan: { does: "install it", commands: [["quayside", "--demo"]] },
    }
    const stages = [verify, stage("github", ["verify"]), stage("other")]
    const records = runPipeline(
      stages,
      () => 0,
      () => undefined,
      900,
    )
    await vi.advanceTimersByTimeAsync(900_000)
    expect(outcomes(await records)).toStrictEqual([
      "verify: failed",
      "github: blocked",
      "other: passed",
    ])
    const [failed] = await records
    expect(failed?.summary).toBe("still ran after 900 s, the limit of a stage")
    expect(failed?.details).toContain(
      "What ran: install it.\n- `quayside --demo`",
    )
    expect(failed?.details).toContain("`stage` in `[tool.shipwheel.limits]`")
    vi.useRealTimers()
  })

  it("leaves no timer behind once it has ended", async () => {
    vi.useFakeTimers()
    await within(900, { does: "test" }, pass)
    await expect(within(900, { does: "test" }, fail)).rejects.toThrow("broken")
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})

describe("a record", () => {
  const ignore = () => undefined

  it("holds what was found, and when it ran by the given clock", async () => {
    const found = { summary: "12 passed", details: "on 3.9" }
    const stages = [stage("test", [], () => Promise.resolve(found))]
    const records = await runPipeline(
      stages,
      clock(500, 1000, 3500),
      ignore,
      LIMIT,
    )
    expect(records).toStrictEqual([
      {
        name: "test",
        needs: [],
        outcome: "passed",
        ...found,
        remarks: [],
        start: 0.5,
        end: 3,
        seconds: 2.5,
      },
    ])
  })

  it("holds the remarks of a stage that passed", async () => {
    const found = { summary: "fine", remarks: ["One thing."] }
    const stages = [stage("test", [], () => Promise.resolve(found))]
    const [record] = await runPipeline(stages, () => 0, ignore, LIMIT)
    expect(record?.remarks).toStrictEqual(["One thing."])
  })

  it("of a stage that is known to have nothing to do says why, and does not run it", async () => {
    const skip = "there are none"
    const stages = [
      { ...stage("integration", [], fail), skip },
      stage("publish", ["integration"]),
    ]
    const records = await runPipeline(stages, () => 0, ignore, LIMIT)
    expect(records[0]).toMatchObject({ outcome: "skipped", summary: skip })
    expect(records[1]?.outcome).toBe("passed")
  })

  it("of a stage that waited begins where the last of its needs ended", async () => {
    const records = await runPipeline(
      [stage("build"), stage("check", ["build"])],
      clock(1000, 1000, 3000, 3000, 4000),
      ignore,
      LIMIT,
    )
    expect(records.map(({ end, start }) => [start, end])).toStrictEqual([
      [0, 2],
      [2, 3],
    ])
  })

  it("holds the time of a failed stage too", async () => {
    const stages = [stage("test", [], fail)]
    const [record] = await runPipeline(stages, clock(0, 0, 500), ignore, LIMIT)
    expect(record?.seconds).toBe(0.5)
  })

  it("is told as soon as its stage has ended, while others still run", async () => {
    const slow = held("slow")
    const told: string[] = []
    const first = signal<string>()
    const records = run([slow, stage("quick")], ({ name }) => {
      told.push(name)
      first.send(name)
    })
    expect(await first.arrived).toBe("quick")
    slow.finish()
    await records
    expect(told).toStrictEqual(["quick", "slow"])
  })

  it("is told of failed and blocked stages too", async () => {
    const told: StageRecord[] = []
    const stages = [stage("test", [], fail), stage("publish", ["test"])]
    const records = await run(stages, (record) => told.push(record))
    expect(told).toStrictEqual(records)
  })
})
