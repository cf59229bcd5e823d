import { expect, it } from "vitest"

import {
  maturinLayout,
  scikitBuildLayout,
  versionElsewhere,
} from "../../src/backends/native-backends.js"
import { clue, described } from "../helpers/described.js"

it("a version in a file of another language is refused with its name", () => {
  expect(versionElsewhere("maturin", "Cargo.toml")(clue())).toMatchObject({
    refusal:
      "maturin takes the version from `Cargo.toml`, and Shipwheel can't write it there",
  })
})

it("maturin's Python is where `python-source` says", () => {
  const toml = ["[tool.maturin]", 'python-source = "python"']
  expect(maturinLayout(described(toml))).toStrictEqual({ roots: ["python"] })
  expect(maturinLayout(described())).toStrictEqual({ roots: [] })
})

it("scikit-build-core's packages are those of its wheel", () => {
  const toml = ["[tool.scikit-build.wheel]", 'packages = ["python/quayside"]']
  expect(scikitBuildLayout(described(toml))).toStrictEqual({
    paths: [{ path: "python/quayside" }],
  })
  expect(scikitBuildLayout(described())).toStrictEqual({ paths: [] })
})
