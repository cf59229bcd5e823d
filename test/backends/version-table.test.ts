import { describe, expect, it } from "vitest"

import {
  refuseOwnSource,
  versionByPattern,
} from "../../src/backends/version-table.js"

describe("a version table of a backend", () => {
  it("finds the version by a pattern in its file", () => {
    const path = "src/quayside/__init__.py"
    expect(versionByPattern("hatch", path, "V = (.+)")).toStrictEqual({
      places: [{ kind: "pattern", path, pattern: "V = (.+)" }],
    })
  })

  it("is refused without a file", () => {
    expect(versionByPattern("pdm", undefined, "V = (.+)")).toMatchObject({
      refusal: "`[tool.pdm.version]` has no `path`",
    })
  })

  it("is refused with a source that can't be told a version", () => {
    expect(refuseOwnSource("pdm", "call")).toMatchObject({
      refusal:
        "`tool.pdm.version.source` is `call`, which can't be told the version of the tag",
    })
  })
})
