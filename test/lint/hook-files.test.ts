import { describe, expect, it } from "vitest"

import { asItsHook, withoutFiles } from "../../src/lint/hook-files.js"
import { RUFF, RUFF_FORMAT } from "../../src/lint/linter-table.js"
import { PRE_COMMIT, readHooks } from "../../src/lint/pre-commit.js"
import { Sources } from "../../src/reading/sources.js"
import { sources, sourcesIn } from "../helpers/builders.js"

const PATHS = new Set([
  "README.md",
  "docs/conf.py",
  "src/wren/_vendor/a.py",
  "src/wren/sing.py",
  "src/wren/sing.pyi",
])

/** The command that is run where the hooks of ruff and black are these lines. */
function given(command: readonly string[], ...lines: string[]) {
  const text = ["repos:", ...lines].join("\n")
  const hooks = readHooks(sources({ [PRE_COMMIT]: text }))
  const hook = hooks.find(({ linter }) => linter === command[0])
  return asItsHook(command, hook, new Sources(PATHS, new Map()))
}

const RUFF_HOOKS = [
  "- repo: https://github.com/astral-sh/ruff-pre-commit",
  "  rev: v0.9.0",
  "  hooks:",
]
/** Files that are named stand in the place of the whole folder. */
const nothingOf = (command: readonly string[]) => command.slice(0, -1)
const BLACK = ["black", "--check", "."]
const OURS = ["src/wren/sing.py", "src/wren/sing.pyi"]

describe("the files of a hook", () => {
  it.each([
    ["exclude: ^(docs|src/wren/_vendor)/"],
    ["exclude: '(?x)^( docs/ | src/wren/_vendor/ ) # ours'"],
    ["files: ^src/, exclude: _vendor"],
    ["files: '\\Asrc/(?P<name>wren)/sing\\.pyi?\\Z'"],
  ])("are those that it is given: %s", (patterns) => {
    const hook = `  - { id: ruff-format, ${patterns} }`
    expect(given(RUFF_FORMAT, ...RUFF_HOOKS, hook)).toEqual([
      ...[...nothingOf(RUFF_FORMAT), "--force-exclude", "--", ...OURS],
    ])
  })

  it("are chosen at the top of the file for every hook", () => {
    const lines = [
      "- repo: https://github.com/psf/black",
      "  rev: 24.1.0",
      "  hooks: [{ id: black }]",
      "exclude: _vendor|docs",
    ]
    expect(given(BLACK, ...lines)).toEqual(["black", "--check", "--", ...OURS])
  })

  it.each([
    ["without a pattern", "  - { id: ruff-format }"],
    ["with a pattern of another hook", "  - { id: ruff, exclude: docs }"],
    [
      "with a pattern that can't be read",
      "  - { id: ruff-format, exclude: '(' }",
    ],
    [
      "with a pattern that leaves nothing",
      "  - { id: ruff-format, files: none }",
    ],
  ])("are all of them %s", (_, hook) => {
    expect(given(RUFF_FORMAT, ...RUFF_HOOKS, hook)).toEqual(RUFF_FORMAT)
  })

  it("are chosen by their paths in the repository that the file of hooks is for", () => {
    const text = [
      "repos:",
      ...RUFF_HOOKS,
      "  - { id: ruff-format, files: ^packages/wren/src/ }",
    ].join("\n")
    const seen = sourcesIn("packages/wren", {
      [PRE_COMMIT]: text,
      "packages/wren/src/sing.py": "",
      "packages/wren/setup.py": "",
    })
    const [hook] = readHooks(seen)
    expect(asItsHook(RUFF_FORMAT, hook, seen).at(-1)).toBe("src/sing.py")
  })

  it("are one word where the command is shown", () => {
    const hook = "  - { id: ruff-format, files: sing }"
    expect(withoutFiles(given(RUFF_FORMAT, ...RUFF_HOOKS, hook))).toEqual([
      ...[...nothingOf(RUFF_FORMAT), "--force-exclude", "<files of its hook>"],
    ])
    expect(withoutFiles(BLACK)).toEqual(BLACK)
  })

  const pycqa = (id: string, rev: string, more = "") => [
    `- { repo: "https://github.com/PyCQA/${id}", rev: ${rev}, hooks: [{ id: ${id}, files: sing${more} }] }`,
  ]

  it("are left out of isort's as its settings say, unless its hook asks for something else", () => {
    const isort = ["isort", "--check-only"]
    const files = (...hook: string[]) => given([...isort, "."], ...hook)
    expect(files(...pycqa("isort", "6.0.1"))).toEqual([
      ...[...isort, "--filter-files", "--", ...OURS],
    ])
    for (const hook of [
      pycqa("isort", "6.0.1", ", args: [-l, 9]"),
      pycqa("isort", "4.3.21"),
    ])
      expect(files(...hook)).toEqual([...isort, "--", ...OURS])
  })

  it("are no stubs where they are flake8's", () => {
    expect(given(["flake8"], ...pycqa("flake8", "7.3.0"))).toEqual([
      ...["flake8", "--", "src/wren/sing.py"],
    ])
  })

  it("are those of ruff's check under either of its names", () => {
    for (const id of ["ruff", "ruff-check"])
      expect(
        given(RUFF, ...RUFF_HOOKS, `  - { id: ${id}, files: sing }`),
      ).toEqual([...nothingOf(RUFF), "--force-exclude", "--", ...OURS])
  })
})
