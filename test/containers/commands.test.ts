import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import {
  allOf,
  type LabelledCommand,
  runAll,
  settleAll,
  throwFailed,
} from "../../src/containers/commands.js"
import { StageFailure } from "../../src/pipeline/failure.js"
import { recordCalls } from "../helpers/recorded-engine.js"

function command(label: string): LabelledCommand {
  return { label, container: dag.container(), command: ["check", label] }
}

/** What is thrown, as the report tells it. */
async function failureOf(running: () => Promise<unknown>) {
  const error: unknown = await running().catch((each: unknown) => each)
  if (error instanceof StageFailure) return error
  throw new Error("it did not fail")
}

const BOTH = [command("one"), command("two")]

describe("commands side by side", () => {
  it("give their outputs in their order", async () => {
    const { result } = await recordCalls(() => runAll(BOTH), {
      "check one": "first",
      "check two": "second",
    })
    expect(result.map(({ label, output }) => [label, output])).toEqual([
      ["one", "first"],
      ["two", "second"],
    ])
  })

  it("all run to their end when one fails", async () => {
    const { calls, result } = await recordCalls(() => settleAll(BOTH), {
      "check one": new Error("no berth is free"),
      "check two": "second",
    })
    expect(calls.allOf("check")).toHaveLength(BOTH.length)
    expect(result[0]?.reason?.summary).toBe("`check one` exited with 1")
    expect(result[0]?.reason?.details).toContain("no berth is free")
    expect(result[1]).toEqual({
      label: "two",
      output: "second",
      reason: undefined,
    })
  })

  it("fail with all that failed", async () => {
    const failure = await failureOf(() =>
      recordCalls(() => runAll(BOTH), {
        "check one": new Error("no berth is free"),
        "check two": new Error("no crane"),
      }),
    )
    expect(failure.summary).toBe(
      "one: `check one` exited with 1; two: `check two` exited with 1",
    )
    expect(failure.details).toMatch(
      /### one\n\n```\n.*no berth is free.*\n```\n\n### two\n\n```\n.*no crane.*\n```/s,
    )
  })

  it("close the summary with what else there is to say", async () => {
    const reason = { summary: "broke", details: "all of it" }
    const settled = [{ label: "one", output: "", reason }]
    const failure = await failureOf(() =>
      Promise.resolve().then(() => {
        throwFailed(settled, "two passed")
      }),
    )
    expect(failure.summary).toBe("one: broke; two passed")
  })

  it("do not fail where nothing failed", () => {
    const settled = [{ label: "one", output: "", reason: undefined }]
    expect(() => {
      throwFailed(settled, "two passed")
    }).not.toThrow()
  })
})

describe("waiting for all", () => {
  it("gives all results", async () => {
    expect(await allOf([Promise.resolve(1), "two"])).toEqual([1, "two"])
  })

  it("fails with all that failed", async () => {
    const failure = await failureOf(() =>
      allOf([
        Promise.reject(new StageFailure("one", "the first")),
        Promise.reject(new StageFailure("two", "the second")),
      ]),
    )
    expect(failure.summary).toBe("one; two")
    expect(failure.details).toBe("the first\n\nthe second")
  })
})
