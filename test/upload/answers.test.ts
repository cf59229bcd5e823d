import { describe, expect, it } from "vitest"

import { meaningOf } from "../../src/upload/answers.js"

describe("an answer that nobody has seen yet", () => {
  it.each([
    [401, { denied: true, taken: false }],
    [403, { denied: true, taken: false }],
    [409, { denied: false, taken: true }],
    [400, { denied: false, taken: false }],
    [null, { denied: false, taken: false }],
  ])("means what its status says: %s", (status, meaning) => {
    expect(meaningOf(status, "No.")).toStrictEqual(meaning)
  })
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
