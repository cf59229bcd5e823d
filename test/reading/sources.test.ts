import { describe, expect, it } from "vitest"

import { Sources } from "../../src/reading/sources.js"

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
