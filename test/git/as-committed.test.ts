import { createHash } from "node:crypto"

import { describe, expect, it } from "vitest"

import { differenceOf, sortDifferences } from "../../src/git/as-committed.js"

const sha256 = (data: string | Buffer) =>
  createHash("sha256").update(data).digest("hex")

/** A file as the engine tells of it. */
const file = (text: string, readable = true) => ({
  digest: `sha256:${sha256(Buffer.from(sha256(text), "hex"))}`,
  size: Buffer.byteLength(text),
  text: readable ? text : undefined,
})
const pointer = (text: string, size = text.length) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(text)}\nsize ${String(size)}\n`
const difference = (committed: string, present: string) =>
  differenceOf({ committed: file(committed), present: file(present) })

describe("a file that git's engine calls modified", () => {
  it.each([
    ["the mode", "a\n", "a\n"],
    ["line ends", "a\nb\n", "a\r\nb\r\n"],
    ["line ends", "a\r\nb\n", "a\nb\n"],
    ["the filter of git LFS", pointer("voice"), "voice"],
    ["content", "a\n", "b\n"],
    ["content", "a\nb", "a\r\nc"],
    ["content", pointer("voice"), "noise"],
    ["content", pointer("voice", 6), "voice"],
    ["content", "a\0\n", "a\0\r\n"],
    ["content", "a\uFFFD\n", "a\uFFFD\r\n"],
    ["content", "voice", pointer("voice")],
  ])("differs by %s from %j to %j", (by, committed, present) => {
    expect(difference(committed, present)).toBe(by)
  })

  const wide = (text: string) => text.replace(/./gs, "$&\0")

  it.each([
    ["line ends", "UTF-16LE", wide("a\r\nb\r\n"), wide("a\nb\n")],
    ["line ends", "utf-16", wide("a\n"), wide("a\r\n")],
    ["content", "UTF-16LE", wide("a\r\n"), wide("b\n")],
    ["content", "UTF-16LE", wide("\uFFFD\r\n"), wide("\uFFFD\n")],
    ["content", "klingon", wide("a\r\n"), wide("a\n")],
    ["content", undefined, wide("a\r\n"), wide("a\n")],
  ])("differs by %s where its encoding is %s", (by, encoding, ...texts) => {
    const [committed = "", present = ""] = texts
    const both = { committed: file(committed), present: file(present) }
    expect(differenceOf({ ...both, encoding })).toBe(by)
  })

  it("differs by its content where it is too large to be read", () => {
    expect(
      differenceOf({
        committed: file("a\n", false),
        present: file("a\r\n", false),
      }),
    ).toBe("content")
  })

  it("may be large where its commit holds a pointer to it", () => {
    expect(
      differenceOf({
        committed: file(pointer("voice")),
        present: file("voice", false),
      }),
    ).toBe("the filter of git LFS")
  })
})

describe("the files that differ from their commit", () => {
  const changed = (
    path: string,
    by: ReturnType<typeof differenceOf>,
    filter?: string,
  ) => ({ path, by, filter })

  it("are not as committed where their content is another, or they came or went", () => {
    const sorted = sortDifferences({
      added: ["new.txt"],
      modified: [changed("b.py", "content"), changed("a.py", "content")],
      removed: ["gone.py"],
    })
    expect(sorted).toStrictEqual({
      dirty: ["a.py", "b.py", "gone.py", "new.txt"],
      untracked: ["new.txt"],
      filtered: [],
      settings: [],
    })
  })

  it("are told apart where a setting of git makes them differ, or a filter that is not run", () => {
    const sorted = sortDifferences({
      added: [],
      modified: [
        changed("a.txt", "line ends"),
        changed("voice.bin", "the filter of git LFS", "lfs"),
        changed("noise.bin", "content", "lfs"),
        changed("a.ipynb", "content", "nbstripout"),
        changed("b.ipynb", "the mode", "nbstripout"),
      ],
      removed: [],
    })
    expect(sorted).toStrictEqual({
      dirty: ["noise.bin"],
      untracked: [],
      filtered: [{ path: "a.ipynb", by: "nbstripout" }],
      settings: [
        { path: "a.txt", by: "line ends" },
        { path: "voice.bin", by: "the filter of git LFS" },
        { path: "b.ipynb", by: "the mode" },
      ],
    })
  })

  it.each([
    ".DS_Store",
    "docs/.DS_Store",
    "Thumbs.db",
    ".idea/workspace.xml",
    ".vscode/settings.json",
    "wren/.song.py.swp",
    "wren/song.py~",
    ".envrc",
  ])("may be what people exclude for all of their repositories: %s", (path) => {
    const sorted = sortDifferences({ added: [path], modified: [], removed: [] })
    expect(sorted.dirty).toStrictEqual([])
    expect(sorted.settings).toStrictEqual([
      { path, by: "what editors and systems leave" },
    ])
  })

  it.each(["wren/song.py", "idea/a.py", "wren/.env", "vscode.json"])(
    "are none of that: %s",
    (path) => {
      const sorted = sortDifferences({
        added: [path],
        modified: [],
        removed: [],
      })
      expect(sorted.dirty).toStrictEqual([path])
    },
  )
})
