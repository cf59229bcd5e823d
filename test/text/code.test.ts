import { describe, expect, it } from "vitest"

import { code } from "../../src/text/code.js"

describe("what others wrote is code", () => {
  it.each([
    ["quayside/boat.py", "`quayside/boat.py`"],
    ["a `b` c", "``a `b` c``"],
    ["a ``b` c", "```a ``b` c```"],
    ["`", "`` ` ``"],
    ["`x", "`` `x ``"],
    [" x ", "`  x  `"],
    ["", "` `"],
    ["  ", "`  `"],
    ["x`\n\n## Passed\r\n![p](u)", "``x`\\n\\n## Passed\\n![p](u)``"],
    ["\u001B[31mred\u202E", "`red\uFFFD`"],
  ])("of one line, whatever is in it: %j", (text, shown) => {
    expect(code(text)).toBe(shown)
  })
})
