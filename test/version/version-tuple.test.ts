import { describe, expect, it } from "vitest"

import { readTuple, writeTuple } from "../../src/version/version-tuple.js"

describe("a version in a tuple", () => {
  it.each([
    ["1, 1, 1", "1.1.1", "2.0.0b1", '2, 0, "0b1"'],
    ["1, 1, '0b2'", "1.1.0b2", "2.0", "2, 0"],
    ["1, 1", "1.1", "2", "2,"],
  ])("(%s) is %s, and as %s it is (%s)", (inside, now, version, after) => {
    expect(readTuple(inside)).toBe(now)
    expect(writeTuple(inside, version)).toBe(after)
  })

  it.each([
    ['1, 12, 2, "final", 0', "1.12.2", "1.13.0", '1, 13, 0, "final", 0'],
    ["1, 0, 0, 'rc', 1", "1.0.0rc1", "1.0.0b2", "1, 0, 0, 'beta', 2"],
    ['2, 0, 0, "alpha", 1', "2.0.0a1", "2.0", '2, 0, 0, "final", 0'],
    ['2, 0, 0, "dev", 3', "2.0.0.dev3", "2.0.0.dev4", '2, 0, 0, "dev", 4'],
  ])(
    "of Django's five (%s) is %s, and as %s it is (%s)",
    (inside, now, version, after) => {
      expect(readTuple(inside)).toBe(now)
      expect(writeTuple(inside, version)).toBe(after)
    },
  )

  it.each(["1.2.0.post1", "1.2.3.4", "1.2.0rc1.dev0"])(
    "of Django's five has no word for %s",
    (version) => {
      expect(writeTuple('1, 0, 0, "final", 0', version)).toBeUndefined()
    },
  )

  it.each([
    ['4, 2, 0, "final"', "4.2.0", "4.3.0", '4, 3, 0, "final"'],
    ['4, 2, 0, "final"', "4.2.0", "4.3rc1", '4, 3, 0, "rc", 1'],
    ['4, 2, 0, "dev"', "4.2.0.dev", "4.2.0", "4, 2, 0"],
  ])(
    "of four items (%s) is %s, and as %s it is (%s)",
    (inside, now, version, after) => {
      expect(readTuple(inside)).toBe(now)
      expect(writeTuple(inside, version, "V[3] + str(V[4])")).toBe(after)
    },
  )

  it("of four items has no number for a prerelease that nothing reads", () => {
    const inside = '4, 2, 0, "final"'
    expect(writeTuple(inside, "4.3rc1", "V[3]")).toBeUndefined()
  })

  it("has the words for levels that a table beside it has", () => {
    const inside = "1, 0, 0, 'final', 0"
    const around = "{'alpha': 'a', 'candidate': 'rc', 'final': ''}"
    expect(writeTuple(inside, "1.0rc1", around)).toBe("1, 0, 0, 'candidate', 1")
    expect(writeTuple(inside, "1.0.dev1", around)).toBeUndefined()
    expect(writeTuple(inside, "1.0rc1", "V[3] != 'final'")).toBe(
      "1, 0, 0, 'rc', 1",
    )
  })
})
