import { expect, test } from "vitest"

import { withoutLetters } from "../../src/notes/letters.js"

test("notes with bytes that are no letters are told, with their lines, and those of commits are not", () => {
  const notes = { heading: "1.2.0", text: "- Berths.\n- By Andr\uFFFD.\n" }
  expect(withoutLetters(notes)).toEqual({
    what: "the text of the notes has bytes that are not UTF-8: `- By Andr\uFFFD.`",
    next: "Save it as UTF-8; where `\uFFFD` itself is meant, write `&#xFFFD;`.",
  })
  expect(withoutLetters({ ...notes, text: "- Berths.\n" })).toBeUndefined()
  expect(withoutLetters({ ...notes, heading: undefined })).toBeUndefined()
})
