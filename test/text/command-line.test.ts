import { describe, expect, it } from "vitest"

import { commandLine, withDefaults } from "../../src/text/command-line.js"

describe("a command is shown as a shell takes it", () => {
  it.each([
    [
      ["python", "-m", "pytest", "tests/a.py::b"],
      "python -m pytest tests/a.py::b",
    ],
    [
      ["-o", "python_files=test*.py *_test.py"],
      "-o 'python_files=test*.py *_test.py'",
    ],
    [["echo", "it's", ""], "echo 'it'\\''s' ''"],
  ])("of %j", (words, line) => {
    expect(commandLine(words)).toBe(line)
  })
})

describe("what a shell fills in, of which there is much,", () => {
  it.each(["$", "${{", "`", "$(", "\\\n", "{env:a:"])("ends: %j", (each) => {
    const long = each.repeat(200_000)
    expect(withDefaults(`${long}x`)).toMatch(/x$/)
  })
})
