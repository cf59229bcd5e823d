import { describe, expect, it } from "vitest"

import {
  needsBackend,
  parseMetadata,
  staticAdvice,
  withMetadata,
} from "../../src/project/metadata.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { pyproject } from "../helpers/builders.js"

const METADATA = {
  name: "Quayside",
  requiresPython: ">=3.10",
  classifiers: ["Typing :: Typed"],
  dependencies: ["six"],
  extras: { test: ["pytest"] },
}

describe("the backend is asked", () => {
  it.each(["dependencies", "optional-dependencies", "requires-python"])(
    "for %s that `[project]` leaves to it",
    (field) => {
      expect(needsBackend(pyproject(`dynamic = ["${field}"]`))).toBe(true)
    },
  )

  it("where there is no `[project]`", () => {
    expect(needsBackend(parsePyproject(""))).toBe(true)
  })

  it.each([[], ['dynamic = ["version", "readme"]']])(
    "for nothing else: %j",
    (...toml) => {
      expect(needsBackend(pyproject(...toml))).toBe(false)
    },
  )
})

describe("what it answers", () => {
  it("is read as the program prints it", () => {
    expect(parseMetadata(JSON.stringify(METADATA))).toStrictEqual(METADATA)
    expect(() => parseMetadata('{ "name": "quayside" }')).toThrow("classifiers")
  })

  it("stands where `[project]` would have it, and the written name stays", () => {
    const toml = ['dynamic = ["dependencies"]', "scripts = { quay = 'q:main' }"]
    expect(withMetadata(pyproject(...toml), METADATA).project).toMatchObject({
      name: "quayside",
      version: "1.1.0",
      scripts: { quay: "q:main" },
      "requires-python": ">=3.10",
      classifiers: ["Typing :: Typed"],
      dependencies: ["six"],
      "optional-dependencies": { test: ["pytest"] },
    })
  })

  it("is all there is without `[project]`", () => {
    expect(withMetadata(parsePyproject(""), METADATA).project?.name).toBe(
      "Quayside",
    )
  })
})

describe("who is asked too early is advised", () => {
  const dynamic = pyproject('dynamic = ["dependencies"]')

  it("to write in `[project]` what that leaves to the backend", () => {
    expect(staticAdvice(dynamic)("FileNotFoundError: 'out'")).toMatch(
      /^The backend is asked before anything else is built, .+ needs no backend\.$/,
    )
  })

  it("where there is no such table, to do without, because one would leave its setup.py unread", () => {
    const advice = staticAdvice(parsePyproject(""))("FileNotFoundError: 'out'")
    expect(advice).toContain("let it look for that only where it is there")
    expect(advice).not.toContain("[project]")
  })

  it("of no file where a program was looked for", () => {
    const npm = "error: [Errno 2] No such file or directory: 'npm'"
    expect(staticAdvice(dynamic)(npm)).toBeUndefined()
    expect(staticAdvice(parsePyproject(""))(npm)).toBeUndefined()
    const folder = "No such file or directory: 'npm/index.js'"
    expect(staticAdvice(dynamic)(folder)).toBeDefined()
  })

  it("for no other failure", () => {
    expect(staticAdvice(dynamic)("SyntaxError: invalid syntax")).toBeUndefined()
  })
})
