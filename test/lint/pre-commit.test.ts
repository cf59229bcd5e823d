import { describe, expect, it } from "vitest"

import { PRE_COMMIT, prefixOf, readHooks } from "../../src/lint/pre-commit.js"
import { sources, sourcesIn } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const hooks = (text: string) => readHooks(sources({ [PRE_COMMIT]: text }))
const hooksOf = (repo: string, rev: string) =>
  hooks(
    lines("repos:", `- repo: ${repo}`, `  rev: ${rev}`, "  hooks: [{ id: a }]"),
  )

describe("a hook of pre-commit", () => {
  it.each([
    ["https://github.com/astral-sh/ruff-pre-commit", "ruff"],
    ["https://github.com/psf/black", "black"],
    ["https://github.com/psf/black-pre-commit-mirror.git", "black"],
    ["https://github.com/pycqa/isort/", "isort"],
    ["https://github.com/timothycrosley/mirrors-isort", "isort"],
    ["git@example.org:mirror/flake8", "flake8"],
    ["https://github.com/pre-commit/mirrors-mypy", "mypy"],
    ["https://github.com/RobertCraigie/pyright-python", "pyright"],
  ])("from %s is %s", (repo, linter) => {
    expect(hooksOf(repo, "v1.2.3")).toStrictEqual([
      { path: PRE_COMMIT, linter, version: "1.2.3", ids: ["a"], more: [] },
    ])
  })

  const COMMIT = "41e691678310dfd3833f7ab4e180ddb014310356"

  it.each([`${COMMIT}  # frozen: v2.3.0`, `"${COMMIT}" # frozen: 2.3.0`])(
    "that is frozen at a commit has the version of its tag: %s",
    (rev) => {
      const [hook] = hooksOf("https://github.com/psf/black", rev)
      expect(hook?.version).toBe("2.3.0")
    },
  )

  it.each([
    ["{ id: a }", undefined],
    ["{ id: a, args: [-l, 99] }", { a: { args: ["-l", "99"], files: true } }],
    ["{ id: a, pass_filenames: false }", { a: { files: false } }],
    ["{ id: a, entry: b }", { a: { files: true, replaced: true } }],
    ["{ id: a, language: system }", { a: { files: true, replaced: true } }],
    ["{ id: a, args: [-q] }, { id: a }", undefined],
  ])("calls its linter as it says: %s", (hook, called) => {
    const repo = ["repos:", "- repo: https://github.com/psf/black"]
    const [found] = hooks(lines(...repo, "  rev: 24.1.0", `  hooks: [${hook}]`))
    expect(found?.called).toEqual(called)
  })

  it("has its ids, and once each what is installed beside it", () => {
    const text = lines(
      "repos:",
      "- repo: https://github.com/pre-commit/mirrors-mypy",
      "  rev: 1.11",
      "  hooks:",
      "  - { id: mypy, additional_dependencies: [types-six, attrs] }",
      "  - { id: again, additional_dependencies: [attrs] }",
    )
    expect(hooks(text)).toStrictEqual([
      {
        path: PRE_COMMIT,
        linter: "mypy",
        version: "1.11",
        ids: ["mypy", "again"],
        more: ["types-six", "attrs"],
      },
    ])
  })

  it("narrows nothing where its id is there once more, for other files", () => {
    const [hook] = hooks(
      lines(
        "repos:",
        "- repo: https://github.com/astral-sh/ruff-pre-commit",
        "  rev: v0.9.0",
        "  hooks:",
        "  - { id: ruff, files: ^src/ }",
        "  - { id: ruff-format }",
        "  - { id: ruff-format, files: '[.]md$' }",
      ),
    )
    expect(Object.keys(hook?.narrowed ?? {})).toEqual(["ruff"])
  })

  it("is that of the repository around a project without one of its own", () => {
    const above = lines(
      "repos:",
      "- repo: https://github.com/psf/black",
      "  rev: 24.1.0",
      "  hooks: [{ id: black }]",
    )
    const seen = (texts: Record<string, string>) =>
      sourcesIn("packages/wren", { [PRE_COMMIT]: above, ...texts })
    const [hook] = readHooks(seen({}))
    expect(hook?.path).toBe(`../../${PRE_COMMIT}`)
    expect(hook && prefixOf(hook, seen({}))).toBe("packages/wren")
    expect(
      readHooks(seen({ [`packages/wren/${PRE_COMMIT}`]: "repos: []" })),
    ).toEqual([])
  })

  it.each([
    ["of no linter that is known", "https://github.com/a/pylint", "v1.2.3"],
    ["of a branch", "https://github.com/psf/black", "stable"],
    ["of a commit alone", "https://github.com/psf/black", COMMIT],
    ["of this repository", "local", "''"],
  ])("%s says nothing", (_, repo, rev) => {
    expect(hooksOf(repo, rev)).toStrictEqual([])
  })

  it.each(["", "repos: [", "repos: 1", "- a"])(
    "of a file that can't be read says nothing: %j",
    (text) => {
      expect(hooks(text)).toStrictEqual([])
    },
  )
})
