import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import { newFolder, runProgram } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

const AS = { NAME: "Ada", EMAIL: "ada@example.org" }
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  ...Object.fromEntries(
    Object.entries(AS).flatMap(([key, value]) =>
      ["AUTHOR", "COMMITTER"].map((who) => [`GIT_${who}_${key}`, value]),
    ),
  ),
}

function git(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, encoding: "utf8", env: ENV } as const
  return execFileSync("git", args, options).trim()
}

/** What git says of the repository that a build is given of a commit with three tags. */
function described(...tag: readonly string[]) {
  const folder = newFolder()
  git(folder, "init", "--quiet")
  for (const [subject, ...tags] of [
    ["first", "v1.0.0"],
    ["second", "v1.1.0", "staging/v1.1.0", "wren-v7.0.0"],
  ] as const) {
    writeFileSync(join(folder, `${subject}.txt`), subject)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", subject)
    for (const each of tags) git(folder, "tag", "-a", "-m", each, each)
  }
  const out = join(newFolder(), "git")
  const commit = git(folder, "rev-parse", "HEAD")
  runProgram("git/history.py", commit, folder, out, ...tag)
  const asked = (...args: readonly string[]) =>
    git(folder, "--git-dir", out, ...args)
  return {
    tags: asked("tag", "--points-at", "HEAD").split("\n"),
    before: asked("tag", "--points-at", "HEAD~").split("\n"),
    version: asked("describe", "--tags", "--long", "--match", "v[0-9]*"),
    commit: asked("rev-parse", "HEAD") === commit,
    changed: asked("show", "--name-only", "--format=", "HEAD"),
  }
}

describe("the repository that a build asks", () => {
  it("has the tags of the commit, and of those before it", () => {
    const { before, commit, tags } = described()
    expect(tags).toEqual(["staging/v1.1.0", "v1.1.0", "wren-v7.0.0"])
    expect({ before, commit }).toEqual({ before: ["v1.0.0"], commit: true })
  })

  it.each(["v1.1.0", "v1.2.0rc1"])(
    "has the one that is told in place of those of the commit: %s",
    (tag) => {
      const { before, commit, tags, version } = described(tag)
      expect(tags).toEqual([tag])
      expect(version).toMatch(new RegExp(`^${tag}-0-g[0-9a-f]+$`))
      expect({ before, commit }).toEqual({ before: ["v1.0.0"], commit: true })
    },
  )

  it("has the one that is told at no other commit", () => {
    const { before, tags } = described("v1.0.0")
    expect({ before, tags }).toEqual({ before: [""], tags: ["v1.0.0"] })
  })

  it("says what the commit changed", () => {
    expect(described().changed).toBe("second.txt")
  })
})
