import { describe, expect, it } from "vitest"

import {
  flitIncludes,
  flitLayout,
  flitName,
  statedIn,
} from "../../src/backends/flit-backend.js"
import { clue, described } from "../helpers/described.js"

const INIT = "src/quayside/__init__.py"

describe("flit's version", () => {
  it("is `__version__` of the package", () => {
    const found = statedIn("flit")(clue([], { [INIT]: '__version__ = "1"\n' }))
    expect(found).toStrictEqual({
      places: [{ kind: "assignment", path: INIT, name: "__version__" }],
    })
  })

  it("is refused where it is computed", () => {
    const texts = { [INIT]: "__version__ = read()\n" }
    expect(statedIn("flit")(clue([], texts))).toMatchObject({
      refusal:
        "flit takes the version of `quayside` from `__version__` in `src/quayside`, and that is computed there or missing",
    })
  })

  it("is left open where no package was found", () => {
    expect(statedIn("flit")({ ...clue(), found: undefined })).toStrictEqual({
      places: [],
    })
  })
})

describe("flit's package", () => {
  it.each([
    [["[tool.flit.module]", 'name = "berth"'], ["berth"]],
    [["[tool.flit.metadata]", 'module = "berth"'], ["berth"]],
    [[], []],
  ])("is what %j names", (toml, modules) => {
    expect(flitLayout(described(toml))).toStrictEqual({ modules })
  })
})

describe("the name in flit's own table", () => {
  it("is that of the distribution, before that of the module", () => {
    const table = ["[tool.flit.metadata]", 'module = "berth"']
    expect(flitName(described([...table, 'dist-name = "quay"']))).toBe("quay")
    expect(flitName(described(table))).toBe("berth")
    expect(flitName(described())).toBeUndefined()
  })
})

it("data goes into flit's sdist by its folder", () => {
  const path = "src/quayside/frontend"
  const folder = {
    isFolder: true,
    path,
    inner: "frontend",
    packageDir: "src/quayside",
  }
  expect(flitIncludes.lines([folder], "quayside")).toStrictEqual([
    {
      file: "pyproject.toml",
      lines: ["[tool.flit.sdist]", `include = ["${path}/**"]`],
    },
  ])
})
