import { describe, expect, it } from "vitest"
import type { z } from "zod"

import { parseConfig } from "../../src/config/config.js"
import { schema } from "../../src/config/config-schema.js"
import { refusal } from "../helpers/refusal.js"

/** A place that a schema has a word on, and how to build a table that has a value there. */
interface Place {
  readonly name: string
  readonly put: (value: unknown) => unknown
}

type Def = {
  readonly type: string
  readonly innerType?: z.core.$ZodType
  readonly element?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly out?: z.core.$ZodType
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
}

function placesIn(node: z.core.$ZodType, place: Place): Place[] {
  const { element, innerType, out, shape, type, valueType } = node._zod
    .def as unknown as Def
  if (innerType) return placesIn(innerType, place)
  if (type === "pipe" && out) return placesIn(out, place)
  const below = (key: string, inner: z.core.$ZodType, put: Place["put"]) =>
    placesIn(inner, {
      name: `${place.name}.${key}`,
      put: (value) => place.put(put(value)),
    })
  if (shape)
    return [
      place,
      ...Object.entries(shape).flatMap(([key, inner]) =>
        below(key, inner, (value) => ({ [key]: value })),
      ),
    ]
  if (element) return [place, ...below("0", element, (value) => [value])]
  if (valueType)
    return [place, ...below("key", valueType, (value) => ({ key: value }))]
  return [place]
}

const PLACES = placesIn(schema, { name: "", put: (value) => value })
const WRONG = [
  ...[1, -1, 1.5, 1e9, "", "\n", "/..", true, null],
  ...[[], [1], [[]], {}, { "-": 1 }, { "-": "" }, { nonsense: 1 }],
]
/** What zod says where nobody has said anything of one's own. */
const ZODS = /invalid|expected|too (?:small|big)|unrecognized|must be|received/i

const said = (table: unknown) => refusal(() => parseConfig(table))

describe("a wrong value in [tool.shipwheel]", () => {
  it("is looked for in every part of the schema", () => {
    const names = PLACES.map(({ name }) => name)
    expect(names).toContain(".test.unit.0")
    expect(names).toContain(".frontend.0.node")
    expect(names).toContain(".environments.staging.frontend.variables.key")
    expect(names.length).toBeGreaterThan(80)
  })

  it.each(PLACES)("at $name is refused in words of its own", ({ put }) => {
    const messages = WRONG.map((value) => said(put(value)))
    const refused = messages.filter((message) => message !== "")
    expect(refused.length).toBeGreaterThan(5)
    expect(refused.filter((message) => ZODS.test(message))).toStrictEqual([])
    const last = refused.flatMap((message) => message.split("\n").slice(-1))
    expect(last.filter((line) => !/^ {3}\S.*\S\.$/.test(line))).toStrictEqual(
      [],
    )
  })
})

describe("the one place of a version", () => {
  it.each(["../x", "/x"])(
    "is named as it was written, and called wrong: %s",
    (path) => {
      const what =
        "configuration: `tool.shipwheel.version-in.path` has a value of the wrong kind"
      expect(said({ "version-in": { path } })).toContain(what)
    },
  )

  it("of a list is named by its number", () => {
    const what = "`tool.shipwheel.version-in.0.path` has a value"
    expect(said({ "version-in": [{ path: "../x" }] })).toContain(what)
  })
})

describe("what is missing", () => {
  it("is called so, and what to write is told", () => {
    expect(said({ frontend: { output: "out" } })).toBe(
      "configuration: `tool.shipwheel.frontend.path` is missing\n   Write a path from the project's folder, such as `frontend` or `../frontend`.",
    )
    expect(said({ serve: { command: ["quayside"] } })).toBe(
      "configuration: `tool.shipwheel.serve.port` is missing\n   Write a port from 1 to 65535, such as `8000`.",
    )
  })
})

describe("a key of a table that has free ones", () => {
  it("is refused with what a key has to be", () => {
    const frontend = { variables: { "no-name": "x" } }
    const table = { environments: { development: { frontend } } }
    expect(said(table)).toBe(
      "configuration: `tool.shipwheel.environments.development.frontend.variables.no-name` has a value of the wrong kind\n   Accepted is a variable's name, such as `NEXT_PUBLIC_API`.",
    )
  })
})
