import { symlinkSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import {
  behind,
  deadEnd,
  lackingBehind,
  possiblePlaces,
  trackedBehind,
  trackedFiles,
} from "../../src/git/tracked.js"
import { addFiles } from "../e2e/helpers/tiny.js"
import { newFolder, runProgram } from "../helpers/programs.js"

const source = (...paths: string[]) => new Set(paths)

describe("the tracked files of a project", () => {
  it("are those of the commit that are still there", () => {
    const committed = ["pyproject.toml", "quayside/a.txt", "quayside/gone.txt"]
    const all = source("pyproject.toml", "quayside/a.txt", "quayside/new.txt")
    expect(trackedFiles(committed, all, "")).toStrictEqual([
      "pyproject.toml",
      "quayside/a.txt",
    ])
  })

  it("are named from the project, wherever it is in the repository", () => {
    const committed = [
      "README.md",
      "docs/pyproject.toml",
      "python/core/setup.py",
      "python/core/quayside/a.txt",
    ]
    const all = source("setup.py", "quayside/a.txt")
    expect(possiblePlaces(committed, all)).toStrictEqual(["python/core/"])
    expect(trackedFiles(committed, all, "python/core/")).toStrictEqual([
      "setup.py",
      "quayside/a.txt",
    ])
  })

  it("of one of several projects are those that it has most of", () => {
    const committed = ["one", "two"].flatMap((each) => [
      `${each}/pyproject.toml`,
      `${each}/${each}.py`,
    ])
    const all = source("pyproject.toml", "two.py")
    expect(possiblePlaces(committed, all)).toStrictEqual(["two/"])
  })

  it("may be those of either where one has all names of the other", () => {
    const committed = ["one/setup.py", "one/more.py", "two/setup.py"]
    const all = source("setup.py")
    expect(possiblePlaces(committed, all)).toStrictEqual(["one/", "two/"])
  })

  it("are not known where the commit has no such project", () => {
    const all = source("pyproject.toml", "README.md")
    expect(possiblePlaces(["README.md"], all)).toStrictEqual([])
    expect(trackedFiles(["README.md"], all, "")).toStrictEqual([])
  })
})

const linked = (
  meant: Readonly<Record<string, string>>,
  lacking: readonly string[] = [".env"],
  prefix = "",
) => ({
  ...{ prefix, meant: new Map(Object.entries(meant)), broken: new Map() },
  lacking: new Set(lacking),
})

describe("what git lacks behind a link", () => {
  it.each([
    ["README.rst", { "README.rst": ".env" }],
    ["src/data/.env", { "src/data": "." }],
    ["src/data/a.txt", { "src/data": "data", "data/a.txt": ".env" }],
  ])("is told by what it is: %s", (path, meant) => {
    expect(lackingBehind(path, linked(meant))).toBe(".env")
  })

  it("is told as it is from the project, wherever in its repository that is", () => {
    const links = linked(
      { "packages/wren/a": ".env" },
      [".env"],
      "packages/wren/",
    )
    expect(lackingBehind("a", links)).toBe("../../.env")
  })

  it.each([
    ["a tracked file", "a", { a: "b" }],
    ["a file of a submodule", "a", { a: "vend/b.txt" }],
    ["what is there without a link", ".env", {}],
    ["in a folder that is tracked", "a/b.txt", { a: "data" }],
  ])("is nothing where that is %s", (_, path, meant) => {
    expect(lackingBehind(path, linked(meant))).toBeUndefined()
  })

  it("is none of the files that git tracks, which a link that it tracks brings into the project", () => {
    const links = linked(
      { "wren/data": "shared", "wren/own": "shared" },
      [],
      "wren/",
    )
    const present = ["a.py", "data/a.txt", "data/.env", "own/a.txt"]
    const committed = ["wren/a.py", "wren/data", "shared/a.txt"]
    expect(trackedBehind(present, committed, links)).toStrictEqual([
      "data/a.txt",
    ])
  })

  it("is not looked for without an end", () => {
    expect(behind("a/x", linked({ a: "a/b" }).meant)).toContain("x")
  })
})

describe("a link to what no clone has", () => {
  const links = {
    ...linked({ "wren/a": ".env", "wren/data": "shared" }, [".env"], "wren/"),
    broken: new Map([
      ["wren/gone.txt", "wren/nowhere.txt"],
      ["shared/b.txt", "/home/ada/b.txt"],
    ]),
  }

  it.each([
    ["a", "../.env", "which git does not track"],
    ["gone.txt", "nowhere.txt", "which is not in the repository"],
    ["data/b.txt", "/home/ada/b.txt", "which is not in the repository"],
  ])("is told with where it leads: %s", (path, to, why) => {
    expect(deadEnd(path, links)).toStrictEqual({ to, why })
  })

  it.each(["data/c.txt", "b"])("is none where git has it: %s", (path) => {
    expect(deadEnd(path, links)).toBeUndefined()
  })
})

it("the links of a folder are told by what is there and in it, each with what it is at last, and the others by where they lead", () => {
  const folder = newFolder()
  addFiles(folder, { ".env": "", "data/a.txt": "", "node_modules/b": "" })
  for (const [path, target] of Object.entries({
    "README.rst": ".env",
    "again.rst": "README.rst",
    "data/.env": join(folder, ".env"),
    more: "data",
    all: ".",
    gone: "nothing",
    round: "round",
    out: "/etc/passwd",
    "node_modules/c": "../.env",
  }))
    symlinkSync(target, join(folder, path))
  expect(JSON.parse(runProgram("git/links.py", folder))).toStrictEqual({
    meant: {
      "README.rst": ".env",
      "again.rst": ".env",
      "data/.env": ".env",
      more: "data",
      all: ".",
    },
    broken: { gone: "nothing", round: "round", out: "/etc/passwd" },
  })
})
