import { expect, it } from "vitest"

import { sentencesOf } from "../../src/compare/sentences.js"
import { change } from "../helpers/compared.js"

const said = (...what: string[]) =>
  sentencesOf(what.map((each) => change({ what: each })))

it("what is gone or new in one place stands in one line, where the first of it stood", () => {
  expect(
    said(
      "`quayside.board.read` is gone",
      "`quayside.Board` is new",
      "`quayside.board.seek` is gone",
      "`quayside.Berth` is new",
    ),
  ).toEqual([
    "in `quayside.board`: `read`, `seek` are gone",
    "in `quayside`: `Board`, `Berth` are new",
  ])
})

it("what is said beside it has to be the same", () => {
  expect(
    said(
      "`quayside.A` is gone (nothing describes it)",
      "`quayside.read` is gone",
      "`quayside.B` is gone (nothing describes it)",
      "`quayside.seek` is gone (there is `quayside.find`)",
      "`quayside.x` is gone (it was deprecated; `__getattr__` of its module still names it)",
      "`quayside.y` is gone (it was deprecated; `__getattr__` of its module still names it)",
    ),
  ).toEqual([
    "in `quayside`: `A`, `B` are gone (nothing describes them)",
    "`quayside.read` is gone",
    "`quayside.seek` is gone (there is `quayside.find`)",
    "in `quayside`: `x`, `y` are gone (they were deprecated; `__getattr__` of their module still names them)",
  ])
})

it("commands and what else changed stand alone", () => {
  const what = ["`quayside.exe --at` is gone", "`quayside.exe --day` is gone"]
  const changes = what.map((each) => change({ of: "commands", what: each }))
  expect(sentencesOf(changes)).toEqual(what)
})
