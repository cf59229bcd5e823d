import { describe, expect, it } from "vitest"

import {
  maturinLayout,
  maturinVersion,
  scikitBuildLayout,
} from "../../src/backends/native-backends.js"
import { clue, described } from "../helpers/described.js"
import { lines } from "../helpers/refusal.js"

describe("maturin's version", () => {
  const version = (cargo: Record<string, string>, ...toml: string[]) =>
    maturinVersion(clue(toml, cargo))

  it.each([
    ["[package]", ["package", "version"]],
    ["[workspace.package]", ["workspace", "package", "version"]],
  ])("is in `%s` of Cargo.toml", (table, key) => {
    const text = lines(table, 'version = "1.0.0"')
    expect(version({ "Cargo.toml": text })).toStrictEqual({
      places: [{ kind: "toml", path: "Cargo.toml", key }],
    })
  })

  it("is in the manifest that is named", () => {
    const path = "rust/Cargo.toml"
    const named = ["[tool.maturin]", `manifest-path = "${path}"`]
    const text = lines("[package]", 'version = "1.0.0"')
    expect(version({ [path]: text }, ...named)).toMatchObject({
      places: [{ path }],
    })
  })

  it.each([
    [{}, "is not there"],
    [{ "Cargo.toml": "[package]\nversion.workspace = true\n" }, "has none"],
  ])("is refused where no manifest has it: %j", (cargo, why) => {
    expect(version(cargo)).toMatchObject({
      refusal: `maturin takes the version from \`Cargo.toml\`, which ${why}`,
    })
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
