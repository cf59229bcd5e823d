import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"

const PROGRAM = fileURLToPath(
  new URL("../../src/containers/compile_few.py", import.meta.url),
)

/** Where a distribution is installed, and which of its modules are compiled once the program has run. */
function compiled(
  modules: Readonly<Record<string, string>>,
  installer: string,
): string[] {
  const site = newFolder()
  const info = "quillon-1.0.0.dist-info"
  const texts = {
    ...modules,
    [`${info}/METADATA`]: "Name: quillon\nVersion: 1.0.0\n",
    [`${info}/INSTALLER`]: installer,
    [`${info}/RECORD`]: Object.keys(modules)
      .map((path) => `${path},,\n`)
      .join(""),
  }
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(site, path)), { recursive: true })
    writeFileSync(join(site, path), text)
  }
  // What this machine has installed is left alone.
  const env = { ...process.env, PYTHONPATH: site }
  execFileSync("python3", ["-S", PROGRAM], { env })
  const caches = ["__pycache__", "quillon/__pycache__"].map((each) =>
    join(site, each),
  )
  return caches
    .filter((each) => existsSync(each))
    .flatMap((each) => readdirSync(each))
    .map((name) => name.replace(/\.cpython-\d+\.pyc$/, ""))
    .sort()
}

/** Modules in which nothing is. */
const empty = (...paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, ""]))

describe("what was installed", () => {
  it("is compiled, whatever imports it", () => {
    expect(
      compiled({ "quillon/__init__.py": "", "quillon/ink.py": "" }, "uv\n"),
    ).toEqual(["__init__", "ink"])
  })

  it("by another installer is left as it is", () => {
    expect(compiled({ "quillon.py": "" }, "pip\n")).toEqual([])
  })

  it("may hold what does not compile on this Python", () => {
    expect(
      compiled({ "ink.py": "match = case of", "quillon.py": "" }, "uv"),
    ).toEqual(["quillon"])
  })

  it("is not compiled where it is much: most of it is never imported", () => {
    const much = Array.from(
      { length: 2000 },
      (_, at) => `quillon/p${at % 40}/m${at}.py`,
    )
    expect(compiled(empty(...much, "quillon/ink.py"), "uv")).toEqual([])
  })

  it("is not compiled in a folder that holds a collection, and beside it is", () => {
    const many = Array.from({ length: 101 }, (_, at) => `quillon/m${at}.py`)
    expect(compiled(empty(...many, "ink.py"), "uv")).toEqual(["ink"])
  })

  it("is compiled in a folder that holds as many as are imported together", () => {
    const some = Array.from({ length: 100 }, (_, at) => `quillon/m${at}.py`)
    expect(compiled(empty(...some), "uv")).toHaveLength(100)
  })
})
