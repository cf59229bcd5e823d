import { describe, expect, it } from "vitest"

import {
  withCompiled,
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

describe("what tests require and has to be compiled", () => {
  const failed = (details: string, ...system: string[]) =>
    withCompiled({ summary: "uv failed", details }, system).details

  it.each([
    ["/bin/sh: 1: pkg-config: not found", '["pkg-config", ...]'],
    [
      "error: command 'gcc' failed: No such file or directory",
      '["gcc", "libc6-dev", ...]',
    ],
    [
      "error: command 'x86_64-linux-gnu-gcc' failed",
      '["gcc", "libc6-dev", ...]',
    ],
    ["Error: pg_config executable not found.", "[...]"],
    ["a.c:4:10: fatal error: lber.h: No such file or directory", "[...]"],
    ["error: can't find Rust compiler", '["cargo", ...]'],
  ])(
    "is told with the packages that bring what is missing: %s",
    (said, line) => {
      const shown = failed(said)
      expect(shown.startsWith(said)).toBe(true)
      expect(shown).toContain(`\`[tool.shipwheel.test]\``)
      expect(shown).toContain(`\`system = ${line}\``)
    },
  )

  it("is told with what is asked for already, and the header that is missing", () => {
    const shown = failed(
      "fatal error: lber.h: No such file or directory",
      "gcc",
    )
    expect(shown).toContain('`system = ["gcc", ...]`')
    expect(shown).toContain("`lber.h` is missing there")
  })

  it.each([
    "error: Failed to build `quayside @ file:///src`\nerror: command 'gcc' failed",
    "error: Failed to build `one==1`\nSyntaxError: invalid syntax",
  ])(
    "is not meant where nothing of that is missing, or the project itself is compiled: %s",
    (said) => {
      expect(failed(said)).toBe(said)
    },
  )
})
