import { expect, it } from "vitest"

import { table } from "../../src/text/table.js"

it("a table has a head and a line for each row", () => {
  expect(table(["A", "B"], [["1", "2"]])).toBe(
    "| A | B |\n| --- | --- |\n| 1 | 2 |",
  )
})

it("a cell stays in its place, whatever it holds", () => {
  expect(table(["A"], [["a|b\nc"]])).toBe("| A |\n| --- |\n| a\\|b c |")
})

it("a bar behind a backslash ends no cell either", () => {
  expect(table(["A"], [["`a\\|b`"]])).toBe("| A |\n| --- |\n| `a\\|b` |")
})
