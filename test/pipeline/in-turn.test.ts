import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { limited } from "../../src/containers/commands.js"
import { commandFailure } from "../../src/pipeline/failure.js"
import {
  commandsInTurn,
  failedInTurn,
  inTurn,
  lastWords,
} from "../../src/pipeline/in-turn.js"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))
const SAYS = (words: string) => [
  "sh",
  "-c",
  `echo ${words}; echo ${words}? >&2`,
]

/** What the program makes of commands here, in the form in which the engine tells it. */
function run(...commands: string[][]) {
  const cmd = inTurn(commands)
  const [program = "", , ...args] = cmd
  const file = join(SRC, "containers/in_turn.sh")
  const { status, stderr, stdout } = spawnSync(program, [file, ...args], {
    encoding: "utf8",
  })
  return { cmd, exitCode: status ?? -1, stdout, stderr }
}

describe("commands in turn", () => {
  it("all run, and the last of them has the last word", () => {
    const done = run(SAYS("one"), SAYS("two"))
    expect(done.exitCode).toBe(0)
    expect(done.stdout).toMatch(/one\n[^]*two\n/)
    expect(lastWords(done.stdout)).toBe("two\n")
  })

  it("end at the first that fails, which is told as if it had run alone", () => {
    const fails = ["sh", "-c", "echo half; echo broken >&2; exit 7"]
    const done = run(SAYS("one"), fails, SAYS("three"))
    expect(done.stdout).not.toContain("three")
    expect(failedInTurn(done)).toEqual({
      cmd: fails,
      exitCode: 7,
      stdout: "half\n",
      stderr: "broken\n",
    })
    const alone = { cmd: fails, exitCode: 7, stdout: "half\n" }
    expect(commandFailure(done)).toEqual(
      commandFailure({ ...alone, stderr: "broken\n" }),
    )
  })

  it("are told apart where one says nothing, of which the engine leaves out the last line end", () => {
    const fails = ["sh", "-c", "echo broken; exit 7"]
    const done = run(SAYS("one"), fails)
    const asEngine = { ...done, stderr: done.stderr.trimEnd() }
    expect(failedInTurn(asEngine)).toMatchObject({ cmd: fails, stderr: "" })
  })

  it("each end at their own limit", () => {
    const done = run(
      SAYS("one"),
      limited(["sleep", "60"], { test: 0.1 }, "test"),
      SAYS("three"),
    )
    expect(commandFailure(done)).toEqual({
      summary: "`sleep 60` still ran after 0.1 s, its limit, and was ended",
      details: expect.stringContaining("It said nothing.") as string,
    })
  })

  it.each([
    ["nothing", []],
    ["an empty word", [""]],
    ["what a shell would act on", ["$HOME `id` $(id); rm -rf *", "a  b\n c"]],
    ["numbers and options", ["3", "-n", "--", "\\n"]],
  ])("get their words as they are: %s", (_, words) => {
    const shows = ["printf", "<%s>", ...words]
    const done = run(shows, shows)
    const expected = words.length > 0 ? words : [""]
    expect(lastWords(done.stdout)).toBe(
      expected.map((each) => `<${each}>`).join(""),
    )
    expect(commandsInTurn(done.cmd)).toEqual([shows, shows])
  })

  it("say which program is not there", () => {
    const { summary } = commandFailure(run(SAYS("one"), ["no-such-program"]))
    expect(summary).toBe("`no-such-program` exited with 127")
  })

  it("of another program are that program's own", () => {
    expect(commandsInTurn(["sh", "/try.sh", "1", "a"])).toEqual([])
    const failed = { cmd: ["pytest"], exitCode: 1, stdout: "a", stderr: "b" }
    expect(failedInTurn(failed)).toBe(failed)
    expect(lastWords("3 passed\n")).toBe("3 passed\n")
  })

  it("are told together where none of them came to run, or one lies about its number", () => {
    const { cmd } = run(SAYS("one"))
    const failed = { cmd, exitCode: 1, stdout: "", stderr: "no room left" }
    expect(failedInTurn(failed)).toBe(failed)
    const forged = { ...failed, stderr: "\u001E0\n\u001E99\n" }
    expect(failedInTurn(forged)).toBe(forged)
  })
})
