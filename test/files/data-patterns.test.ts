import { describe, expect, it } from "vitest"

import { dataPatterns } from "../../src/files/data-patterns.js"
import { outline, PACKAGE } from "../helpers/builders.js"

const found = (...toml: string[]) =>
  dataPatterns(outline({ toml })).map(({ pattern, where }) => [pattern, where])

describe("the patterns that a backend takes data by", () => {
  it("are setuptools' package-data, by package and for all", () => {
    const toml = [
      "[tool.setuptools.package-data]",
      'quayside = ["static/**", "py.typed"]',
      '"*" = ["*.txt"]',
    ]
    const where = "tool.setuptools.package-data"
    expect(dataPatterns(outline({ toml }))).toStrictEqual([
      {
        pattern: "static/**",
        where: `${where}.quayside`,
        module: "quayside",
        spare: true,
      },
      { pattern: "py.typed", where: `${where}.quayside`, module: "quayside" },
      { pattern: "*.txt", where: `${where}.*`, anywhere: true, spare: true },
    ])
  })

  it("are those of setup.cfg, with commas or lines between them", () => {
    const cfg =
      "[options.package_data]\n* = *.txt, *.rst\nquayside =\n  static/*\n  # for mypy, and others\n  py.typed\n\n[other]\na = b\n"
    const source = { texts: { "setup.cfg": cfg }, paths: [PACKAGE] }
    expect(dataPatterns(outline(source)).map(({ pattern }) => pattern)).toEqual(
      ["*.txt", "*.rst", "static/*", "py.typed"],
    )
  })

  it.each([
    [["[tool.hatch.build]", 'artifacts = ["*.js"]'], "*.js"],
    [["[tool.hatch.build.targets.wheel]", 'artifacts = ["*.js"]'], "*.js"],
    [
      ["[tool.hatch.build.force-include]", '"../x.json" = "x.json"'],
      "../x.json",
    ],
    [
      [
        "[tool.poetry]",
        'include = ["a.txt", { path = "b/*", format = "wheel" }]',
      ],
      "b/*",
    ],
    [
      ["[tool.pdm.build]", 'includes = ["src/quayside/data"]'],
      "src/quayside/data",
    ],
    [["[tool.flit.sdist]", 'include = ["doc/*.html"]'], "doc/*.html"],
    [["[tool.uv.build-backend]", 'source-include = ["tests/**"]'], "tests/**"],
  ])("are those of %j", (toml, pattern) => {
    expect(found(...toml).map(([each]) => each)).toContain(pattern)
  })

  it.each([
    [["[tool.flit.sdist]", 'include = ["doc/*.html"]'], true],
    [["[tool.pdm.build]", 'source-includes = ["tests"]'], true],
    [["[tool.poetry]", 'include = [{ path = "a", format = "sdist" }]'], true],
    [["[tool.hatch.build]", 'artifacts = ["*.js"]'], true],
    [["[tool.hatch.build]", 'artifacts = ["lib/core.dll"]'], true],
    [
      [
        "[tool.poetry]",
        'include = [{ path = "a", format = ["sdist", "wheel"] }]',
      ],
      undefined,
    ],
    [["[tool.poetry]", 'include = [{ path = "a" }]'], undefined],
    [["[tool.hatch.build]", 'artifacts = ["core.js"]'], undefined],
  ])(
    "are spare where they take what there is, or are for the sdist or a platform alone: %j",
    (toml, spare) => {
      expect(dataPatterns(outline({ toml })).map((each) => each.spare)).toEqual(
        [spare],
      )
    },
  )

  it("are what hatchling puts beside the packages, and where a wheel then has it", () => {
    const toml = [
      "[tool.hatch.build.targets.wheel.shared-data]",
      '"lab/extension" = "share/jupyter/quayside"',
      '"etc" = "/"',
      "[tool.hatch.build.targets.wheel.shared-scripts]",
      '"bin/quay" = "quay"',
    ]
    const where = "tool.hatch.build.targets.wheel"
    expect(dataPatterns(outline({ toml }))).toStrictEqual([
      {
        pattern: "lab/extension",
        where: `${where}.shared-data`,
        lands: "data/share/jupyter/quayside",
      },
      { pattern: "etc", where: `${where}.shared-data`, lands: "data/" },
      {
        pattern: "bin/quay",
        where: `${where}.shared-scripts`,
        lands: "scripts/quay",
      },
    ])
  })

  it("are the folder that flit puts there as it is", () => {
    const toml = ["[tool.flit.external-data]", 'directory = "extra"']
    expect(dataPatterns(outline({ toml }))).toStrictEqual([
      {
        pattern: "extra",
        where: "tool.flit.external-data.directory",
        lands: "data",
      },
    ])
  })

  it("are setuptools' data-files", () => {
    const toml = ["[tool.setuptools.data-files]", '"share/man" = ["man/q.1"]']
    expect(found(...toml)).toEqual([
      ["man/q.1", "tool.setuptools.data-files.share/man"],
    ])
  })

  const HOOK = "tool.hatch.build.hooks.jupyter-builder"
  const ENSURED = 'ensured-targets = ["quayside/labextension/style.js"]'
  const OFF = "enable-by-default = false"
  const SHIPWHEEL = "[tool.shipwheel]"
  const ON = 'build-env = { HATCH_BUILD_HOOKS_ENABLE = "true" }'

  it("are what a hook has to make that does not run; one that runs looks for that itself", () => {
    const where = `${HOOK}.ensured-targets`
    expect(found(`[${HOOK}]`, ENSURED, OFF)).toEqual([
      ["quayside/labextension/style.js", where],
    ])
    expect(found(`[${HOOK}]`, ENSURED)).toEqual([])
    expect(found(SHIPWHEEL, ON, `[${HOOK}]`, ENSURED, OFF)).toEqual([])
  })

  it("are needed in an sdist as well where the build makes a frontend", () => {
    const sdist = [
      "[tool.hatch.build.targets.sdist]",
      'artifacts = ["quayside/labextension"]',
    ]
    const spare = (...toml: string[]) =>
      dataPatterns(outline({ toml })).map((each) => each.spare)
    expect(spare(...sdist)).toEqual([true])
    expect(spare(...sdist, `[${HOOK}]`)).toEqual([undefined])
  })

  it("are none of what is written in another form", () => {
    expect(found("[tool.setuptools]", 'package-data = "static"')).toEqual([])
    expect(found("[tool.hatch.build]", "artifacts = true")).toEqual([])
  })
})
