import { spawnSync } from "node:child_process"

import { ExecError } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { LIMITS } from "../../src/config/limits.js"
import { limited } from "../../src/containers/commands.js"
import { problem } from "../../src/errors.js"
import {
  BOUNDED,
  commandFailure,
  fenced,
  inWords,
  lastLine,
  LIMITED_ANYWHERE,
  reasonOf,
  StageFailure,
  tail,
  WATCHED,
} from "../../src/pipeline/failure.js"

const FAILED = {
  cmd: ["pytest", "-q"],
  exitCode: 1,
  stdout: "1 failed\n",
  stderr: "a warning\n",
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, at) => `line ${at + 1}`).join("\n")
}

describe("the reason of a failure", () => {
  it("is the command, its exit code and its output where Dagger ran one", () => {
    const error = new ExecError("exit code: 1 [traceparent: 00-abc]", FAILED)
    expect(reasonOf(error)).toStrictEqual({
      summary: "`pytest -q` exited with 1",
      details: "```\n1 failed\n\na warning\n```",
      said: "1 failed\n\na warning\n",
    })
  })

  it("is what the stage says where the stage knows", () => {
    const { details, summary } = reasonOf(new StageFailure("a", "b"))
    expect({ details, summary }).toStrictEqual({ summary: "a", details: "b" })
  })

  it("is the message of any other error, its first line as the summary", () => {
    expect(reasonOf(new Error("no route to host\nat dial"))).toStrictEqual({
      summary: "no route to host",
      details: "no route to host\nat dial",
    })
  })

  it("is the text of whatever else was thrown", () => {
    expect(reasonOf("stopped").summary).toBe("stopped")
    expect(reasonOf(undefined).summary).toBe("undefined")
  })

  it("is the problem where the module refused", () => {
    expect(reasonOf(problem("index", "it is down", "Wait."))).toStrictEqual({
      summary: "index: it is down",
      details: "index: it is down\n   Wait.",
    })
  })
})

describe("a command that fails outside of a stage", () => {
  it("is told as in a stage", async () => {
    const error = new ExecError("exit code: 1 [traceparent: 00-abc]", FAILED)
    const told = inWords(() => Promise.reject(error))
    await expect(told).rejects.toThrow("`pytest -q` exited with 1")
  })

  it("changes nothing of what is no command", async () => {
    const error = problem("index", "it is down", "Wait.")
    await expect(inWords(() => Promise.reject(error))).rejects.toBe(error)
    expect(await inWords(() => Promise.resolve(1))).toBe(1)
  })
})

describe("what a command said is shown, and does nothing,", () => {
  const WILD = "\u001B[31mred\u001B[0m\n::add-mask::x\n##[error]y"

  it("in the details of its failure", () => {
    const { details } = commandFailure({ ...FAILED, stdout: WILD, stderr: "" })
    expect(details).toBe("```\nred\n: :add-mask::x\n# #[error]y\n```")
  })

  it("in its last line, and in the words of an error", () => {
    expect(lastLine("a\n\u001B[32m3 passed\u001B[0m\n")).toBe("3 passed")
    expect(reasonOf(new Error(WILD)).details).not.toMatch(/\u001B|^::|##\[/m)
  })

  it("in a command that was given such an argument", () => {
    const { summary } = commandFailure({ ...FAILED, cmd: ["a", "\u001B[31mb"] })
    expect(summary).toBe("`a 'b'` exited with 1")
  })
})

describe("a command with a limit", () => {
  const COMMAND = ["quayside", "serve"]
  const SENT = "timeout: sending signal TERM to command ‘quayside’\n"
  const BY_FORCE = `${SENT}timeout: sending signal KILL to command ‘quayside’\n`
  const run = (exitCode: number, stdout = "", stderr = "") =>
    commandFailure({
      cmd: limited(COMMAND, { command: 600 }, "command"),
      ...{ exitCode, stdout, stderr },
    })

  it.for([
    [124, SENT],
    [137, BY_FORCE],
  ] as const)(
    "that was ended at it is told with what ran, for how long, its last words and the next step: %i",
    ([code, sent]) => {
      expect(run(code, "waiting for a lock\n", sent)).toStrictEqual({
        summary:
          "`quayside serve` still ran after 600 s, its limit, and was ended",
        details:
          "Find what it waits for, or give it more time: `command` in `[tool.shipwheel.limits]`. What it said last:\n\n```\nwaiting for a lock\n```",
      })
    },
  )

  it.for([137, -9])(
    "that was killed by something else is told as that, with what mostly does it: %i",
    (code) => {
      expect(run(code, "", "loading 40 GB\n")).toStrictEqual({
        summary:
          "`quayside serve` was killed (SIGKILL) before its limit of 600 s",
        details:
          "Mostly the kernel does that when memory runs out: give the machine of the engine more, or let the command take less, such as by fewer processes at once. What it said last:\n\n```\nloading 40 GB\n```",
      })
    },
  )

  it("that was killed where nothing tells by whom is told as either", () => {
    const limits = { command: 600 }
    const cmd = limited(COMMAND, limits, "command", LIMITED_ANYWHERE)
    const said = { cmd, exitCode: 137, stdout: "", stderr: "" }
    const { details, summary } = commandFailure(said)
    expect(summary).toBe("`quayside serve` was killed (SIGKILL)")
    expect(details).toContain(
      "Or it did not end at its limit, `command` in `[tool.shipwheel.limits]`.",
    )
  })

  it("that has none may be killed as well", () => {
    const said = { cmd: COMMAND, exitCode: 137, stdout: "", stderr: "" }
    expect(commandFailure(said).summary).toBe(
      "`quayside serve` was killed (SIGKILL)",
    )
  })

  it("is told by itself, whatever stands before it", () => {
    const command = [...BOUNDED, ...WATCHED, ...COMMAND]
    const cmd = limited(command, { test: 600 }, "test")
    const said = { cmd, exitCode: 3, stdout: "", stderr: "" }
    expect(commandFailure(said).summary).toBe("`quayside serve` exited with 3")
  })

  it("says so where it said nothing", () => {
    expect(run(124).details).toContain("What it said last:\n\nIt said nothing.")
  })

  it("fails in its own words before that", () => {
    expect(run(3).summary).toBe("`quayside serve` exited with 3")
  })

  it("is told for the cause that a build has, too", () => {
    const cmd = limited(["python", "/build.py", "/dist"], LIMITS, "build")
    const failed = { cmd, exitCode: 1, stdout: "", stderr: "no" }
    const plain = { ...failed, cmd: cmd.slice(-3) }
    expect(commandFailure(failed)).toStrictEqual(commandFailure(plain))
  })

  it("of another program is that program's own", () => {
    const cmd = ["quayside", "timeout"]
    expect(
      commandFailure({ cmd, exitCode: 124, stdout: "", stderr: "" }).summary,
    ).toBe("`quayside timeout` exited with 124")
  })

  it("is ended by the tool that stands before it", () => {
    const [program = "", ...args] = limited(
      ["sleep", "60"],
      { test: 0.1 },
      "test",
    )
    expect(spawnSync(program, args).status).toBe(124)
    const deaf = [
      "sh",
      "-c",
      "trap '' TERM; echo up; while :; do sleep 1; done",
    ]
    const words = limited(deaf, { test: 0.5 }, "test").slice(6)
    const asEngine = ["-c", 'timeout "$@"; exit $?', "sh", "-v", "-k", "0.2"]
    const ended = spawnSync("sh", [...asEngine, ...words], { encoding: "utf8" })
    expect(ended.status).toBe(137)
    const cmd = limited(deaf, { test: 0.5 }, "test")
    const { stderr, stdout } = ended
    expect(
      commandFailure({ cmd, exitCode: 137, stderr, stdout }).summary,
    ).toMatch(/ still ran after 0\.5 s, its limit, and was ended$/)
  })
})

describe("a stage's failure", () => {
  it("holds summary and details in its message", () => {
    expect(new StageFailure("short", "long").message).toBe("short\n\nlong")
  })

  it("holds the summary alone where there is no more to say", () => {
    expect(new StageFailure("short", "").message).toBe("short")
  })
})

describe("a program of ours that breaks at what it was given", () => {
  const TRACED =
    'a warning\nTraceback (most recent call last):\n  File "/facts.py", line 7\nValueError: \u001B[31mno\n'
  const told = (path: string, stderr = TRACED) =>
    reasonOf(
      new ExecError("", { ...FAILED, cmd: ["python", path, "/dist"], stderr }),
    )

  it("is told in our words, with what Python said last and whose fault it is", () => {
    const { details, summary } = told("/facts.py")
    expect(summary).toBe(
      "`facts.py` can't read what it was given: ValueError: no",
    )
    expect(details).toMatch(
      /^this is a fault of Shipwheel.*`python \/facts.py \/dist`.*report it/,
    )
    expect(summary + details).not.toContain("Traceback")
  })

  it("is told as it says it where it knows what is wrong", () => {
    expect(told("/facts.py", "it is too large\n").details).toContain(
      "it is too large",
    )
  })

  it.for(["/imports.py", "/installed.py"])(
    "is none where the project's own code runs: %s",
    (path) => {
      expect(told(path).details).toContain("Traceback")
    },
  )
})

describe("a failed command", () => {
  it("of more than a hundred characters is cut", () => {
    const cmd = ["echo", "x".repeat(200)]
    expect(commandFailure({ ...FAILED, cmd }).summary).toBe(
      `\`echo ${"x".repeat(95)}…\` exited with 1`,
    )
  })

  it("of a hundred characters is whole", () => {
    const cmd = ["echo", "x".repeat(95)]
    expect(commandFailure({ ...FAILED, cmd }).summary).toBe(
      `\`echo ${"x".repeat(95)}\` exited with 1`,
    )
  })

  it("of several lines is shown on one", () => {
    const cmd = ["sh", "-c", "a\nb\nc"]
    expect(commandFailure({ ...FAILED, cmd, exitCode: 127 }).summary).toBe(
      "`sh -c 'a b c'` exited with 127",
    )
  })

  it("shows the last forty lines that it wrote", () => {
    const failed = { ...FAILED, stdout: numbered(50), stderr: "" }
    const shown = commandFailure(failed).details.split("\n")
    expect(shown).toHaveLength(43)
    expect(shown.slice(0, 3)).toStrictEqual([
      "```",
      "… 10 lines before",
      "line 11",
    ])
    expect(shown.slice(-2)).toStrictEqual(["line 50", "```"])
  })
})

describe("the tail of an output", () => {
  it.each([
    ["a\nb\nc", "a\nb\nc"],
    ["\n\na\nb\nc\n\n", "a\nb\nc"],
    ["a\nb\nc\nd\ne", "… 2 lines before\nc\nd\ne"],
    ["", ""],
  ])("of %j is %j in three lines", (output, shown) => {
    expect(tail(output, 3)).toBe(shown)
  })

  it("has of a line without end its two ends", () => {
    const line = `${"a".repeat(1000)}${"b".repeat(9)}${"c".repeat(1000)}`
    const shown = `${"a".repeat(1000)} [… 9 letters …] ${"c".repeat(1000)}`
    expect(tail(`first\n${line}`, 3)).toBe(`first\n${shown}`)
  })

  it("has a long line as it is where its ends meet", () => {
    const line = "a".repeat(2000)
    expect(tail(line, 3)).toBe(line)
  })
})

describe("the last line of an output", () => {
  it.each([
    ["..\n===== 12 passed in 0.31s =====\n", "12 passed in 0.31s"],
    ["All checks passed!\n\n", "All checks passed!"],
    ["a=b", "a=b"],
    ["", ""],
  ])("of %j is %j", (output, last) => {
    expect(lastLine(output)).toBe(last)
  })
})

describe("a fenced text", () => {
  it("cannot end its fence itself", () => {
    expect(fenced("a\n```\nb")).toBe("```\na\n'''\nb\n```")
  })
})
