import { describe, expect, it } from "vitest"

import { indexMeant, namedIndexes } from "../../src/backends/named-indexes.js"
import { pyproject } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const URL = "https://packages.example.org/simple/"
const named = (...toml: string[]) => namedIndexes(pyproject(...toml))
const index = { name: "acme", url: URL, explicit: false, default: false }

it.each([
  ["[[tool.uv.index]]", ["explicit = true"], { explicit: true }],
  ["[[tool.uv.index]]", ["default = true"], { default: true }],
  ["[[tool.poetry.source]]", ['priority = "explicit"'], { explicit: true }],
  ["[[tool.poetry.source]]", ['priority = "supplemental"'], {}],
  ["[[tool.pdm.source]]", [], {}],
])("an index of %s with %j is known", (table, more, changes) => {
  const lines = ['name = "acme"', `url = "${URL}"`, ...more]
  expect(named(table, ...lines)).toStrictEqual([{ ...index, ...changes }])
})

it("what stands before its host is not handed on", () => {
  const url = "https://${USER}:${TOKEN}@packages.example.org/simple/"
  const lines = ['name = "acme"', `url = "${url}"`]
  expect(named("[[tool.pdm.source]]", ...lines)).toStrictEqual([index])
})

it.each([
  ["PyPI by its name", ['name = "PyPI"', `url = "${URL}"`]],
  ["a folder", ['name = "acme"', 'url = "./wheels"']],
  ["one without an address", ['name = "acme"']],
])("none is %s", (_, lines) => {
  expect(named("[[tool.poetry.source]]", ...lines)).toStrictEqual([])
})

describe("the index that a token is for", () => {
  const ACME = ["[[tool.uv.index]]", 'name = "acme"', `url = "${URL}"`]
  const OTHER = [
    "[[tool.uv.index]]",
    'name = "other"',
    'url = "https://other.example.org/simple"',
  ]
  const meant = (toml: string[], url?: string) =>
    accepted((problems) =>
      indexMeant(pyproject(...toml), { hasToken: true, url }, problems),
    )

  it("is the only one, with what says that it is there", () => {
    const sources = [
      ...["[tool.uv.sources]", 'Acme_Core = { index = "acme" }'],
      'heron = { index = "heron" }',
    ]
    expect(meant([...ACME, ...sources])).toStrictEqual({
      index,
      named: ["acme-core"],
    })
  })

  it("is the one that is named among several, or one that the project does not name", () => {
    expect(meant([...ACME, ...OTHER], URL.slice(0, -1))?.index).toEqual(index)
    const elsewhere = "https://elsewhere.example.org/simple"
    expect(meant(ACME, elsewhere)).toStrictEqual({
      index: { ...index, name: "", url: elsewhere },
      named: [],
    })
  })

  it.each<[string[], string]>([
    [[], "the project names no index that it could be for"],
    [
      [...ACME, ...OTHER],
      `may be for any of \`${URL}\`, \`https://other.example.org/simple\``,
    ],
  ])("is not guessed: %s", (toml, said) => {
    const told = refusal((problems) =>
      indexMeant(
        pyproject(...toml),
        { hasToken: true, url: undefined },
        problems,
      ),
    )
    expect(told).toContain(said)
    expect(told).toContain("name that as `--python-index`")
  })

  it.each([
    ["acme", `Give the address of that index: \`--python-index ${URL}\``],
    ["./acme", "Give the address of the index"],
  ])("is no name, which a proposal may lead elsewhere: %s", (url, next) => {
    const told = refusal((problems) =>
      indexMeant(pyproject(...ACME), { hasToken: true, url }, problems),
    )
    expect(told).toContain("`--python-index` is no address")
    expect(told).toContain(next)
  })

  it("is none where neither a token nor an index is given", () => {
    const call = { hasToken: false, url: undefined }
    expect(
      accepted((problems) => indexMeant(pyproject(...ACME), call, problems)),
    ).toBeUndefined()
  })
})
