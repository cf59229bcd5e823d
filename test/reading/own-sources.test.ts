import { describe, expect, it } from "vitest"

import {
  installedForTests,
  ownSources,
  shippedRequirements,
  unreleased,
} from "../../src/reading/own-sources.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { Sources } from "../../src/reading/sources.js"

const MEMBERS = {
  "packages/core/pyproject.toml":
    '[project]\nname = "Wren_Core"\ndependencies = ["click", "wren-base", "wren-core"]\n',
  "packages/base/pyproject.toml":
    '[project]\nname = "wren-base"\ndependencies = ["rich"]\n',
  "other/pyproject.toml": '[project]\nname = "wren-other"\n',
}

function workspace(sourcesTable: string, texts: object = MEMBERS) {
  const pyproject = parsePyproject(`[project]
name = "wren"
dependencies = ["wren.core>=1", "requests"]
[project.optional-dependencies]
more = ["wren-base"]
[tool.uv.workspace]
members = ["packages/*"]
[tool.uv.sources]
${sourcesTable}
`)
  const files = new Map(Object.entries(texts as Record<string, string>))
  return { pyproject, sources: new Sources(new Set(files.keys()), files) }
}

function own(table: string) {
  const { pyproject, sources } = workspace(table)
  return ownSources(shippedRequirements(pyproject), pyproject, sources)
}

describe("where the author has a dependency from", () => {
  it.each([
    [
      "wren_core = { workspace = true }",
      "the workspace, `packages/core`",
      "packages/core",
    ],
    [
      'wren-core = { path = "./packages/core/" }',
      "`./packages/core/`",
      "packages/core",
    ],
    ['wren-core = { path = "../core" }', "`../core`", undefined],
    [
      'wren-core = { git = "https://example.org/core" }',
      "`https://example.org/core`",
      undefined,
    ],
    [
      'wren-core = { url = "https://example.org/core.whl" }',
      "`https://example.org/core.whl`",
      undefined,
    ],
    [
      'wren-core = [{ index = "own", marker = "os_name == \'nt\'" }]',
      "the index `own`",
      undefined,
    ],
  ])("is told of `%s`", (table, from, folder) => {
    expect(own(table)).toEqual([{ name: "wren-core", from, folder }])
  })

  it("is told of extras, and not of what the package does not depend on", () => {
    const table = ["wren-base", "wren-other"]
      .map((name) => `${name} = { workspace = true }`)
      .join("\n")
    expect(own(table).map(({ name }) => name)).toEqual(["wren-base"])
  })

  it("is nobody's concern without such a table", () => {
    expect(own("")).toEqual([])
  })

  it("is told with the line that says it is right", () => {
    const [source] = own("wren-core = { workspace = true }")
    expect(source && unreleased(source)).toEqual({
      what: "`wren-core` comes from the workspace, `packages/core` for you (`tool.uv.sources`), and for everybody who installs the package from the index: whatever has that name there",
      next: 'Release it first. If what the index has by that name is yours, say so in `[tool.shipwheel]`: `released-apart = { "wren-core" = "the reason" }`; else give it a name that is yours.',
    })
  })
})

describe("what tests run with", () => {
  const tested = (table: string) => {
    const { pyproject, sources } = workspace(table)
    const { dependencies = [] } = pyproject.project ?? {}
    return installedForTests([...dependencies, "pytest"], pyproject, sources)
  }

  it("are the members beside the package, and what those need", () => {
    const all = ["wren-core", "wren-base"].map(
      (name) => `${name} = { workspace = true }`,
    )
    expect(tested(all.join("\n"))).toEqual({
      requirements: ["click", "pytest", "requests", "rich"],
      members: ["packages/base", "packages/core"],
    })
  })

  it("comes from an index where nothing else is said", () => {
    expect(tested("")).toEqual({
      requirements: ["pytest", "requests", "wren.core>=1"],
      members: [],
    })
  })
})
