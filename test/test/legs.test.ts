import { describe, expect, it } from "vitest"

import { legsSummary, withoutTests } from "../../src/test/legs.js"

const leg = (python: string, output: string) => ({ python, output })

describe("what the tests said", () => {
  it("is told once for all Pythons that said the same, however long it took", () => {
    expect(
      legsSummary([
        leg("3.9", "...\n===== 30 passed in 0.52s =====\n"),
        leg("3.10", "===== 30 passed in 1.04s =====\n"),
        leg("3.12", "===== 30 passed in 62.01s (0:01:02) ====="),
      ]),
    ).toBe("30 passed on Python 3.9, 3.10, 3.12")
  })

  it("is told without the line and the colours around it", () => {
    const last =
      "\u001b[33m===== \u001b[32m30 passed\u001b[33m in 0.52s =====\u001b[0m"
    expect(legsSummary([leg("3.9", last)])).toBe("30 passed on Python 3.9")
  })

  it("is told apart where it differs", () => {
    expect(
      legsSummary([
        leg("3.9", "29 passed, 1 skipped in 0.5s"),
        leg("3.10", "30 passed in 0.5s"),
        leg("3.11", "29 passed, 1 skipped in 0.4s"),
      ]),
    ).toBe("29 passed, 1 skipped on Python 3.9, 3.11; 30 passed on Python 3.10")
  })

  it("is that they passed where they said nothing", () => {
    expect(legsSummary([leg("3.9", "\n")])).toBe("passed on Python 3.9")
  })
})

describe("a suite in which pytest finds nothing", () => {
  const reason = (summary: string) => ({ summary, details: "it said so" })

  it("is told with the line that says what runs, or that nothing does", () => {
    const told = withoutTests(reason("`python -m pytest` exited with 5"))
    expect(told.summary).toMatch(
      /: no test was found in what looks like tests$/,
    )
    expect(told.details).toMatch(/`unit = \[\]`\.\n\nit said so$/)
  })

  it("says so where the tests' own words are all that tells", () => {
    const summary = "`make test` exited with 1"
    const details = "what runs the tests exited with 0, but ran no test\n"
    const told = withoutTests({ summary, details })
    expect(told.details).toMatch(/^Say in .* `unit = \[\]`/)
  })

  it("names the key of the tests that it is about", () => {
    const exited = reason("`python -m pytest` exited with 5")
    const told = withoutTests(exited, "integration")
    expect(told.details).toMatch(/as `integration`, .* `integration = \[\]`/)
  })

  it("tells what was skipped from what is not there", () => {
    const summary = "`python -m pytest` exited with 5"
    const details = "```\n===== 1 skipped in 0.01s =====\n```"
    expect(withoutTests({ summary, details }).summary).toMatch(
      /: all that looks like tests was skipped$/,
    )
  })

  it.each(["`python -m pytest` exited with 1", "`make check` exited with 5"])(
    "is not what %j means",
    (summary) => {
      expect(withoutTests(reason(summary))).toStrictEqual(reason(summary))
    },
  )
})
