import { describe, expect, it } from "vitest"

import { repositorySources, Sources } from "../../src/reading/sources.js"
import { sources } from "../helpers/builders.js"

const paths = new Set(["setup.py", "setup.cfg"])
const files = () => new Sources(paths, new Map([["setup.cfg", "[metadata]"]]))

describe("a project's files", () => {
  it("are there whether they were read or not", () => {
    expect(files().has("setup.py")).toBe(true)
    expect(files().has("tox.ini")).toBe(false)
  })

  it("are wanted when they are asked for and were not read yet", () => {
    const asked = files()
    expect(asked.text("setup.py")).toBeUndefined()
    expect([...asked.wanted]).toStrictEqual(["setup.py"])
  })

  it("are not wanted when they were read, or are not there", () => {
    const asked = files()
    expect(asked.text("setup.cfg")).toBe("[metadata]")
    expect(asked.text("tox.ini")).toBeUndefined()
    expect([...asked.wanted]).toStrictEqual([])
  })
})

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

  it("are above the project in so many folders, the nearest first", () => {
    expect(member.above).toEqual(["../", "../../"])
    expect(sources({}).above).toEqual([])
  })

  it("are the project's own where that is at the top", () => {
    const alone = sources({ "setup.py": "" })
    expect(repositorySources(alone)).toBe(alone)
  })
})
