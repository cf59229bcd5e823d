import { appendFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { dagger } from "./helpers/dagger.js"
import { copyModule, emptyProject } from "./helpers/project.js"
import { commitAll } from "./helpers/tiny.js"

const AT = join(".dagger", "shipwheel")

/** What the engine knows a module by: with another digest its types are read and it is made ready anew. */
describe("the module that an engine loads", () => {
  let project: string
  const source = ["core", "module-source", "--ref-string", `./${AT}`]
  const ask = async (...args: string[]) =>
    (await dagger([...source, ...args], { cwd: project })).stdout.trim()
  const change = (path: string) => {
    appendFileSync(join(project, AT, path), "\n")
  }

  beforeAll(() => {
    project = emptyProject()
    copyModule(join(project, AT))
    commitAll(project, "v1.0.0")
  })

  test("has what dagger.json names, and nothing else", async () => {
    const folder = ["directory", "--path", AT, "entries"]
    const entries = await ask("context-directory", ...folder)
    expect(entries.split("\n")).toEqual([
      ".gitattributes",
      ".gitignore",
      ".npmrc",
      "dagger.json",
      "package-lock.json",
      "package.json",
      "src/",
      "tsconfig.json",
    ])
  })

  test("is another after a change of a source, and the same after one of pages, tests and examples", async () => {
    const before = await ask("digest")
    expect(before).toMatch(/^\S+:[0-9a-f]+$/)
    for (const path of [
      "README.md",
      "docs/setup.md",
      "test/e2e/module.test.ts",
      "dagger/examples/quayside/pyproject.toml",
      "eslint.config.js",
    ])
      change(path)
    expect(await ask("digest")).toBe(before)
    change("src/lint/lint.py")
    expect(await ask("digest")).not.toBe(before)
  })
})
