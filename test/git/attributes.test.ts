import { describe, expect, it } from "vitest"

import {
  attributeOf,
  type Attributes,
  usesLfs,
} from "../../src/git/attributes.js"

const filterOf = (path: string, all: readonly Attributes[]) =>
  attributeOf("filter", path, all)

const at = (folder: string, ...lines: string[]) => ({
  folder,
  text: lines.join("\n"),
})

describe("a .gitattributes", () => {
  it.each([
    ["*.bin filter=lfs diff=lfs merge=lfs -text", true],
    ["# *.bin filter=lfs\n*.py text", false],
    ["*.json filter=clean-json", false],
    ["*.py text\n  data/** -text filter=lfs\n", true],
    ['"my data/*" filter=lfs', true],
  ])("%j gives files to LFS: %s", (text, lfs) => {
    expect(usesLfs({ folder: "", text })).toBe(lfs)
  })

  it.each([
    ["a.ipynb", "nbstripout"],
    ["notes/deep/a.ipynb", "nbstripout"],
    ["secrets/key.json", "git-crypt"],
    ["secrets/.gitattributes", undefined],
    ["other/key.json", undefined],
    ["my data/a.csv", "csv"],
    ["a.py", undefined],
  ])("gives %s the filter %s", (path, filter) => {
    const own = at(
      "",
      "*.ipynb  filter=nbstripout diff=ipynb",
      "secrets/** filter=git-crypt",
      ".gitattributes !filter",
      "secrets/.gitattributes -filter",
      '"my data/*.csv" filter=csv',
      "*.py text eol=lf",
    )
    expect(filterOf(path, [own])).toBe(filter)
  })

  it("that is deeper counts more, and for its own folder alone", () => {
    const all = [
      at("notes", "*.ipynb -filter"),
      at("", "*.ipynb filter=nbstripout"),
    ]
    expect(filterOf("notes/a.ipynb", all)).toBeUndefined()
    expect(filterOf("notes-2/a.ipynb", all)).toBe("nbstripout")
  })

  it("gives a file its encoding in the tree", () => {
    const own = at(
      "",
      "*.txt working-tree-encoding=UTF-16LE eol=crlf",
      "plain.txt -working-tree-encoding",
    )
    const encodingOf = (path: string) =>
      attributeOf("working-tree-encoding", path, [own])
    expect(encodingOf("docs/a.txt")).toBe("UTF-16LE")
    expect(encodingOf("plain.txt")).toBeUndefined()
    expect(encodingOf("a.py")).toBeUndefined()
  })
})
