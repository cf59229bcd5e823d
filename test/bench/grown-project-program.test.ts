import { execFileSync } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { LARGE, makeProject, sizesOf } from "../../bench/grown-project.mjs"
import { newFolder } from "../helpers/programs.js"

const SMALL = { modules: 4, tests: 100, pages: 3, megabytes: 1 }

function made(): { folder: string; files: string[] } {
  const folder = newFolder()
  makeProject(folder, SMALL, "v1.0.0")
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" })
  const files = git("ls-tree", "-r", "--name-only", "v1.0.0").split("\n")
  return { folder, files }
}

test("a project has as many modules as it is told to, all of them committed and tagged", () => {
  const { files } = made()
  const modules = files.filter((path) => /^src\/grown\/\w+\.py$/.test(path))
  expect(modules).toHaveLength(SMALL.modules)
})

test("its data is as large as it is told to be", () => {
  const { files, folder } = made()
  const data = files.filter((path) => path.startsWith("src/grown/data/"))
  const sizes = data.map((path) => statSync(join(folder, path)).size)
  expect(sizes).toEqual([1 << 20])
})

test("its frontend makes as many files as it is told to, and the page", () => {
  const { folder } = made()
  const cwd = join(folder, "frontend")
  execFileSync("node", ["build.mjs"], { cwd })
  const built = execFileSync("find", ["dist", "-type", "f"], {
    cwd,
    encoding: "utf8",
  })
  expect(built.trim().split("\n")).toHaveLength(SMALL.pages + 1)
})

test("a part of the largest has that part of everything", () => {
  expect(sizesOf(1)).toEqual(LARGE)
  expect(sizesOf(1 / 4)).toEqual({
    modules: 500,
    tests: 5000,
    pages: 750,
    megabytes: 23,
  })
})
