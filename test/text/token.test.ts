import { describe, expect, it } from "vitest"

import { isToken, withoutSecret } from "../../src/text/token.js"

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

describe("a text that others wrote", () => {
  it("has no secret in it, nor a line of one", () => {
    expect(withoutSecret("`token one2\nline3` is wrong", "one2\nline3")).toBe(
      "`token ***\n***` is wrong",
    )
  })

  it("is left as it is where there is no secret, or none to speak of", () => {
    for (const secret of [undefined, "", "a"])
      expect(withoutSecret("a banana", secret)).toBe("a banana")
  })
})
