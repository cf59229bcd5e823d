import { expect, test } from "vitest"

import { nameExtras } from "../../src/forge/extra-files.js"

const TAKEN = ["boat-1.0.tar.gz", "SHA256SUMS"]
const named = (found: Record<string, string[]>) => [
  ...nameExtras(new Map(Object.entries(found)), (name) => TAKEN.includes(name)),
]

test("further files are named by the last part of their paths", () => {
  expect(
    named({ "docs/*": ["docs/a.txt", "docs/b.txt"], LICENSE: ["LICENSE"] }),
  ).toEqual([
    ["a.txt", "docs/a.txt"],
    ["b.txt", "docs/b.txt"],
    ["LICENSE", "LICENSE"],
  ])
})

test("a file that two patterns match is one file", () => {
  expect(named({ "*": ["a.txt"], "*.txt": ["a.txt"] })).toEqual([
    ["a.txt", "a.txt"],
  ])
})

test.each([
  [
    { "docs/*.pdf": [] },
    "`docs/*.pdf` of `tool.shipwheel.github.extra` matches no file",
  ],
  [
    { "**/a.txt": ["a.txt", "docs/a.txt"] },
    "`docs/a.txt` of `tool.shipwheel.github.extra` has the name of `a.txt`",
  ],
  [
    { "*": ["SHA256SUMS"] },
    "`SHA256SUMS` of `tool.shipwheel.github.extra` has the name of the release's own",
  ],
  [
    { "old/*": ["old/boat-1.0.tar.gz"] },
    "has the name of the release's own `boat-1.0.tar.gz`",
  ],
])("%j is refused", (found, message) => {
  expect(() => named(found)).toThrow(message)
})
