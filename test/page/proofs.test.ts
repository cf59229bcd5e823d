import { describe, expect, it } from "vitest"

import { proofsOf } from "../../src/page/proofs.js"
import { record } from "../helpers/builders.js"

describe("what a run proves", () => {
  it("is what its stages found, in their words", () => {
    const summary = "a second build elsewhere gave the same bytes"
    const stages = [record(), record({ name: "reproduce", summary })]
    expect(proofsOf(stages)).toStrictEqual([
      {
        proven: true,
        mark: "✓ passed",
        what: "A second build gives the same bytes",
        said: summary,
      },
    ])
  })

  it.each(["skipped", "failed", "blocked"] as const)(
    "is not what a stage is for that was %s, and its words say why",
    (outcome) => {
      const summary = "switched off: the compiler writes the time"
      const stages = [record({ name: "reproduce", outcome, summary })]
      expect(proofsOf(stages)).toMatchObject([
        { proven: false, mark: "– not proven", said: summary },
      ])
    },
  )
})
