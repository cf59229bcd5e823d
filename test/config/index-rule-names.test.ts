import { readFileSync } from "node:fs"

import { describe, expect, it } from "vitest"

import {
  INDEX_RULES,
  takenAnywhere,
} from "../../src/config/index-rule-names.js"

const read = (path: string) =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")

describe("the rules of an index", () => {
  it("are the same by name in the program that asks them", () => {
    const program = read("src/index-rules/index_rules.py")
    const [, table = ""] = /^RULES = \{\n([^}]*)\}/m.exec(program) ?? []
    const apart = program.matchAll(/"rule": "([a-z-]+)"/g)
    const names = [
      ...table.matchAll(/^ {4}"([a-z-]+)": \w+\.\w+,$/gm),
      ...apart,
    ]
    expect(names.map(([, name]) => name)).toEqual(INDEX_RULES)
  })

  it("have a row each in the documentation", () => {
    const rows = read("docs/publishing.md").matchAll(/^\| `([a-z-]+)` +\|/gm)
    const named = [...rows].map(([, name]) => name)
    for (const rule of INDEX_RULES) expect(named).toContain(rule)
  })

  it("that some index does not have may be passed by before an upload, once each", () => {
    expect(
      takenAnywhere([
        { takes: ["summary", "name"] },
        {},
        { takes: ["name", "one-sdist"] },
      ]),
    ).toStrictEqual(["summary", "name", "one-sdist"])
  })

  it("all hold where no index takes more than PyPI", () => {
    expect(takenAnywhere([{}, { takes: undefined }])).toStrictEqual([])
  })
})
