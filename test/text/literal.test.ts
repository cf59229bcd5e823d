import { expect, it } from "vitest"

import { literal } from "../../src/text/literal.js"

it.each(["a.b", "(x|y)*", "^[\\d]+?$", "{2}", "plain-name"])(
  "%s is a regular expression that only it fits",
  (text) => {
    const whole = new RegExp(`^${literal(text)}$`)
    expect(whole.test(text)).toBe(true)
    expect(whole.test(`${text}x`)).toBe(false)
    expect(whole.test("aXb")).toBe(false)
  },
)
