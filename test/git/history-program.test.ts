import { execFileSync } from "node:child_process"
import { chmodSync, writeFileSync } from "node:fs"
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

/** A repository with two commits and their tags. */
function tagged(): string {
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
  return folder
}

/** What git says of the repository that a build is given of its last commit. */
function described(...tag: readonly string[]) {
  return describedOf(tagged(), ...tag)
}

function describedOf(folder: string, ...tag: readonly string[]) {
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

/** Writes an object as other tools do, which git would not, and a tag for it. */
function put(
  folder: string,
  kind: "commit" | "tag",
  tag: string,
  head: readonly string[],
): string {
  writeFileSync(
    join(folder, ".git/object"),
    [...head, "", "odd", ""].join("\n"),
  )
  const written = ["-t", kind, "-w", "--literally", ".git/object"]
  const id = git(folder, "hash-object", ...written)
  writeFileSync(join(folder, ".git/refs/tags", tag), `${id}\n`)
  return id
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

  it.each([
    ["names no object that is there", "1".repeat(40)],
    ["holds no name of an object", "zzz"],
  ])("has the other tags where one %s", (_, text) => {
    const folder = tagged()
    writeFileSync(join(folder, ".git/refs/tags/odd"), `${text}\n`)
    const { before, tags } = describedOf(folder)
    expect(tags).toEqual(["staging/v1.1.0", "v1.1.0", "wren-v7.0.0"])
    expect(before).toEqual(["v1.0.0"])
  })

  it.each([
    ["empty", ""],
    ["cut short", "x\x9c"],
    ["something else", "hello"],
  ])("has the other tags where the object of one is %s", (_, text) => {
    const folder = tagged()
    const id = git(folder, "rev-parse", "v1.1.0")
    const path = join(folder, ".git/objects", id.slice(0, 2), id.slice(2))
    chmodSync(path, 0o644)
    writeFileSync(path, text, "latin1")
    const { before, tags } = describedOf(folder)
    expect(tags).toEqual(["staging/v1.1.0", "wren-v7.0.0"])
    expect(before).toEqual(["v1.0.0"])
  })

  it.each([
    "tagger Ada <ada@example.org> Thu Jun 9 2005 +0000",
    "tagger Ada <ada@example.org 1700000000 +0000",
    "tagger Ada <ada@example.org> 1700000000 soon",
  ])("has a tag of which nobody can read when it was made: %s", (tagger) => {
    const folder = tagged()
    const id = git(folder, "rev-parse", "HEAD")
    const head = [`object ${id}`, "type commit", "tag v1.1.1", tagger]
    put(folder, "tag", "v1.1.1", head)
    const { tags, version } = describedOf(folder)
    expect(tags).toContain("v1.1.1")
    expect(version).toMatch(/^v1\.1\.\d-0-g/)
  })

  it("has a commit of which nobody can read when it was made, and its time is 0", () => {
    const folder = tagged()
    const who = "Ada <ada@example.org 1700000000 +0000"
    const head = [
      `tree ${git(folder, "rev-parse", "HEAD^{tree}")}`,
      `parent ${git(folder, "rev-parse", "HEAD")}`,
      ...[`author ${who}`, `committer ${who}`],
    ]
    const id = put(folder, "commit", "v1.2.0", head)
    git(folder, "checkout", "--quiet", "v1.2.0")
    expect(describedOf(folder)).toMatchObject({ tags: ["v1.2.0"] })
    const asked = ["git/epoch.py", "--commit", id, folder] as const
    expect(runProgram(...asked)).toBe("0\n")
    expect(JSON.parse(runProgram("git/tree.py", id, folder))).toEqual({
      linked: false,
      paths: ["first.txt", "second.txt"],
    })
  })
})
