import { createHash } from "node:crypto"

import { describe, expect, it } from "vitest"

import { differenceOf } from "../../src/git/as-committed.js"

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
