import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { page, rows } from "../helpers/docs.js"

const TESTS = fileURLToPath(new URL("..", import.meta.url))
const [, tried = ""] = page("docs/security.md").text.split("## What is tried\n")
const [section = ""] = tried.split("\n## ")
const faults = rows(section).map(([fault = "", outcome = "", test = ""]) => {
  const [, file = "", title = ""] = /^`([\w/-]+)`: (.+)$/.exec(test) ?? []
  return { fault, outcome, file, title }
})

describe("the table of faults in docs/security.md", () => {
  it("has sixty of them, none twice", () => {
    expect(faults.length).toBeGreaterThanOrEqual(60)
    expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length)
  })

  it.for(faults)("names the test of: $fault", ({ file, outcome, title }) => {
    expect(outcome).not.toBe("")
    expect(title).not.toBe("")
    // A title may be written in a table of cases, which has a file of its own where several run it, or with a value in it.
    const place = [`${TESTS}${file}.test.ts`, `${TESTS}${file}.ts`]
    const text = readFileSync(place.find(existsSync) ?? file, "utf8")
    expect(text.replaceAll('\\"', '"')).toContain(title)
  })
})
