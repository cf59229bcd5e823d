import { describe, expect, it } from "vitest"

import {
  calling,
  commandLine,
  withDefaults,
} from "../../src/text/command-line.js"

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

describe("a command that a caller is shown", () => {
  const githubApi = "https://github.example.org/api/v3"

  it("says again what he said of where things are", () => {
    expect(calling()).toBe("dagger call")
    expect(calling({ githubApi, githubRepository: "a/b" }, "ada lin")).toBe(
      `dagger call --index-user 'ada lin' --github-repository a/b --github-api ${githubApi}`,
    )
  })
})
