import { describe, expect, it } from "vitest"

import {
  followSources,
  ownSources,
  projectNameAt,
  shippedRequirements,
  unreleased,
} from "../../src/reading/own-sources.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { repositorySources } from "../../src/reading/sources.js"
import { Sources } from "../../src/reading/sources.js"

const MEMBERS = {
  "packages/core/pyproject.toml":
    '[project]\nname = "Wren_Core"\ndependencies = ["click", "wren-base", "wren-core"]\n',
  "packages/base/pyproject.toml":
    '[project]\nname = "wren-base"\ndependencies = ["rich"]\n',
  "other/pyproject.toml": '[project]\nname = "wren-other"\n',
}

function workspace(sourcesTable: string, texts: object = MEMBERS) {
  const toml = `[project]
name = "wren"
dependencies = ["wren.core>=1", "requests"]
[project.optional-dependencies]
more = ["wren-base"]
[tool.uv.workspace]
members = ["packages/*"]
[tool.uv.sources]
${sourcesTable}
`
  const all = { ...(texts as Record<string, string>), "pyproject.toml": toml }
  const files = new Map(Object.entries(all))
  const pyproject = parsePyproject(toml)
  return { pyproject, sources: new Sources(new Set(files.keys()), files) }
}

function own(table: string) {
  const { pyproject, sources } = workspace(table)
  const placed = { pyproject, tree: sources, at: "" }
  return ownSources(shippedRequirements(pyproject), placed)
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
    expect(own(table)).toMatchObject([
      { name: "wren-core", from, key: "tool.uv.sources", folder },
    ])
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
    expect(source && unreleased([source])).toEqual({
      what: "`wren-core` comes from the workspace, `packages/core` for you (`tool.uv.sources`), and for whoever installs it from the index: whatever has that name there",
      next: 'Release it first. If what the index has by that name is yours, say so in `[tool.shipwheel]`: `released-apart = { "wren-core" = "the reason" }`; else give it a name that is yours.',
    })
  })
})

/** What a project in a folder of these files is tested with. */
function tested(texts: Readonly<Record<string, string>>, at = "") {
  const files = new Map(Object.entries(texts))
  const sources = new Sources(new Set(files.keys()), files)
  const path = at ? `${at}/pyproject.toml` : "pyproject.toml"
  const pyproject = parsePyproject(texts[path] ?? "")
  const all = Object.values(pyproject["dependency-groups"]).flat()
  const listed = all.filter((each) => typeof each === "string")
  const needed = [...shippedRequirements(pyproject), ...listed]
  const found = followSources(needed, { pyproject, tree: sources, at })
  const strangers = found.sources.filter(({ folder }) => folder === undefined)
  return { ...found, strangers: strangers.map(({ name }) => name) }
}

const project = (name: string, dependencies: string[], more = "") =>
  `[project]\nname = "${name}"\ndependencies = ${JSON.stringify(dependencies)}\n${more}`
const fromWorkspace = (...names: string[]) =>
  `[tool.uv.sources]\n${names.map((name) => `${name} = { workspace = true }`).join("\n")}\n`
const PACKAGES = '[tool.uv.workspace]\nmembers = ["packages/*"]\n'

describe("what tests run with", () => {
  const listed = (table: string) => {
    const { pyproject, sources } = workspace(table)
    const { dependencies = [] } = pyproject.project ?? {}
    const placed = { pyproject, tree: sources, at: "" }
    return followSources([...dependencies, "pytest"], placed)
  }

  it("are the members beside the package, and what those need", () => {
    const all = ["wren-core", "wren-base"].map(
      (name) => `${name} = { workspace = true }`,
    )
    expect(listed(all.join("\n"))).toMatchObject({
      requirements: ["click", "pytest", "requests", "rich"],
      members: ["packages/base", "packages/core"],
    })
  })

  it("comes from an index where nothing else is said", () => {
    expect(listed("")).toEqual({
      requirements: ["pytest", "requests", "wren.core>=1"],
      members: [],
      sources: [],
    })
  })

  it("are the members that a member has by its own word", () => {
    const files = {
      "pyproject.toml": project(
        "wren",
        ["core"],
        fromWorkspace("core") + PACKAGES,
      ),
      "packages/core/pyproject.toml": project(
        "core",
        ["toolz", "seeds"],
        `${fromWorkspace("toolz")}seeds = { path = "../seeds" }\n`,
      ),
      "packages/toolz/pyproject.toml": project("toolz", ["rich"]),
      "packages/seeds/setup.py": "",
    }
    expect(tested(files)).toMatchObject({
      requirements: ["rich"],
      members: ["packages/core", "packages/seeds", "packages/toolz"],
      strangers: [],
    })
  })

  it("are those that the root of the workspace above names for all its members", () => {
    const files = {
      "pyproject.toml": `${fromWorkspace("toolz", "core")}${PACKAGES}`,
      "packages/wren/pyproject.toml": project("wren", ["toolz", "core[more]"]),
      "packages/toolz/pyproject.toml": project("toolz", []),
      "packages/core/pyproject.toml": project(
        "core",
        [],
        '[project.optional-dependencies]\nmore = ["rich"]\n',
      ),
    }
    expect(tested(files, "packages/wren")).toMatchObject({
      requirements: ["rich"],
      members: ["packages/core", "packages/toolz"],
    })
    const outside = { ...files, "pyproject.toml": fromWorkspace("toolz") }
    expect(tested(outside, "packages/wren")).toMatchObject({
      requirements: ["core[more]", "toolz"],
      members: [],
    })
  })

  it("is the root of the workspace, where a member needs that", () => {
    const files = {
      "pyproject.toml": project("wren", [], PACKAGES),
      "packages/cli/pyproject.toml": project(
        "cli",
        ["wren"],
        fromWorkspace("wren"),
      ),
    }
    expect(tested(files, "packages/cli").members).toEqual([""])
  })

  it.each([
    [
      "poetry's dependencies",
      '[tool.poetry]\nname = "wren"\n[tool.poetry.dependencies]\npython = "^3.9"\ntoolz = { path = "packages/toolz", develop = true }\n',
    ],
    [
      "a group of poetry's",
      '[tool.poetry]\nname = "wren"\n[tool.poetry.group.dev.dependencies]\ntoolz = { path = "packages/toolz" }\n[dependency-groups]\ndev = ["toolz"]\n',
    ],
    [
      "PDM's reference to a folder",
      project("wren", ["toolz @ file:///${PROJECT_ROOT}/packages/toolz"]),
    ],
    [
      "hatch's reference to a folder",
      project("wren", ["toolz @ {root:uri}/packages/toolz"]),
    ],
  ])("are the folders of %s", (_, toml) => {
    const files = {
      "pyproject.toml": toml,
      "packages/toolz/pyproject.toml":
        '[tool.poetry]\nname = "toolz"\n[tool.poetry.dependencies]\npython = "^3.9"\nrich = "^13"\n',
    }
    expect(tested(files)).toMatchObject({
      requirements: ["rich>=13,<14"],
      members: ["packages/toolz"],
    })
  })

  it("is nobody's whom the author does not have it from", () => {
    const files = {
      "pyproject.toml": project(
        "wren",
        ["core"],
        fromWorkspace("core") + PACKAGES,
      ),
      "packages/core/pyproject.toml": project(
        "core",
        ["toolz"],
        '[tool.uv.sources]\ntoolz = { git = "https://example.org/toolz" }\n',
      ),
    }
    expect(tested(files).strangers).toEqual(["toolz"])
    const poetry =
      '[tool.poetry.dependencies]\ntoolz = { path = "../toolz" }\nrich = { version = "1", source = "PyPI" }\nclick = { version = "8", source = "own" }\n'
    expect(tested({ "pyproject.toml": poetry }).strangers).toEqual([
      "toolz",
      "click",
    ])
  })
})

describe("the files of a repository", () => {
  it("are by their paths from its top, wherever the project is", () => {
    const paths = new Set(["pyproject.toml"])
    const outside = new Set(["../core/pyproject.toml", "../../pyproject.toml"])
    const texts = new Map([["../core/pyproject.toml", project("core", [])]])
    const seen = new Sources(paths, texts, outside, "packages/wren")
    const tree = repositorySources(seen)
    expect([...tree.paths]).toEqual([
      "packages/wren/pyproject.toml",
      "packages/core/pyproject.toml",
      "pyproject.toml",
    ])
    expect(projectNameAt("packages/core", tree)).toBe("core")
    expect(tree.text("pyproject.toml")).toBeUndefined()
    expect([...seen.wanted]).toEqual(["../../pyproject.toml"])
  })
})

describe("what a release needs on the index", () => {
  it("is what members need in turn, unless they are released apart", () => {
    const files = {
      "pyproject.toml": project(
        "wren",
        ["core"],
        fromWorkspace("core") + PACKAGES,
      ),
      "packages/core/pyproject.toml": project(
        "core",
        ["toolz"],
        fromWorkspace("toolz"),
      ),
      "packages/toolz/pyproject.toml": project("toolz", []),
    }
    const texts = new Map(Object.entries(files))
    const sources = new Sources(new Set(texts.keys()), texts)
    const pyproject = parsePyproject(files["pyproject.toml"])
    const needed = (...apart: string[]) =>
      followSources(
        ["core"],
        { pyproject, tree: sources, at: "" },
        new Set(apart),
      ).sources.map(({ name }) => name)
    expect(needed()).toEqual(["core", "toolz"])
    expect(needed("core")).toEqual([])
  })
})
