import { describe, expect, it } from "vitest"

import { meaningOf } from "../../src/upload/answers.js"

describe("an answer that nobody has seen yet", () => {
  it.each([
    [401, { denied: true, taken: false }],
    [403, { denied: true, taken: false }],
    [409, { denied: false, taken: true }],
    [429, { denied: false, taken: false }],
    [500, { denied: false, taken: false }],
    [null, { denied: false, taken: false }],
  ])("means what its status says: %s", (status, meaning) => {
    expect(meaningOf(status, "No.")).toStrictEqual(meaning)
  })

  it.each([
    [413, /ask whoever runs the index, or the proxy before it, for a higher/],
    [400, /^The index refuses it, and the same again alone changes nothing:/],
    [405, /^The index refuses it, and the same again alone changes nothing:/],
  ])(
    "that would be the same again has another next step: %s",
    (status, next) => {
      expect(meaningOf(status, "No.")).toStrictEqual({
        denied: false,
        taken: false,
        next: expect.stringMatching(next) as string,
      })
    },
  )
})

describe("an answer that is known", () => {
  it("means what it says, whatever its status", () => {
    const said = "Read-only mode: Uploads are temporarily disabled."
    for (const status of [403, 503, null])
      expect(meaningOf(status, said)).toMatchObject({
        denied: false,
        next: expect.stringContaining("later") as string,
      })
  })
})
