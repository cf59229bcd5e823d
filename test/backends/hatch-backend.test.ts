import { describe, expect, it } from "vitest"

import {
  hatchArtifacts,
  hatchEnvironments,
  hatchLayout,
  hatchVersion,
} from "../../src/backends/hatch-backend.js"
import type { PackagePath } from "../../src/reading/import-package.js"
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

  it("is told by a tag where the source reads nothing else", () => {
    expect(version(['source = "versioningit"'])).toStrictEqual({
      inTags: { tool: "versioningit", project: "quayside" },
    })
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
  const WHEEL = "[tool.hatch.build.targets.wheel]"

  it.each<[string, string[], PackagePath[]]>([
    ["packages", ['packages = ["src/wren"]'], [{ path: "src/wren" }]],
    [
      "what is taken alone",
      ['only-include = ["wren"]'],
      [{ root: "", path: "wren" }],
    ],
    [
      "what is included",
      ['include = ["/wren", "songs/**/*.csv", "*.md", "!wren/old"]'],
      [
        { root: "", path: "wren" },
        { root: "", path: "songs" },
      ],
    ],
    [
      "a file of a package",
      ['include = ["wren/song.py"]'],
      [{ root: "", path: "wren" }],
    ],
    [
      "a folder that is cut off",
      ['include = ["lib/wren"]', 'sources = ["lib"]'],
      [{ root: "lib", path: "wren" }],
    ],
    [
      "a folder that becomes another",
      [
        'only-include = ["lib/wren"]',
        `[${WHEEL.slice(1, -1)}.sources]`,
        '"lib/wren" = "wren"',
      ],
      [{ root: "lib", path: "wren" }],
    ],
  ])("say where the packages are: %s", (_, toml, paths) => {
    const files = sources({}, ["wren/__init__.py"])
    const told = { ...described(WHEEL, ...toml), sources: files }
    expect(hatchLayout(told).paths).toStrictEqual(paths)
  })

  it("say of the whole build what the wheel does not", () => {
    const toml = ["[tool.hatch.build]", 'packages = ["a"]', 'include = ["b"]']
    const wheel = [WHEEL, 'packages = ["c"]']
    expect(hatchLayout(described(...toml, ...wheel)).paths).toStrictEqual([
      { path: "c" },
      { root: "", path: "b" },
    ])
  })

  it("say what the environments install", () => {
    const toml = ["[tool.hatch.envs.types]", 'extra-dependencies = ["mypy"]']
    expect(hatchEnvironments(described(...toml))).toStrictEqual({
      types: ["mypy"],
    })
  })

  it("say nothing where there are none", () => {
    expect(hatchLayout(described())).toStrictEqual({ roots: [], paths: [] })
    expect(hatchEnvironments(described())).toStrictEqual({})
  })

  it("take a folder in as an artifact", () => {
    const folder = {
      isFolder: true,
      path: "src/a/out",
      inner: "out",
      packageDir: "src/a",
    }
    expect(hatchArtifacts.lines([folder], "a")).toStrictEqual([
      {
        file: "pyproject.toml",
        lines: ["[tool.hatch.build]", 'artifacts = ["/src/a/out/**"]'],
      },
    ])
  })
})
