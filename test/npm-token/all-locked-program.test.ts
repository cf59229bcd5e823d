import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

const PROGRAM = "src/npm-token/all_locked.sh"
const line = (data: string) =>
  JSON.stringify({
    ...{ type: "info", name: null, displayName: "YN0000", indent: "" },
    data,
  })

/** What the program makes of a Yarn that says this and fails, as it does without a network. */
function asked(...said: string[]) {
  const file = join(mkdtempSync(join(tmpdir(), "locked-")), "all-locked")
  const yarn = ["node", "-e", "console.log(process.argv[1]); process.exit(1)"]
  const words = [PROGRAM, file, ...yarn, said.join("\n")]
  const { status, stderr } = spawnSync("sh", words, { encoding: "utf8" })
  return { status, stderr, made: existsSync(file) }
}

describe("a lockfile of Yarn", () => {
  it("has all where Yarn begins to fetch", () => {
    const said = [line("┌ Resolution step"), line("┌ Fetch step")]
    expect(asked(...said)).toEqual({ status: 0, stderr: "", made: true })
  })

  it("lacks something where Yarn does not come so far", () => {
    const { made, status, stderr } = asked(
      line("┌ Resolution step"),
      line("dep: blocked\n┌ Fetch step"),
      `x${line("┌ Fetch step")}`,
    )
    expect({ made, status }).toEqual({ made: false, status: 1 })
    expect(stderr).toContain(
      'The lockfile does not have all that package.json asks for. With --npm-token nothing else is fetched: run "yarn install" and commit the lockfile.',
    )
  })

  it("is read without a network", () => {
    const file = join(mkdtempSync(join(tmpdir(), "locked-")), "all-locked")
    const command = ["sh", "-c", "echo network $YARN_ENABLE_NETWORK; exit 1"]
    const ran = spawnSync("sh", [PROGRAM, file, ...command], {
      encoding: "utf8",
    })
    expect(ran.stdout).toContain("network false")
  })
})
