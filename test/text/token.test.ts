import { describe, expect, it } from "vitest"

import { isToken } from "../../src/text/token.js"

describe("a token", () => {
  it.each(["ghp_Abc123", "github_pat_1_x", "eyJ.eyJ.sig-_", "a/b+c=="])(
    "is %s",
    (text) => {
      expect(isToken(text)).toBe(true)
    },
  )

  it.each(["", "a b", "a\nb", "a\tb", "a\u2028b", "tokän", "a\u0000b"])(
    "is not %j",
    (text) => {
      expect(isToken(text)).toBe(false)
    },
  )
})
