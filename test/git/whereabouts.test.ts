import { describe, expect, it } from "vitest"

import { whereaboutsOf } from "../../src/git/whereabouts.js"

const REPOSITORY = [
  "README.md",
  "pyproject.toml",
  "packages/",
  "packages/heron/pyproject.toml",
  "packages/heron/heron/__init__.py",
  "packages/wren/",
  "packages/wren/pyproject.toml",
  "packages/wren/wren/__init__.py",
]

describe("a project in its repository", () => {
  it("has around it what its repository has elsewhere, as seen from its folder", () => {
    const found = whereaboutsOf(REPOSITORY, {
      path: "packages/wren/",
      secrets: [],
      tags: ["wren-v1.2.0"],
    })
    expect([...found.outside]).toStrictEqual([
      "../../README.md",
      "../../pyproject.toml",
      "../",
      "../heron/pyproject.toml",
      "../heron/heron/__init__.py",
    ])
    expect(found.members).toStrictEqual(["packages/heron", "packages/wren"])
    expect(found.tags).toStrictEqual(["wren-v1.2.0"])
  })

  it("has nothing around it at the top", () => {
    const top = { path: "", secrets: [], tags: [] }
    expect(whereaboutsOf(REPOSITORY, top).outside).toEqual(new Set())
  })
})
