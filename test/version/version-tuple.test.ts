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
})
