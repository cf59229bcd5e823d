import { describe, expect, it } from "vitest"

import { commandFailure } from "../../src/pipeline/failure.js"
import { failuresLast, withFewCalls } from "../../src/pipeline/failures-last.js"
import { lines } from "../helpers/refusal.js"

const FAILURES = lines(
  "=================================== FAILURES ===================================",
  "____________________________________ test_a ____________________________________",
  "E       assert 1 == 2",
  "",
  "test_a.py:4: AssertionError",
)
const warnings = (count: number, ...more: string[]) =>
  lines(
    "=============================== warnings summary ===============================",
    ...Array.from(
      { length: count },
      () => "test_a.py: DeprecationWarning: old",
    ),
    ...more,
    "-- Docs: https://docs.pytest.org/en/stable/how-to/capture-warnings.html",
  )
const SUMMARY = lines(
  "=========================== short test summary info ============================",
  "FAILED test_a.py::test_a - assert 1 == 2",
  "==================== 1 failed, 1 passed, 1 warning in 0.22s ====================",
)

describe("the last lines of a failed run of pytest", () => {
  it("are its failures, however many warnings come after those", () => {
    const { details } = commandFailure({
      cmd: ["pytest"],
      exitCode: 1,
      stdout: FAILURES + warnings(60) + SUMMARY,
      stderr: "",
    })
    expect(details).toBe(
      "```\n" + FAILURES + "… 62 lines of warnings\n" + SUMMARY + "```",
    )
  })

  it.each([
    [
      "a table of coverage",
      "coverage",
      lines(
        "================================ tests coverage ================================",
        "_______________ coverage: platform linux, python 3.11.7-final-0 ________________",
        "",
        "Name        Stmts   Miss  Cover   Missing",
        "-----------------------------------------",
        "quayside.py     7      2    71%   4-5",
        "-----------------------------------------",
        "TOTAL           7      2    71%",
      ),
    ],
    [
      "one of an older pytest-cov",
      "coverage",
      lines(
        "---------- coverage: platform linux, python 3.11.7-final-0 -----------",
        "Name        Stmts   Miss  Cover",
        "-------------------------------",
        "quayside.py     7      2    71%",
        "quaysides.py    7      2    71%",
        "-------------------------------",
        "TOTAL           7      2    71%",
      ),
    ],
    [
      "the slowest tests",
      "durations",
      lines(
        "============================= slowest 3 durations ==============================",
        "0.11s call     test_a.py::test_b",
        "0.01s setup    test_a.py::test_a",
        "",
        "(2 durations < 0.005s hidden.  Use -vv to show these durations.)",
      ),
    ],
  ])("are no part of %s", (_, what, part) => {
    const count = part.trimEnd().split("\n").length
    expect(failuresLast(FAILURES + part + SUMMARY)).toBe(
      `${FAILURES}… ${count} lines of ${what}\n${SUMMARY}`,
    )
  })

  it("are the same in colours, and with the warnings of what comes last", () => {
    const coloured = warnings(2).replace(
      /^=.*$/m,
      (head) => `\u001B[33m${head}\u001B[0m`,
    )
    const final = warnings(1).replace("summary", "summary (final)")
    expect(failuresLast(FAILURES + coloured + SUMMARY + final)).toBe(
      `${FAILURES}… 4 lines of warnings\n${SUMMARY}… 3 lines of warnings\n`,
    )
  })

  it("are all that it said where it tells of no failure: another part may be the reason", () => {
    const output =
      warnings(3) + "FAIL Required test coverage of 90% not reached."
    expect(failuresLast(output)).toBe(output)
  })

  it("keep what only begins as warnings do", () => {
    const begun = warnings(2).replace(/^-- Docs.*\n/m, "")
    const output = FAILURES + begun + SUMMARY + FAILURES + warnings(1)
    expect(failuresLast(output)).toBe(
      FAILURES + begun + SUMMARY + FAILURES + "… 3 lines of warnings\n",
    )
  })
})

const call = (name: string) =>
  lines(
    `  File "/tool/${name}.py", line 7, in ${name}`,
    `    ${name}()`,
    "    ^^^",
  )
const raised = (...names: string[]) =>
  lines("Traceback (most recent call last):") +
  names.map(call).join("") +
  lines("KeyError: 'boat'")

describe("a traceback", () => {
  it("has its last calls, so that what was said before it is among the last lines", () => {
    const names = Array.from({ length: 20 }, (_, at) => `call${String(at)}`)
    const { details } = commandFailure({
      cmd: ["npm"],
      exitCode: 1,
      stdout: lines("error: no such loader") + raised(...names),
      stderr: "",
    })
    expect(details).toBe(
      "```\n" +
        lines(
          "error: no such loader",
          "Traceback (most recent call last):",
          "… 51 lines of calls",
        ) +
        names.slice(-3).map(call).join("") +
        "KeyError: 'boat'\n```",
    )
  })

  it.each([
    ["of few calls", raised("a", "b", "c")],
    ["without one", lines("Traceback (most recent call last):", "EOFError")],
    ["that is none", lines("Traceback:", call("a"), call("b"), call("c"))],
  ])("%s stays as it is", (_, output) => {
    expect(withFewCalls(output)).toBe(output)
  })

  it("keeps each reason, where one led to the other", () => {
    const both =
      raised("a", "b", "c", "d") +
      lines("During handling of the above exception, another occurred:") +
      raised("e", "f", "g", "h")
    expect(withFewCalls(both).match(/KeyError|… 3 lines of calls/g)).toEqual([
      "… 3 lines of calls",
      "KeyError",
      "… 3 lines of calls",
      "KeyError",
    ])
  })
})
