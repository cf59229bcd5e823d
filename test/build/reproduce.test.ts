import { expect, it } from "vitest"

import {
  describeDifferences,
  parseDifferences,
} from "../../src/build/reproduce.js"

const FOUND = {
  file: "quayside-1.2.0.tar.gz",
  member: "quayside-1.2.0/built.txt",
  what: "its content differs",
  start: 10,
  end: 14,
  first: "b'1234'",
  second: "b'5678'",
}

it("a difference is told with its file, member, bytes and both sides", () => {
  const found = parseDifferences(JSON.stringify([FOUND]))
  expect(describeDifferences(found, [])).toStrictEqual([
    "`quayside-1.2.0.tar.gz`: `quayside-1.2.0/built.txt`: its content differs, bytes 10 to 13\n\n    first:  b'1234'\n    second: b'5678'",
  ])
})

it("where the second build lacked what git ignores, no byte of it is shown", () => {
  const [told] = describeDifferences([FOUND], [".env"])
  expect(told).toBe(
    "`quayside-1.2.0.tar.gz`: `quayside-1.2.0/built.txt`: its content differs, bytes 10 to 13, not shown, as they may be of what git ignores",
  )
})

it("a difference beside the content has no bytes", () => {
  const file = "quayside-1.2.0.tar.gz"
  const what = "only one of the two builds made it"
  expect(describeDifferences([{ file, what }], [])).toStrictEqual([
    "`quayside-1.2.0.tar.gz`: only one of the two builds made it",
  ])
})
