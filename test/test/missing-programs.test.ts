import { describe, expect, it } from "vitest"

import {
  withMissingPrograms,
  withNamedPrograms,
} from "../../src/test/missing-programs.js"

const told = (details: string) =>
  withMissingPrograms({ summary: "`python -m pytest` exited with 1", details })

describe("tests that call a program which is not there", () => {
  it.each([
    [
      "/usr/lib/python3.12/subprocess.py:1950: FileNotFoundError\nE   FileNotFoundError: [Errno 2] No such file or directory: 'git'",
      "`git` is",
    ],
    ["/bin/sh: 1: dot: not found", "`dot` is"],
    ["bash: line 1: git: command not found", "`git` is"],
    ["git: command not found\nless: command not found", "`git`, `less` are"],
    ["Bad git executable: The git executable must be specified", "`git` is"],
  ])("name it, and the line that brings it: %s", (details, named) => {
    const { details: shown, summary } = told(details)
    expect(summary).toBe(
      `\`python -m pytest\` exited with 1: ${named} not in the container`,
    )
    expect(shown).toContain('`system = ["')
    expect(shown.endsWith(`\n\n${details}`)).toBe(true)
  })

  it.each([
    "E   FileNotFoundError: [Errno 2] No such file or directory: 'settings'",
    "subprocess.py: FileNotFoundError: [Errno 2] No such file or directory: 'a.toml'",
    "subprocess.py: FileNotFoundError: [Errno 2] No such file or directory: '/tmp/x'",
    "E   AssertionError: it was not found",
  ])("are not taken for those that miss a file: %s", (details) => {
    expect(told(details).details).toBe(details)
  })
})

describe("tests that are called after a program", () => {
  const failed = (line: string, ...system: string[]) =>
    withNamedPrograms({ summary: "pytest failed", details: line }, system)
  const PAGER =
    "FAILED tests/test_utils.py::test_pager[test0- less ] - AssertionError"

  it("name it where it is not there, with what is asked for already", () => {
    const { details, summary } = failed(PAGER, "git")
    expect(summary).toBe("pytest failed")
    expect(details).toContain('`system = ["git", "less"]`')
    expect(details).toContain(PAGER)
  })

  it.each([
    ["it is there", PAGER, "less"],
    ["the name is a part of another", "FAILED t.py::test_a[lossless-zip.py]"],
    ["it is no parameter", "FAILED tests/git/test_a.py::test_less - E"],
    ["the test passed", "PASSED t.py::test_a[less]"],
  ])("say nothing where %s", (_, line, ...system) => {
    expect(failed(line, ...system).details).toBe(line)
  })
})
