import { describe, expect, it } from "vitest"

import { findWhereabouts } from "../../src/git/whereabouts.js"

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
  it("is found in its folder, with what is around it as seen from there", () => {
    const source = new Set(["pyproject.toml", "wren/", "wren/__init__.py"])
    const found = findWhereabouts(REPOSITORY, source, ["wren-v1.2.0"], [])
    expect(found.path).toBe("packages/wren/")
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

  it("is at the top where it is the whole of it, and nothing is around it", () => {
    const found = findWhereabouts(REPOSITORY, new Set(REPOSITORY), [], [])
    expect(found).toMatchObject({ path: "", outside: new Set() })
  })

  it("is nowhere in a repository that has none of it", () => {
    const found = findWhereabouts(["README.md"], new Set(["setup.py"]), [], [])
    expect(found).toMatchObject({ path: "", outside: new Set() })
  })
})
