import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { pointersIn, submodulePaths } from "../../src/git/placeholders.js"
import { newFolder, runProgram } from "../helpers/programs.js"

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12345\n`

/** The pointers in a folder with these files. */
function found(files: Readonly<Record<string, string>>) {
  const folder = newFolder()
  mkdirSync(join(folder, "wren"))
  for (const [path, text] of Object.entries(files))
    writeFileSync(join(folder, path), text)
  symlinkSync("gone.bin", join(folder, "wren", "link.bin"))
  return pointersIn(runProgram("git/placeholders.py", folder))
}

describe("a pointer of git LFS", () => {
  it.each([
    ["as git writes it", POINTER],
    ["with the line ends of Windows", POINTER.replaceAll("\n", "\r\n")],
    [
      "with an extension",
      POINTER.replace("oid", `ext-0-foo sha256:${"b".repeat(64)}\noid`),
    ],
    ["by its name of before", POINTER.replace("git-lfs", "hawser")],
    [
      "by its first name",
      POINTER.replace(
        "https://git-lfs.github.com/spec/v1",
        "http://git-media.io/v/2",
      ),
    ],
  ])("is found %s", (_, text) => {
    expect(found({ "wren/voice.bin": text, "README.md": "# Wren" })).toEqual([
      { kind: "pointer", path: "wren/voice.bin" },
    ])
  })

  it.each([
    ["that speaks of one", `It begins so:\n\n${POINTER}`],
    ["that only begins so", "version https://git-lfs.github.com/spec/v1\n"],
    ["that goes on below", `${POINTER}And more.\n`],
  ])("is not a text %s", (_, text) => {
    expect(found({ "wren/notes.txt": text })).toEqual([])
  })
})

describe("a pointer of git-annex", () => {
  const ANNEXED = `/annex/objects/SHA256E-s1234--${"a".repeat(64)}.png\n`

  it("is found", () => {
    expect(found({ "wren/logo.png": ANNEXED })).toEqual([
      { kind: "annex", path: "wren/logo.png" },
    ])
  })

  it("is not a text that only begins so", () => {
    expect(found({ "wren/a.txt": `${ANNEXED}And more.\n` })).toEqual([])
  })
})

describe("the submodules that `.gitmodules` names", () => {
  it("are at these paths", () => {
    const text = [
      '[submodule "a"]',
      "\tpath = wren/songs",
      "\turl = https://example.org/songs.git",
      '[submodule "b"]',
      '  path="third party/b/"',
    ].join("\n")
    expect(submodulePaths(text)).toEqual(["wren/songs", "third party/b"])
    expect(submodulePaths("")).toEqual([])
  })
})
