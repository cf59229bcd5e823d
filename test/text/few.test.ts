import { expect, it } from "vitest"

import { few } from "../../src/text/few.js"

const letters = (count: number) =>
  "a b c d e f g h i j k l".split(" ").slice(0, count)

it.each([
  [0, ""],
  [2, "a, b"],
  [10, "a, b, c, d, e, f, g, h, i, j"],
  [11, "a, b, c, d, e, f, g, h, i, j and 1 more"],
  [12, "a, b, c, d, e, f, g, h, i, j and 2 more"],
])("of %i items ten are shown, and the rest is counted", (count, shown) => {
  expect(few(letters(count))).toBe(shown)
})
