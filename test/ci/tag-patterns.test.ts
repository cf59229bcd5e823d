import { describe, expect, it } from "vitest"

import {
  anyOf,
  dollarsTwice,
  groovy,
  type PatternForm,
  slashed,
  slashedList,
  tagRefs,
  yamlList,
} from "../../src/ci/tag-patterns.js"

describe("several patterns", () => {
  it.each<[string, PatternForm, string]>([
    ["one regular expression", anyOf, "^(v[^/]*|a/b\\.c)$"],
    ["one between slashes", slashed, "/^(v[^\\/]*|a\\/b\\.c)$/"],
    ["one with two dollars", dollarsTwice, "/^(v[^\\/]*|a\\/b\\.c)$$/"],
    ["a text of Groovy", groovy, "'^(v[^/]*|a/b\\\\.c)$'"],
    ["a list of YAML", slashedList, '["/^(v[^\\\\/]*|a\\\\/b\\\\.c)$/"]'],
    ["globs of full refs", tagRefs, '["refs/tags/v*", "refs/tags/a/b.c"]'],
  ])("are %s", (_, form, written) => {
    expect(form(["v*", "a/b.c"])).toBe(written)
  })

  it("match what they mean, and not what holds it", () => {
    const pattern = new RegExp(anyOf(["v*", "a/b.c"]))
    const matched = ["v1", "a/b.c", "xv1", "v1/2", "a/bxc"].filter((each) =>
      pattern.test(each),
    )
    expect(matched).toStrictEqual(["v1", "a/b.c"])
  })
})

describe("a list for YAML", () => {
  it("keeps every text a text", () => {
    expect(yamlList(['a"b', "no"])).toBe('["a\\"b", "no"]')
    expect(yamlList([])).toBe("[]")
  })
})
