import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const PROGRAM = fileURLToPath(
  new URL("../../src/install/prints.py", import.meta.url),
)

/** What becomes of a command that prints this, where 1.2.0rc1 is asked for. */
function printed(text: string) {
  const command = ["python3", "-c", "import sys; print(sys.argv[1])", text]
  const { status, stderr } = spawnSync(
    "python3",
    [PROGRAM, "1.2.0rc1,1.2.0-rc.1", ...command],
    { encoding: "utf8" },
  )
  return { status, stderr }
}

describe("the version that a command prints", () => {
  it.each([
    "1.2.0rc1",
    "tool v1.2.0-rc.1",
    "tool, version 1.2.0rc1 (Python 3.12.4)",
    "Python tool=1.2.0rc1/3",
  ])("is right in %j", (text) => {
    expect(printed(text)).toEqual({ status: 0, stderr: "" })
  })

  it.each(["tool 1.2.0", "tool 11.2.0rc1", "1.2.0rc1.dev3", ""])(
    "is missing in %j",
    (text) => {
      const { status, stderr } = printed(text)
      expect(status).toBe(1)
      expect(stderr).toContain("printed no 1.2.0rc1 or 1.2.0-rc.1")
    },
  )

  it("may come after that of something else, as Flask tells its own after Python's", () => {
    expect(printed("Python 3.12.4\nTool 1.2.0rc1").status).toBe(0)
  })
})
