import { execFileSync } from "node:child_process"
import { symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

const AS = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]

it("a commit is said to have its files, and its submodules as folders", () => {
  const folder = newFolder()
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...AS, ...args], { cwd: folder, encoding: "utf8" })
  git("init", "--quiet")
  writeFileSync(join(folder, "wren.py"), "")
  git("add", ".")
  git("commit", "--quiet", "-m", "first")
  const commit = git("rev-parse", "HEAD").trim()
  const link = `160000,${commit},wren/sub`
  git("update-index", "--add", "--cacheinfo", link)
  git("commit", "--quiet", "-m", "second")
  const named = git("rev-parse", "HEAD").trim()
  const printed = runProgram("git/tree.py", named, folder)
  expect(JSON.parse(printed)).toStrictEqual({
    linked: false,
    paths: ["wren/sub/", "wren.py"],
  })
})

it("a commit is said to have a link where it has one", () => {
  const folder = newFolder()
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...AS, ...args], { cwd: folder, encoding: "utf8" })
  git("init", "--quiet")
  symlinkSync("wren.py", join(folder, "alias.py"))
  git("add", ".")
  git("commit", "--quiet", "-m", "first")
  const printed = runProgram(
    "git/tree.py",
    git("rev-parse", "HEAD").trim(),
    folder,
  )
  expect(JSON.parse(printed)).toStrictEqual({
    linked: true,
    paths: ["alias.py"],
  })
})
