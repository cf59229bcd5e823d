import { appendFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { dagger } from "./helpers/dagger.js"
import { copyModule, edit } from "./helpers/project.js"
import { commitAll, tinyProject } from "./helpers/tiny.js"

const AT = join(".dagger", "shipwheel")

let project: string

beforeAll(async () => {
  project = tinyProject()
  copyModule(join(project, AT))
  commitAll(project, "v1.0.0")
  const init = ["init", `--blueprint=./${AT}`]
  expect((await dagger(init, { cwd: project })).code).toBe(0)
})

/** What the engine knows a module by: with another digest its types are read and it is made ready anew. */
describe("the module that an engine loads", () => {
  const source = ["core", "module-source", "--ref-string", `./${AT}`]
  const ask = async (...args: string[]) =>
    (await dagger([...source, ...args], { cwd: project })).stdout.trim()
  const change = (path: string) => {
    appendFileSync(join(project, AT, path), "\n")
  }

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

describe("the project that no `--source` names", () => {
  const describeFrom = (cwd: string, ...args: string[]) =>
    dagger([...args, "call", "describe"], { cwd })

  test("is the folder that one is in, as it is at each call", async () => {
    expect((await describeFrom(project)).stdout).toContain("# tiny, as")
    edit(project, "pyproject.toml", (text) =>
      text.replace('"tiny"', '"tinier"'),
    )
    expect((await describeFrom(project)).stdout).toContain("# tinier, as")
  })

  test("is the folder that `-m` names", async () => {
    const { stdout } = await describeFrom("/", "-m", project)
    expect(stdout).toContain("# tinier, as")
  })

  test("is refused where it is Shipwheel's own, which Dagger 1.0 hands on", async () => {
    const { stdout } = await describeFrom("/", "-m", join(project, AT))
    expect(stdout).toContain("`dagger settings shipwheel source .`")
  })
})
