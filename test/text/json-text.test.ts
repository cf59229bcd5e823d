import { expect, it } from "vitest"

import { jsonText, parseJson } from "../../src/text/json-text.js"

const TEXT = '{\n\t"name": "a",\n\t"packages": {"": {"version": "1.2.0"}}\n}\n'

it("a text in JSON is found where it stands", () => {
  const span = jsonText(TEXT, ["packages", "", "version"])
  expect(span && TEXT.slice(span.start, span.end)).toBe("1.2.0")
})

it.for([
  [TEXT, ["version"]],
  [TEXT, ["packages"]],
  ['{"version": "1\\u002e2"}', ["version"]],
  ["", ["version"]],
] as const)("in %j there is none at %j", ([text, key]) => {
  expect(jsonText(text, key)).toBeUndefined()
})

it("what is no JSON says nothing", () => {
  expect([parseJson("{"), parseJson('\uFEFF{"a": 1}')]).toEqual([
    undefined,
    { a: 1 },
  ])
})
