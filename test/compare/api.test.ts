import { expect, it } from "vitest"

import { apiChanges, parseApi } from "../../src/compare/api.js"
import { NO_API } from "../helpers/compared.js"

const BROKEN = {
  kind: "parameter-removed",
  path: "quayside.read",
  parameters: ["at", "day"],
  before: null,
  after: null,
  certain: true,
  deprecated: false,
  note: "",
}

const changes = (broken: object) =>
  apiChanges(
    parseApi(JSON.stringify({ ...NO_API, breaks: [{ ...BROKEN, ...broken }] })),
  )

it("a break has the names by which people write of it", () => {
  expect(changes({})).toEqual([
    {
      of: "api",
      what: "`quayside.read` no longer takes `at`, `day`",
      level: "breaking",
      names: ["quayside.read", "quayside.read(at)", "quayside.read(day)"],
    },
  ])
})

it("a value with a backtick does not end the words around it", () => {
  const values = { kind: "parameter-changed-default", before: "`a`", after: "" }
  expect(changes({ ...values, certain: false })).toMatchObject([
    {
      what: "`quayside.read` has another default for `at`, `day` (`` `a` `` before, none now)",
      doubtful: true,
    },
  ])
})

it("a kind that nobody knew when this was written is told by its own name", () => {
  expect(changes({ kind: "object-melted" })).toMatchObject([
    { what: "`quayside.read` object-melted" },
  ])
})
