import { describe, expect, it } from "vitest"

import { isBreak, levelOf } from "../../src/compare/change.js"
import { change } from "../helpers/compared.js"

describe("what changes ask of who uses the package", () => {
  it("is the most that one of them asks", () => {
    const [fix, feature, breaking] = (
      ["fix", "feature", "breaking"] as const
    ).map((level) => change({ level }))
    expect(levelOf([])).toBe("fix")
    expect(levelOf([fix, feature].flatMap((each) => each ?? []))).toBe(
      "feature",
    )
    expect(levelOf([breaking, fix].flatMap((each) => each ?? []))).toBe(
      "breaking",
    )
  })

  it("is proved by nothing that is doubtful", () => {
    const doubtful = change({ doubtful: true })
    expect(isBreak(doubtful)).toBe(false)
    expect(isBreak(change())).toBe(true)
    expect(levelOf([doubtful])).toBe("fix")
  })
})
