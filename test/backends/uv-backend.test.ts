import { describe, expect, it } from "vitest"

import { uvGroups, uvLayout } from "../../src/backends/uv-backend.js"
import { pyproject, sources } from "../helpers/builders.js"

const described = (...toml: string[]) => ({
  pyproject: pyproject(...toml),
  sources: sources({}),
})
const TABLE = "[tool.uv.build-backend]"

describe("uv's package", () => {
  it.each([
    [['module-name = "a.b"'], "src"],
    [['module-name = ["a.b"]', 'module-root = ""'], ""],
  ])("is where %j says", (table, root) => {
    expect(uvLayout(described(TABLE, ...table))).toStrictEqual({
      paths: [{ root, path: "a/b" }],
    })
  })

  it("is left open where nothing is said", () => {
    expect(uvLayout(described())).toStrictEqual({ paths: [] })
  })
})

describe("uv's own list for work on a project", () => {
  it("is the group `dev`", () => {
    const toml = ["[tool.uv]", 'dev-dependencies = ["ruff"]']
    expect(uvGroups(described(...toml))).toStrictEqual({ dev: ["ruff"] })
  })

  it("is no group where it is empty or missing", () => {
    expect(uvGroups(described())).toStrictEqual({})
  })
})
