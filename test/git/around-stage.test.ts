import { symlinkSync } from "node:fs"
import { join } from "node:path"

import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import {
  lookAround,
  placeWithin,
  withAround,
} from "../../src/git/around-stage.js"
import { addFiles, type Files } from "../e2e/helpers/tiny.js"
import { shownCalls } from "../helpers/call-chain.js"
import { newFolder, runProgram } from "../helpers/programs.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

interface Referred {
  readonly links: readonly {
    readonly path: string
    readonly target: string
    readonly folder: boolean
  }[]
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** What a member of a repository refers to around it. */
function around(files: Files, links: Readonly<Record<string, string>> = {}) {
  const repository = newFolder()
  addFiles(repository, { "packages/wren/pyproject.toml": "", ...files })
  for (const [path, target] of Object.entries(links))
    symlinkSync(target, join(repository, path))
  return JSON.parse(
    runProgram("git/around.py", repository, "packages/wren/"),
  ) as Referred
}

describe("what a member of a repository refers to", () => {
  it("is what its links mean, of files and of folders; not links that stay, nor those that lead out of the repository", () => {
    const { links } = around(
      { "README.md": "", "shared/a.json": "", "packages/wren/b.txt": "" },
      {
        "packages/wren/README.md": "../../README.md",
        "packages/wren/data": "../../shared",
        "packages/wren/c.txt": "b.txt",
        "packages/wren/passwd": "/etc/passwd",
        "packages/wren/gone": "../../gone",
      },
    )
    expect(links).toStrictEqual([
      { path: "README.md", target: "README.md", folder: false },
      { path: "data", target: "shared", folder: true },
    ])
  })

  it("is, with tests above it that its settings name, what pytest reads above those", () => {
    const unit = 'unit = ["pytest", "../../tests/wren"]'
    const found = around({
      "packages/wren/pyproject.toml": `[tool.shipwheel.test]\n${unit}\n`,
      "tests/conftest.py": "",
      "tests/__init__.py": "",
      "tests/other/test_b.py": "",
      "tests/wren/test_a.py": "",
    })
    expect(found.folders).toStrictEqual(["tests/wren"])
    expect(found.files).toStrictEqual([
      "tests/__init__.py",
      "tests/conftest.py",
    ])
  })

  it("is each file in the folders above it, and nothing of other members", () => {
    const found = around({
      "ruff.toml": "",
      LICENSE: "",
      "packages/constraints.txt": "",
      "packages/heron/pyproject.toml": "",
    })
    expect(found.files).toStrictEqual([
      "LICENSE",
      "packages/constraints.txt",
      "ruff.toml",
    ])
    expect(found.folders).toStrictEqual([])
  })

  it.each([
    [
      "a requirements file",
      { "packages/wren/requirements.txt": "-r ../../requirements/test.txt\n" },
    ],
    [
      "one in a folder of those",
      {
        "packages/wren/requirements/dev.txt":
          "-c ../../../requirements/test.txt\n",
      },
    ],
    [
      "the settings of a tool",
      {
        "packages/wren/tox.ini":
          "[testenv]\ndeps = -r../../requirements/test.txt\n",
      },
    ],
  ])("is what %s names, and what that names in turn", (_, files) => {
    const found = around({
      ...files,
      "requirements/test.txt": "-r base.txt\npytest\n",
      "requirements/base.txt": "click\n",
      "requirements/other.txt": "",
    })
    expect(found.files).toStrictEqual([
      "requirements/base.txt",
      "requirements/test.txt",
    ])
  })

  it("is the settings that a linter extends", () => {
    const found = around({
      "packages/wren/ruff.toml": 'extend = "../../tools/ruff.toml"\n',
      "tools/ruff.toml": 'extend = "base.toml"\n',
      "tools/base.toml": "",
    })
    expect(found.files).toStrictEqual(["tools/base.toml", "tools/ruff.toml"])
  })

  it.each([
    ["by a path", 'tool.uv.sources.heron = { path = "../heron" }', ""],
    [
      "of poetry",
      'tool.poetry.dependencies.heron = { path = "../heron", develop = true }',
      "",
    ],
    [
      "of the workspace",
      "tool.uv.sources.heron = { workspace = true }",
      '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
    ],
  ])("is the folder of a dependency %s", (_, line, root) => {
    const found = around({
      "pyproject.toml": root,
      "packages/wren/pyproject.toml": `${line}\n`,
      "packages/heron/pyproject.toml": '[project]\nname = "heron"\n',
      "packages/owl/pyproject.toml": '[project]\nname = "owl"\n',
    })
    expect(found.folders).toStrictEqual(["packages/heron"])
  })
})

describe("a member with something around it", () => {
  const printed = JSON.stringify({
    links: [
      { path: "README.md", target: "README.md", folder: false },
      { path: "data", target: "shared", folder: true },
    ],
    files: ["ruff.toml"],
    folders: ["packages/heron"],
  })

  const checkout = () => ({ source: folder("wren"), folder: folder("flock") })
  const look = () => lookAround(checkout(), "packages/wren/", {})
  const answers = { "python /around.py": printed }

  it("has its links followed", async () => {
    const { calls } = await recordCalls(
      async () => (await look()).source.id(),
      answers,
    )
    const shown = shownCalls(calls.made)
    expect(shown.slice(-2)).toEqual([
      "withFile README.md <file README.md>",
      "withDirectory data <directory shared>",
    ])
    expect(calls.made.at(-3)?.args).toEqual({ exclude: ["README.md", "data"] })
  })

  it("is given what it refers to, and nothing more", async () => {
    const { calls, result } = await recordCalls(async () => {
      const { around: found } = await look()
      await found.files.id()
      return found
    }, answers)
    expect(result).toMatchObject({
      path: "packages/wren/",
      links: ["README.md", "data"],
    })
    expect(calls.made.at(-1)?.args).toEqual({
      include: ["ruff.toml", "README.md", "packages/heron/**", "shared/**"],
    })
  })

  it("works in its folder of the whole", async () => {
    const files = () => ({
      path: "packages/wren/",
      files: folder("around"),
      links: [],
    })
    const chain = await chainOf(() =>
      dag.container().with(withAround("/src", files())),
    )
    expect(shownCalls(chain).slice(-2)).toEqual([
      "withDirectory /src <directory around>",
      "withWorkdir /src/packages/wren",
    ])
    const bare = await chainOf(() =>
      dag.container().with(withAround("/src", undefined)),
    )
    expect(shownCalls(bare).slice(-1)).toEqual(["withWorkdir /src"])
    expect(placeWithin("/src", undefined)).toBe("/src")
  })
})

it("what is around a project that refers to nothing is nothing, and not the whole repository", async () => {
  const nothing = JSON.stringify({ links: [], files: [], folders: [] })
  const source = folder("wren")
  const { result } = await recordCalls(
    () => lookAround({ folder: folder("whole"), source }, "wren/", {}),
    { "python /around.py": nothing },
  )
  const made = await chainOf(() => result.around.files)
  expect(shownCalls(made).at(-1)).toBe("filter **")
  expect(made.at(-1)?.args).toEqual({ exclude: ["**"] })
})
