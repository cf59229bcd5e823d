import { describe, expect, it } from "vitest"

import {
  pdmGroups,
  pdmIncludes,
  pdmLayout,
  pdmVersion,
} from "../../src/backends/pdm-backend.js"
import { clue, described } from "../helpers/described.js"

describe("pdm's version", () => {
  const version = (...table: string[]) =>
    pdmVersion(clue(["[tool.pdm.version]", ...table]))

  it("is in the file that is named, by its own pattern or pdm's", () => {
    const file = ['source = "file"', 'path = "VERSION"']
    expect(version(...file, 'pattern = "(.+)"')).toStrictEqual({
      places: [{ kind: "pattern", path: "VERSION", pattern: "(.+)" }],
    })
    expect(version(...file)).toMatchObject({
      places: [{ kind: "pattern", path: "VERSION" }],
    })
  })

  it("is told by a variable where it comes from git", () => {
    expect(version('source = "scm"')).toStrictEqual({
      variables: ["PDM_BUILD_SCM_VERSION"],
    })
  })

  it("is refused from a function, and without a file", () => {
    expect(version('source = "call"', 'getter = "a:b"')).toMatchObject({
      refusal:
        "`tool.pdm.version.source` is `call`, which can't be told the version of the tag",
    })
    expect(version('source = "file"')).toMatchObject({
      refusal: "`[tool.pdm.version]` has no `path`",
    })
  })

  it("is elsewhere where there is no such table", () => {
    expect(pdmVersion(clue())).toBeUndefined()
    expect(pdmVersion(clue(["[tool.pdm]", 'version = "1"']))).toBeUndefined()
  })
})

it("pdm's package is where `package-dir` and `includes` say", () => {
  const table = ["[tool.pdm.build]", 'package-dir = "lib"']
  const found = pdmLayout(described([...table, 'includes = ["lib/quayside"]']))
  expect(found).toStrictEqual({
    roots: ["lib"],
    paths: [{ path: "lib/quayside" }],
  })
})

it("pdm's groups for work on a project keep their names", () => {
  const table = ["[tool.pdm.dev-dependencies]", 'test = ["pytest", "click<9"]']
  expect(pdmGroups(described(table))).toStrictEqual({
    test: ["pytest", "click<9"],
  })
  expect(pdmGroups(described())).toStrictEqual({})
  const dev = [
    "[tool.pdm.dev-dependencies]",
    'dev = ["-e file:///${PROJECT_ROOT}/core#egg=core"]',
  ]
  expect(pdmGroups(described(dev))).toStrictEqual({
    dev: ["core @ file:core"],
  })
})

it("data goes into pdm's files with the whole package", () => {
  const path = "src/quayside/frontend"
  const folder = {
    isFolder: true,
    path,
    inner: "frontend",
    packageDir: "src/quayside",
  }
  expect(pdmIncludes.lines([folder], "quayside")).toStrictEqual([
    {
      file: "pyproject.toml",
      lines: ["[tool.pdm.build]", 'includes = ["src/quayside"]'],
    },
  ])
})
