import { expect, it } from "vitest"

import { byName } from "../../src/compare/named.js"
import { change } from "../helpers/compared.js"

const named = (...names: string[]) => change({ names })

it.for([
  ["quayside.board", "quayside.board", true],
  ["quayside.board", "quayside.board.read", true],
  ["quayside.read", "quayside.read(at)", true],
  ["quayside.*.read", "quayside.board.read", true],
  ["quayside berths", "quayside berths --at", true],
  ["quayside berths --at", "quayside berths --at", true],
  ["quayside berths", "quayside berths2 --at", false],
  ["quayside.board", "quayside.boards", false],
  ["quayside.*.read", "quayside.a.b.read", false],
  ["quayside.read", "harbour.quayside.read", false],
] as const)("the name %s and a change of %s: %s", ([name, of, fits]) => {
  const { others, told, unused } = byName(
    [named(of)],
    new Map([[name, "it is nobody's"]]),
  )
  expect(told.length === 1).toBe(fits)
  expect(others.length === 0).toBe(fits)
  expect(unused.length === 0).toBe(fits)
})

it("a change is told with the reason of the first name that fits", () => {
  const reasons = new Map([
    ["quayside.read", "first"],
    ["quayside", "second"],
  ])
  const { told, unused } = byName([named("quayside.read")], reasons)
  expect(told.map(({ reason }) => reason)).toEqual(["first"])
  expect(unused).toEqual(["quayside"])
})
