import { expect, it } from "vitest"

import { judgeOnlyHere } from "../../src/preflight/only-here.js"

const FOUND = { extras: ["docs/draft.pdf"], notes: ["notes.md"] }

it("what git does not track is refused by its name before it goes out, with the line that allows it", () => {
  const [extra, notes] = judgeOnlyHere(FOUND, new Map())
  expect(extra?.what).toContain("no other clone has it: `docs/draft.pdf`")
  expect(extra?.next).toContain('`allow = { "docs/draft.pdf" = "..." }`')
  expect(notes?.what).toContain("`notes.md`")
})

it("what is allowed with its reason goes out", () => {
  const allowed = new Map([
    ["docs/", "a step before makes them"],
    ["notes.md", "the same"],
  ])
  expect(judgeOnlyHere(FOUND, allowed)).toEqual([])
  expect(judgeOnlyHere({ extras: [], notes: [] }, new Map())).toEqual([])
})
