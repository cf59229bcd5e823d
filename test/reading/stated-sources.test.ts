import { describe, expect, it } from "vitest"

import { parsePyproject } from "../../src/reading/pyproject.js"
import {
  folderRequirement,
  referencedFolder,
  statedSources,
  uvSources,
} from "../../src/reading/stated-sources.js"

describe("where a project has a dependency from", () => {
  it("is said by uv and by poetry, each in its table", () => {
    const pyproject = parsePyproject(
      '[tool.uv.sources]\nCore_A = { workspace = true }\n[tool.poetry.dev-dependencies]\nseeds = { git = "https://example.org/seeds" }\nrich = "^13"\n',
    )
    expect(statedSources(pyproject)).toMatchObject([
      { name: "core-a", key: "tool.uv.sources", source: { workspace: true } },
      { name: "seeds", key: "tool.poetry.dev-dependencies" },
    ])
    expect(uvSources(pyproject)).toHaveLength(1)
  })

  it.each([
    ["core @ file:///${PROJECT_ROOT}/packages/core", "packages/core"],
    ["core[a] @ file:///${PROJECT_ROOT}/../core ; os_name == 'nt'", "../core"],
    ["core @ {root:uri}/core", "core"],
    ["core @ file:core", "core"],
    ["core @ https://example.org/core.whl", undefined],
    ["core @ git+https://example.org/core", undefined],
    ["core>=1", undefined],
  ])("is the folder in `%s`, if it is one", (requirement, folder) => {
    expect(referencedFolder(requirement)).toBe(folder)
  })

  it.each([
    ["-e file:///${PROJECT_ROOT}/core#egg=core", "core @ file:core"],
    ["-e ./packages/core", "named @ file:packages/core"],
    ["--editable=../core[more]", "named[more] @ file:../core"],
    ["./packages/core", "named @ file:packages/core"],
    ["-e .[test]", "named[test] @ file:."],
    ["core>=1", undefined],
    ["-e git+https://example.org/core#egg=core", undefined],
  ])("is told of the line `%s`", (line, requirement) => {
    expect(folderRequirement(line, () => "named")).toBe(requirement)
    expect(folderRequirement("-e ./core", () => undefined)).toBeUndefined()
  })
})
