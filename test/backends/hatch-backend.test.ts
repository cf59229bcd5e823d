import { describe, expect, it } from "vitest"

import {
  hatchArtifacts,
  hatchEnvironments,
  hatchLayout,
  hatchVersion,
} from "../../src/backends/hatch-backend.js"
import { pyproject, sources } from "../helpers/builders.js"

type Texts = Readonly<Record<string, string>>

const described = (...toml: string[]) => ({
  pyproject: pyproject(...toml),
  sources: sources({}),
})

describe("hatch's version", () => {
  const version = (table: readonly string[], texts: Texts = {}) =>
    hatchVersion({
      ...described("[tool.hatch.version]", ...table),
      sources: sources(texts),
      name: "quayside",
      found: { root: "src", path: "src/quayside" },
    })
  const ABOUT = "src/quayside/__about__.py"

  it("is in the file that is named, where a pattern finds it", () => {
    expect(
      version([`path = "${ABOUT}"`, 'pattern = "V = (.+)"']),
    ).toStrictEqual({
      places: [{ kind: "pattern", path: ABOUT, pattern: "V = (.+)" }],
    })
  })

  it("is what an expression names, where that is plain text", () => {
    const table = ['source = "code"', `path = "${ABOUT}"`, 'expression = "V"']
    expect(version(table, { [ABOUT]: 'V = "1"\n' })).toStrictEqual({
      places: [{ kind: "assignment", path: ABOUT, name: "V" }],
    })
    expect(version(table, { [ABOUT]: "V = read()\n" })).toMatchObject({
      refusal: `\`tool.hatch.version\` computes \`V\` in \`${ABOUT}\``,
    })
  })

  it.each([
    [['source = "vcs"'], "SETUPTOOLS_SCM_PRETEND_VERSION"],
    [['source = "uv-dynamic-versioning"'], "UV_DYNAMIC_VERSIONING_BYPASS"],
    [['source = "env"', 'variable = "QUAY"'], "QUAY"],
  ])("is told by a variable: %j", (table, variable) => {
    expect(version(table)).toStrictEqual({ variables: [variable] })
  })

  it.each([
    [
      ['source = "calver"'],
      "`tool.hatch.version.source` is `calver`, which can't be told the version of the tag",
    ],
    [
      ['source = "env"'],
      "`tool.hatch.version.source` is `env`, which can't be told the version of the tag",
    ],
    [[], "`[tool.hatch.version]` has no `path`"],
  ])("is refused: %j", (table, refusal) => {
    expect(version(table)).toMatchObject({ refusal })
  })
})

describe("hatch's tables", () => {
  it("say where the packages are", () => {
    const toml = [
      "[tool.hatch.build.targets.wheel]",
      'packages = ["a"]',
      'only-include = ["b"]',
    ]
    expect(hatchLayout(described(...toml))).toStrictEqual({
      paths: [{ path: "a" }, { path: "b" }],
    })
  })

  it("say what the environments install", () => {
    const toml = ["[tool.hatch.envs.types]", 'extra-dependencies = ["mypy"]']
    expect(hatchEnvironments(described(...toml))).toStrictEqual({
      types: ["mypy"],
    })
  })

  it("say nothing where there are none", () => {
    expect(hatchLayout(described())).toStrictEqual({ paths: [] })
    expect(hatchEnvironments(described())).toStrictEqual({})
  })

  it("take a folder in as an artifact", () => {
    const folder = { path: "src/a/out", inner: "out", packageDir: "src/a" }
    expect(hatchArtifacts.lines([folder], "a")).toStrictEqual([
      {
        file: "pyproject.toml",
        lines: ["[tool.hatch.build]", 'artifacts = ["/src/a/out/**"]'],
      },
    ])
  })
})
