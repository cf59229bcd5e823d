import { describe, expect, it } from "vitest"

import {
  poetryGroups,
  poetryInclude,
  poetryLayout,
  poetryName,
  poetryVersion,
} from "../../src/backends/poetry-backend.js"
import { clue, described } from "../helpers/described.js"

const TABLE = "[tool.poetry]"

describe("poetry's version", () => {
  it("is in its table", () => {
    expect(poetryVersion(clue([TABLE, 'version = "1"']))).toStrictEqual({
      places: [
        {
          kind: "toml",
          path: "pyproject.toml",
          key: ["tool", "poetry", "version"],
        },
      ],
    })
  })

  it("is told by a variable where its plugin asks git", () => {
    const backend = "poetry_dynamic_versioning.backend"
    const toml = ["[build-system]", `build-backend = "${backend}"`]
    expect(poetryVersion(clue(toml))).toStrictEqual({
      variables: ["POETRY_DYNAMIC_VERSIONING_BYPASS"],
    })
  })

  it("is elsewhere where the table has none", () => {
    expect(poetryVersion(clue([TABLE]))).toBeUndefined()
  })
})

describe("poetry's packages", () => {
  it("are where each of them says", () => {
    const packages =
      'packages = [{ include = "quayside", from = "lib" }, { include = "berth" }]'
    expect(poetryLayout(described([TABLE, packages]))).toStrictEqual({
      paths: [
        { root: "lib", path: "quayside" },
        { root: "", path: "berth" },
      ],
    })
  })

  it("are not those that the sdist alone has", () => {
    const packages =
      'packages = [{ include = "tests", format = "sdist" }, { include = "berth", format = ["sdist", "wheel"] }]'
    expect(poetryLayout(described([TABLE, packages]))).toStrictEqual({
      paths: [{ root: "", path: "berth" }],
    })
  })

  it.each([[], ['packages = "quayside"']])(
    "are left open where %j says nothing that poetry takes",
    (...lines) => {
      const found = poetryLayout(described([TABLE, ...lines.flat()]))
      expect(found).toStrictEqual({ paths: [] })
    },
  )
})

it("the name in poetry's table is read", () => {
  expect(poetryName(described([TABLE, 'name = "quay"']))).toBe("quay")
  expect(poetryName(described())).toBeUndefined()
})

it("poetry's groups are written as everybody else writes them", () => {
  const toml = [
    "[tool.poetry.group.test.dependencies]",
    'pytest = "^8.1"',
    "[tool.poetry.dev-dependencies]",
    'ruff = "*"',
  ]
  expect(poetryGroups(described(toml))).toStrictEqual({
    dev: ["ruff"],
    test: ["pytest>=8.1,<9.0"],
  })
  expect(poetryGroups(described())).toStrictEqual({})
})

it("data goes into poetry's sdist and wheel by its folder", () => {
  const path = "src/quayside/frontend"
  const folder = {
    isFolder: true,
    path,
    inner: "frontend",
    packageDir: "src/quayside",
  }
  expect(poetryInclude.lines([folder], "quayside")).toStrictEqual([
    {
      file: "pyproject.toml",
      lines: [
        TABLE,
        `include = [{ path = "${path}/**/*", format = ["sdist", "wheel"] }]`,
      ],
    },
  ])
})
