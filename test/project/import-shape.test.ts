import { describe, expect, it } from "vitest"

import { look, project } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const SHIPWHEEL = "[tool.shipwheel]"

/** What is found of a project with this name and these files. */
function shapeOf(
  name: string,
  paths: readonly string[],
  ...toml: readonly string[]
) {
  const text = `[project]\nname = "${name}"\nversion = "1"\n${toml.join("\n")}\n`
  const { imports, packageDir } = project({
    paths,
    texts: { "pyproject.toml": text },
  })
  return { packageDir, imports }
}

describe("a package without `__init__.py`", () => {
  it.each([
    ["wren-stubs", "wren-stubs/__init__.pyi", "wren-stubs"],
    ["types-wren", "src/wren-stubs/__init__.pyi", "src/wren-stubs"],
    ["wren-stubs", "src/wren-stubs/song.pyi", "src/wren-stubs"],
    ["wren-data", "wren_data/songs.csv", "wren_data"],
    ["wren-data", "src/wren_data/eggs/colours.json", "src/wren_data"],
  ])("is found for %s by %s, and nothing is imported", (name, path, found) => {
    expect(shapeOf(name, [path])).toEqual({ packageDir: found, imports: [] })
  })

  it.each([
    ["acme.wren", "src/acme/wren.py", "src/acme/wren.py", "acme.wren"],
    ["acme-wren", "src/acme/wren/song.py", "src/acme/wren", "acme.wren"],
    ["acme", "src/acme/wren/song.py", "src/acme", "acme"],
    ["tools", "tools/saw.py", "tools", "tools"],
    ["quayside", "src/quayside/main.py", "src/quayside", "quayside"],
    ["quayside", "quayside/_core.pyx", "quayside", "quayside"],
  ])("is found for %s by %s, and imported", (name, path, found, module) => {
    const shape = { packageDir: found, imports: [module] }
    expect(shapeOf(name, [path])).toEqual(shape)
  })

  it.each([
    ["wren-stubs", "wren-stubs/__init__.pyi", "wren-stubs"],
    ["acme-wren", "src/acme/wren/song.py", "src/acme/wren"],
  ])("is not a folder of tools beside %s", (name, path, found) => {
    const shape = shapeOf(name, [path, "scripts/__init__.py"])
    expect(shape.packageDir).toBe(found)
  })

  it("is a package beside a folder of its name with other files", () => {
    const paths = ["wren/songs.csv", "bird/__init__.py"]
    expect(shapeOf("wren", paths).packageDir).toBe("bird")
  })

  it("is what the backend names, before the only package there is", () => {
    const paths = ["bird-stubs/__init__.pyi", "scripts/__init__.py"]
    const named = ["[tool.poetry]", 'packages = [{ include = "bird-stubs" }]']
    expect(shapeOf("wren", paths, ...named)).toEqual({
      packageDir: "bird-stubs",
      imports: [],
    })
  })

  it("is no folder of data in the package, though the backend names it", () => {
    const paths = ["wren/__init__.py", "wren/songs/one.ogg"]
    const named = [
      "[tool.hatch.build.targets.wheel]",
      'include = ["wren/songs/**"]',
    ]
    expect(shapeOf("wren", paths, ...named).packageDir).toBe("wren")
  })

  it("is where the backend says", () => {
    const wheel = [
      "[tool.hatch.build.targets.wheel]",
      'packages = ["python/wren-stubs"]',
    ]
    const paths = ["python/wren-stubs/__init__.pyi"]
    expect(shapeOf("bird", paths, ...wheel).packageDir).toBe(
      "python/wren-stubs",
    )
  })
})

describe("a configured package", () => {
  it.each([
    ["src/acme/wren.py", "src/acme/wren.py", "acme.wren"],
    ["acme/birds", "acme/birds/wren.py", "birds"],
    ["backend/quayside", "backend/quayside/__init__.py", "quayside"],
    ["testing", "testing/__init__.py", "testing"],
    ["src/tools", "src/tools/saw.py", "tools"],
  ])("is believed as %s with %s there", (path, file, module) => {
    const line = `package = "${path}"`
    expect(shapeOf("bird", [file], SHIPWHEEL, line)).toEqual({
      packageDir: path,
      imports: [module],
    })
  })

  it.each([
    ["wren-stubs", "wren-stubs/__init__.pyi"],
    ["src/songs", "src/songs/one.ogg"],
  ])("holds nothing to import as %s, and is believed", (path, file) => {
    const line = `package = "${path}"`
    expect(shapeOf("bird", [file], SHIPWHEEL, line)).toEqual({
      packageDir: path,
      imports: [],
    })
  })

  it("is a namespace's where the project's name or `imports` say so", () => {
    const lines = [SHIPWHEEL, 'package = "acme/birds"']
    const paths = ["acme/birds/wren.py"]
    const named = shapeOf("acme-birds", paths, ...lines)
    expect(named.imports).toEqual(["acme.birds"])
    const imports = 'imports = ["acme.birds.wren"]'
    expect(shapeOf("bird", paths, ...lines, imports).imports).toEqual([
      "acme.birds.wren",
    ])
  })

  it("that is not there is named", () => {
    const toml = [SHIPWHEEL, 'package = "src/other"']
    expect(refusal((problems) => look({ toml }, problems))).toBe(
      "configuration: `tool.shipwheel.package` names `src/other`, which is not there\n   Correct the path, or leave it out to have it found.",
    )
  })
})

describe("what is imported", () => {
  const imports = (line: string) =>
    project({ toml: ["[tool.shipwheel]", line] }).imports

  it("is what is configured, in place of the package", () => {
    expect(imports('imports = ["quayside.api", "import quayside"]')).toEqual([
      "quayside.api",
      "import quayside",
    ])
    expect(imports("imports = []")).toEqual([])
  })
})
