import { describe, expect, it } from "vitest"

import { closingOf, endedEarly } from "../../src/lint/ended-early.js"
import { type LinterName, LINTERS } from "../../src/lint/linter-table.js"
import type { Linter } from "../../src/lint/linters.js"

const NOTHING = () => undefined
const BUG =
  "Something ended it before: a plugin of it, or code that runs whenever Python starts."

/** What is made of an exit code of 0 with these words. */
function judged(name: LinterName, said: string, version = "7.0.0") {
  const asked = {
    ...{ packageDir: "src/wren", setting: NOTHING },
    ...{ formats: true, lints: true },
  }
  const commands = LINTERS[name].commands(asked)
  const linter: Linter = {
    ...{ name, commands, version, configured: "", requirements: [] },
    ...{ types: false, closes: closingOf(name, commands, NOTHING) },
  }
  const run = { exitCode: 0, stdout: said, stderr: "", version }
  return endedEarly(linter, commands[0] ?? [], run)
}

describe("a linter that exits with 0", () => {
  it.each<[LinterName, string]>([
    ["black", "All done! ✨ 🍰 ✨\n3 files would be left unchanged."],
    ["black", "No Python files are present to be formatted. Nothing to do 😴"],
    ["flake8", "0\n"],
    ["mypy", "Success: no issues found in 3 source files\n"],
    ["mypy", "a.py:1: note: here\nSuccess: no issues found in 1 source file\n"],
    ["pyright", "0 errors, 2 warnings, 0 informations \n"],
    [
      "pyright",
      "Symbols exported: 116\n\nType completeness score: 100%\n\nCompleted in 1sec\n",
    ],
    ["isort", ""],
    ["ruff", "All checks passed!"],
  ])("passed where %s closes with %j", (name, said) => {
    expect(judged(name, said)).toBeUndefined()
  })

  it.each<[LinterName, string, string]>([
    ["black", "`black --check .`", ""],
    ["flake8", "`flake8 --count`", "a plugin was here"],
    ["mypy", "`mypy src/wren`", "a.py:1: note: here\n"],
    ["pyright", "`pyright`", ""],
  ])("did not where %s was ended before: %s", (name, command, said) => {
    const { details = "", summary } = judged(name, said) ?? {}
    expect(summary).toBe(
      `${command} exited with 0 and did not say that it was done`,
    )
    expect(details).toContain(`${BUG} Run it by hand without its plugins`)
    expect(details).toContain(said === "" ? "It said nothing." : said.trim())
  })

  it("passed where its version closes with no word", () => {
    expect(judged("mypy", "", "0.770")).toBeUndefined()
    expect(judged("mypy", "", "0.910")).toBeDefined()
  })

  it.each<[LinterName, string[], string | undefined, string]>([
    ["mypy", ["mypy", "--no-error-summary"], undefined, ""],
    ["mypy", ["mypy", "--output=json"], undefined, ""],
    ["mypy", ["mypy"], "error_summary", "False"],
    ["black", ["black", "--check", "."], "quiet", "true"],
    ["pyright", ["pyright", "--outputjson"], undefined, ""],
    ["pyright", ["pyright", "--dependencies"], undefined, ""],
  ])(
    "passed where %s is told to be silent: %j %s",
    (name, command, key, value) => {
      const setting = (asked: string) => (asked === key ? value : undefined)
      expect(closingOf(name, [command], setting)).toBeUndefined()
    },
  )
})
