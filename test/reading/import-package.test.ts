import { describe, expect, it } from "vitest"

import { findShape } from "../../src/project/import-shape.js"
import {
  importName,
  moduleFiles,
  packageAt,
  type PackageLayout,
} from "../../src/reading/import-package.js"
import { sources } from "../helpers/builders.js"

const OPEN: PackageLayout = { roots: [], paths: [], modules: [] }

function found(
  paths: readonly string[],
  layout: Partial<PackageLayout> = {},
  name = "quayside",
) {
  return findShape(sources({}, paths), { ...OPEN, ...layout }, name)
}

describe("the import package", () => {
  it.each([
    ["src/quayside/__init__.py", "src", "src/quayside"],
    ["quayside/__init__.py", "", "quayside"],
    ["lib/quayside/__init__.py", "lib", "lib/quayside"],
    ["python/quayside/__init__.py", "python", "python/quayside"],
    ["src/quayside.py", "src", "src/quayside.py"],
    ["quayside.py", "", "quayside.py"],
  ])("is found by the project's name at %s", (file, root, path) => {
    expect(found([file])).toStrictEqual({ root, path })
  })

  it.each([
    ["Quay-Side", "quay_side/__init__.py", "quay_side"],
    ["quay.side", "quay/side/__init__.py", "quay/side"],
    ["quay.side", "quay_side/__init__.py", "quay_side"],
  ])("of %s is found at %s", (name, file, path) => {
    expect(found([file], {}, name)).toStrictEqual({ root: "", path })
  })

  it("is where the backend is told that it is, before the name", () => {
    const paths = ["src/quayside/__init__.py", "code/harbour/__init__.py"]
    expect(
      found(paths, { paths: [{ path: "./code/harbour/" }] }),
    ).toStrictEqual({ root: "code", path: "code/harbour" })
    expect(
      found(paths, { roots: ["code"], modules: ["harbour"] }),
    ).toStrictEqual({ root: "code", path: "code/harbour" })
  })

  it.each<[string, Partial<PackageLayout>]>([
    ["paths", { paths: [{ path: "src/aaa" }, { path: "src/wren_lib" }] }],
    [
      "paths in a root",
      {
        paths: [
          { root: "src", path: "aaa" },
          { root: "src", path: "wren_lib" },
        ],
      },
    ],
    ["modules", { modules: ["aaa", "wren_lib"] }],
  ])("is that of the project's name among several %s", (_, layout) => {
    const paths = ["src/aaa/__init__.py", "src/wren_lib/__init__.py"]
    expect(found(paths, layout, "wren-lib")).toStrictEqual({
      root: "src",
      path: "src/wren_lib",
    })
  })

  it("is none of its authors' folders, where the backend names another", () => {
    const paths = ["tests", "tools", "bird"].map((path) => ({ path }))
    const files = paths.map(({ path }) => `${path}/__init__.py`)
    expect(found(files, { paths })).toStrictEqual({ root: "", path: "bird" })
    expect(found(files, { paths: paths.slice(0, 1) })).toStrictEqual({
      root: "",
      path: "tests",
    })
  })

  it("is in a root that is a package by mistake", () => {
    const paths = ["src/__init__.py", "src/harbour/__init__.py"]
    expect(found(paths)).toStrictEqual({ root: "src", path: "src/harbour" })
    expect(found(["src/__init__.py"])).toStrictEqual({ root: "", path: "src" })
  })

  it("is the shallowest of the modules that are listed", () => {
    const paths = ["a/__init__.py", "a/b/__init__.py"]
    expect(found(paths, { modules: ["a.b", "a"] })).toStrictEqual({
      root: "",
      path: "a",
    })
  })

  it("is inside a namespace that has no __init__.py", () => {
    const paths = ["src/zope/interface/__init__.py"]
    const layout = { paths: [{ root: "src", path: "zope" }] }
    expect(found(paths, layout, "other")).toStrictEqual({
      root: "src",
      path: "src/zope/interface",
    })
  })

  it("is no folder of packages, though a backend includes it", () => {
    const paths = ["src/harbour/__init__.py"]
    expect(found(paths, { paths: [{ path: "src" }] })).toStrictEqual({
      root: "src",
      path: "src/harbour",
    })
  })

  it("is the only one there is, where nothing names it", () => {
    const others = ["tests", "docs", "examples", "scripts", ".hidden"]
    const paths = ["harbour", ...others].map((each) => `${each}/__init__.py`)
    expect(found(paths)).toStrictEqual({ root: "", path: "harbour" })
  })

  it.each([
    ["tools/__init__.py", "", "tools"],
    ["src/testing/__init__.py", "src", "src/testing"],
    ["src/sample/__init__.py", "src", "src/sample"],
    ["lib/scripts/__init__.py", "lib", "lib/scripts"],
  ])(
    "is one whose name is seldom that of one, where it is alone: %s",
    (path, root, folder) => {
      const beside = ["tests/__init__.py", "docs/__init__.py"]
      expect(found([path, ...beside])).toStrictEqual({ root, path: folder })
    },
  )

  it("is none of two whose names are seldom those of one", () => {
    const paths = ["tools/__init__.py", "scripts/__init__.py"]
    expect(found(paths)).toBeUndefined()
  })

  it("is the one with the nearest name among several", () => {
    const paths = ["berths/__init__.py", "quay/__init__.py"]
    expect(found(paths, {}, "python-quay")).toStrictEqual({
      root: "",
      path: "quay",
    })
  })

  it("is not guessed among several, nor where there is none", () => {
    expect(found(["one/__init__.py", "two/__init__.py"])).toBeUndefined()
    expect(found(["tests/__init__.py"])).toBeUndefined()
    expect(found([])).toBeUndefined()
  })
})

describe("a module's name", () => {
  it("stands for a file or a folder", () => {
    expect(moduleFiles("src", "one.two")).toStrictEqual([
      "src/one/two.py",
      "src/one/two/__init__.py",
    ])
    expect(moduleFiles("", "one")).toStrictEqual(["one.py", "one/__init__.py"])
  })

  it.each([
    ["src", "src/zope/interface", "zope.interface"],
    ["", "quayside.py", "quayside"],
  ])("below %j of %s is %s", (root, path, name) => {
    expect(importName({ root, path })).toBe(name)
  })

  it("is that of the last folder of a path", () => {
    expect(packageAt("src/one")).toStrictEqual({ root: "src", path: "src/one" })
    expect(packageAt("one")).toStrictEqual({ root: "", path: "one" })
  })
})
