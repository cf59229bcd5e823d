import { describe, expect, it } from "vitest"

import { LIMITS, resolveLimits } from "../../src/config/limits.js"
import { project } from "../helpers/builders.js"

const limits = (line: string) =>
  project({ toml: ["[tool.shipwheel.limits]", line] }).limits

describe("a limit", () => {
  it("is what the configuration says, and the others are as they were", () => {
    expect(limits("command = 30")).toStrictEqual({ ...LIMITS, command: 30 })
  })

  it("is there where nothing is said, and no stage has less than what it runs", () => {
    expect(resolveLimits()).toStrictEqual(LIMITS)
    expect(Math.max(...Object.values(LIMITS))).toBe(LIMITS.stage)
  })

  it.for(["command = 0", "test = -1", "build = 90000", 'serve = "60"'])(
    "is refused as %s",
    (line) => {
      expect(() => limits(line)).toThrow(
        "Accepted is a number of seconds from 1 to 86400, such as 900.",
      )
    },
  )

  it("that is not known is refused with those that are", () => {
    expect(() => limits("verify = 1")).toThrow(
      "Known are `test`, `build`, `command`, `serve`, `compare`, `install`, `upload`, `stage`.",
    )
  })
})
