import { expect, it } from "vitest"

import { hasWord, literal } from "../../src/text/literal.js"

it.each(["a.b", "(x|y)*", "^[\\d]+?$", "{2}", "plain-name"])(
  "%s is a regular expression that only it fits",
  (text) => {
    const whole = new RegExp(`^${literal(text)}$`)
    expect(whole.test(text)).toBe(true)
    expect(whole.test(`${text}x`)).toBe(false)
    expect(whole.test("aXb")).toBe(false)
  },
)

it.each([
  ["no .env here", ".env", true],
  ["`.env`", ".env", true],
  ["a.env.local-b", ".env", false],
  ["prod-key", "key", false],
  ["keys", "key", false],
  ["a/key: no", "key", true],
])("%j has the name %j: %s", (text, name, has) => {
  expect(hasWord(text, name)).toBe(has)
})
