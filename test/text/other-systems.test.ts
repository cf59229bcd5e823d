import { describe, expect, it } from "vitest"

import {
  isForeignToWindows,
  twinsElsewhere,
} from "../../src/text/other-systems.js"

describe("Windows can't have", () => {
  it.each([
    ...["data/con.txt", "AUX.py", "wren/nul", "lpt1.tar.gz", "com\u00B9"],
    ...["a:b", "what?.md", "a\\b", 'say "so"', "line\nbreak", "a|b", "*"],
    ...["data/dot.", "folder /a.txt", "wren ", "..."],
  ])("%j", (path) => {
    expect(isForeignToWindows(path)).toBe(true)
  })

  it.each([
    ...["wren/console.py", "auxiliary.py", "common.py", "com.py", "com10.txt"],
    ...["data/.hidden", "a b.txt", "caf\u00E9.txt", "wren/__init__.py"],
  ])("not %j, which it can", (path) => {
    expect(isForeignToWindows(path)).toBe(false)
  })
})

describe("macOS and Windows take for one file", () => {
  it.each([
    [["Mod.py", "mod.py", "other.py"], [["Mod.py", "mod.py"]]],
    [["data/Case.txt", "Data/case.txt"], [["Data/case.txt", "data/Case.txt"]]],
    [["a\\b.py", "a/b.py"], [["a/b.py", "a\\b.py"]]],
    [["a/b.py.", "a/b.py", "a./b.py "], [["a./b.py ", "a/b.py", "a/b.py."]]],
    [["a", "A\\b.py"], [["A\\b.py", "a"]]],
    [["caf\u00E9", "cafe\u0301"], [["cafe\u0301", "caf\u00E9"]]],
    [
      ["Data", "data/a.txt", "data/b.txt"],
      [["Data", "data/a.txt", "data/b.txt"]],
    ],
    [
      ["a/b.py", "a/B.py::$DATA", "a:x/b.py:more"],
      [["a/B.py::$DATA", "a/b.py", "a:x/b.py:more"]],
    ],
  ])("those of %j that it is", (paths, twins) => {
    expect(twinsElsewhere(paths)).toStrictEqual(twins)
  })

  it.each([
    // Folders are one there as well, and nothing of them is lost.
    [["Data/a.txt", "data/b.txt"]],
    // The same name twice is no matter of case.
    [["a.py", "a.py"]],
    [["a.py", "b.py"]],
    // Parts of a file that nobody has.
    [["12:00.json", "12:30.json"]],
  ])("none of %j", (paths) => {
    expect(twinsElsewhere(paths)).toStrictEqual([])
  })

  it("however many there are, in a time that grows with their number", () => {
    const paths = Array.from({ length: 200_000 }, (_, at) => `a/b/c/${at}.txt`)
    expect(twinsElsewhere([...paths, "A/b/c/7.txt"])).toStrictEqual([
      ["A/b/c/7.txt", "a/b/c/7.txt"],
    ])
  })
})
