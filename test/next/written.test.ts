import { expect, it } from "vitest"

import { readWritten } from "../../src/next/written.js"
import { sources } from "../helpers/builders.js"

const FILES = sources({
  VERSION: "1.3.0.dev0\n",
  "CHANGELOG.md": "## Unreleased\n\n### Added\n\n- Masts.\n",
  "newsfragments/1.removal.md": "No oars.",
})

it("a project's version, changelog and fragments say what comes next", () => {
  const { evidence, stated } = readWritten(FILES, {
    name: "wren",
    versioning: { places: [{ kind: "file", path: "VERSION" }] },
    notes: {
      changelog: "CHANGELOG.md",
      fragments: ["newsfragments/1.removal.md"],
    },
  })
  expect(stated).toBe("1.3.0.dev0")
  expect(evidence.map(({ from, level }) => [from, level])).toEqual([
    ["`Unreleased` in `CHANGELOG.md`", "feature"],
    ["the fragments", "breaking"],
  ])
})

it("a version that comes from git is written nowhere", () => {
  const project = {
    name: "wren",
    versioning: { places: [] },
    notes: { changelog: undefined },
  }
  expect(readWritten(FILES, project)).toEqual({
    stated: undefined,
    evidence: [],
  })
})
