import { describe, expect, it } from "vitest"

import { excludedPaths } from "../../src/build/exclusions.js"
import { described } from "../helpers/described.js"

const WREN = "src/quayside/wren"

describe("what a backend is told by name to leave out", () => {
  it.each([
    ["hatchling", "[tool.hatch.build]", `exclude = ["${WREN}"]`],
    [
      "hatchling for the wheel",
      "[tool.hatch.build.targets.wheel]",
      `exclude = ["/${WREN}/"]`,
    ],
    ["poetry-core", "[tool.poetry]", `exclude = ["${WREN}/**/*"]`],
    [
      "poetry-core by a table",
      "[tool.poetry]",
      `exclude = [{ path = "${WREN}", format = ["sdist", "wheel"] }]`,
    ],
    ["pdm-backend", "[tool.pdm.build]", `excludes = ["./${WREN}/**"]`],
    ["flit", "[tool.flit.sdist]", `exclude = ["${WREN}/*"]`],
    ["uv_build", "[tool.uv.build-backend]", `wheel-exclude = ["${WREN}"]`],
  ])("is read for %s", (_, ...toml) => {
    expect(excludedPaths(described(toml))).toStrictEqual([WREN])
  })

  it.each([
    [
      "pyproject.toml",
      ["[tool.setuptools.packages.find]", 'exclude = ["quayside.wren*"]'],
      {},
    ],
    [
      "setup.cfg",
      [],
      {
        "setup.cfg":
          "[options.packages.find]\nexclude =\n  quayside.wren\n  quayside.wren.*\n",
      },
    ],
    [
      "setup.py",
      [],
      {
        "setup.py": 'setup(packages=find_packages(exclude=["quayside.wren"]))',
      },
    ],
    [
      "package data",
      ["[tool.setuptools.exclude-package-data]", 'quayside = ["wren"]'],
      {},
    ],
    [
      "MANIFEST.in",
      [],
      { "MANIFEST.in": "recursive-include docs *\nprune quayside/wren\n" },
    ],
  ] as const)("is read for setuptools in %s", (_, toml, texts) => {
    expect(excludedPaths(described(toml, texts))).toStrictEqual([
      "quayside/wren",
    ])
  })

  it("may be a name that is anywhere", () => {
    const hatch = ["[tool.hatch.build]", 'exclude = ["**/wren"]']
    const find = ["[tool.setuptools.packages.find]", 'exclude = ["*.wren.*"]']
    expect(excludedPaths(described(hatch))).toStrictEqual(["**/wren"])
    expect(excludedPaths(described(find))).toStrictEqual(["**/wren"])
  })

  it.each([
    ["a pattern", "[tool.hatch.build]", 'exclude = ["*.json", "src/*/wren"]'],
    ["what it takes all the same", "[tool.hatch.build]", 'exclude = ["!wren"]'],
    [
      "what is left out of the sdist alone",
      "[tool.poetry]",
      `exclude = [{ path = "${WREN}", format = "sdist" }]`,
    ],
    [
      "the same with hatchling",
      "[tool.hatch.build.targets.sdist]",
      `exclude = ["${WREN}"]`,
    ],
    ["everything", "[tool.hatch.build]", 'exclude = ["/", "**", "**/*"]'],
  ])("is not %s", (_, ...toml) => {
    expect(excludedPaths(described(toml))).toStrictEqual([])
  })
})
