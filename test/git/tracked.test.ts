import { describe, expect, it } from "vitest"

import { trackedFiles } from "../../src/git/tracked.js"

const source = (...paths: string[]) => new Set(paths)

describe("the tracked files of a project", () => {
  it("are those of the commit that are still there", () => {
    const committed = ["pyproject.toml", "quayside/a.txt", "quayside/gone.txt"]
    const all = source("pyproject.toml", "quayside/a.txt", "quayside/new.txt")
    expect(trackedFiles(committed, all)).toStrictEqual({
      prefix: "",
      paths: ["pyproject.toml", "quayside/a.txt"],
    })
  })

  it("are named from the project, wherever it is in the repository", () => {
    const committed = [
      "README.md",
      "docs/pyproject.toml",
      "python/core/setup.py",
      "python/core/quayside/a.txt",
    ]
    expect(
      trackedFiles(committed, source("setup.py", "quayside/a.txt")),
    ).toStrictEqual({
      prefix: "python/core/",
      paths: ["setup.py", "quayside/a.txt"],
    })
  })

  it("of one of several projects are those that it has most of", () => {
    const committed = ["one", "two"].flatMap((each) => [
      `${each}/pyproject.toml`,
      `${each}/${each}.py`,
    ])
    const all = source("pyproject.toml", "two.py")
    expect(trackedFiles(committed, all)?.prefix).toBe("two/")
  })

  it("are not known where the commit has no such project", () => {
    expect(
      trackedFiles(["README.md"], source("pyproject.toml")),
    ).toBeUndefined()
  })
})
