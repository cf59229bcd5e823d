import { describe, expect, it } from "vitest"

import { repositorySources } from "../../src/frontend/repository-sources.js"
import { Sources } from "../../src/reading/sources.js"
import { sources } from "../helpers/builders.js"

describe("the files of a repository", () => {
  const paths = new Set(["setup.py"])
  const texts = new Map([["../web/package.json", "{}"]])
  const outside = new Set(["../web/package.json", "../README.md"])
  const member = new Sources(paths, texts, outside, "packages/wren")

  it("are those of the project and those around it, from its top", () => {
    const all = repositorySources(member)
    expect([...all.paths].sort()).toEqual([
      "packages/README.md",
      "packages/web/package.json",
      "packages/wren/setup.py",
    ])
    expect(all.has("packages/wren/setup.py")).toBe(true)
    expect(all.text("packages/web/package.json")).toBe("{}")
  })

  it("are read by whoever reads the project", () => {
    repositorySources(member).text("packages/wren/setup.py")
    repositorySources(member).text("packages/README.md")
    expect([...member.wanted]).toEqual(["setup.py", "../README.md"])
  })

  it("are the project's own where that is at the top", () => {
    const alone = sources({ "setup.py": "" })
    expect(repositorySources(alone)).toBe(alone)
  })
})
