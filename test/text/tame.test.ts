import fc from "fast-check"
import { describe, expect, it } from "vitest"

import { tame, tameJson } from "../../src/text/tame.js"

const ESC = "\u001B"

describe("what a foreign program said", () => {
  it.for([
    ["colours", `${ESC}[31;1mred${ESC}[0m`, "red"],
    ["a colour in one byte", "\u009B31mred", "red"],
    ["a cleared screen", `${ESC}[2J${ESC}[Hgone`, "gone"],
    ["a window's title", `${ESC}]0;mine\u0007text`, "text"],
    [
      "a link",
      `${ESC}]8;;http://a.example${ESC}\\text${ESC}]8;;${ESC}\\`,
      "text",
    ],
    ["a reset", `a${ESC}cb`, "ab"],
    ["a sequence without an end", `a${ESC}`, "a"],
    ["a title without an end", `${ESC}]0;mine\nthe rest`, "\nthe rest"],
    ["a text turned round", "a\u202Eb\u2066c\u200Fd", "a\uFFFDb\uFFFDc\uFFFDd"],
    ["a line drawn again", "10 %\r100 %\r\ndone", "10 %\n100 %\ndone"],
    ["a backspace", "safe\bX", "safe\uFFFDX"],
    ["a NUL", "a\0b", "a\uFFFDb"],
  ] as const)("is shown without %s", ([, said, shown]) => {
    expect(tame(said)).toBe(shown)
  })

  it.for([
    ["::error file=a::b", ": :error file=a::b"],
    ["fine\n  ::add-mask::secret", "fine\n  : :add-mask::secret"],
    ["::stop-commands::x", ": :stop-commands::x"],
    [`${ESC}[0m::warning::x`, ": :warning::x"],
    ["text ##[error]x", "text # #[error]x"],
    ["##vso[task.setvariable]x", "# #vso[task.setvariable]x"],
    ["##teamcity[x]", "# #teamcity[x]"],
  ] as const)("is no command to a CI: %j", ([said, shown]) => {
    expect(tame(said)).toBe(shown)
  })

  it("keeps the rest as it is", () => {
    const text = "a\tb\n## heading\ntest_a.py::test_b PASSED\nünïcode 港 ✓\n"
    expect(tame(text)).toBe(text)
  })

  it("stays JSON, in the texts of which it is tame", () => {
    const said = { a: "\u009B", b: ["x\n::error::y", "\u202Ez", 1, null] }
    const text = tameJson(said)
    expect(JSON.parse(text)).toEqual({
      a: "\uFFFD",
      b: ["x\n: :error::y", "\uFFFDz", 1, null],
    })
    expect(tame(text)).toBe(text)
  })

  it("is tame once and for all", () => {
    const wild = fc.string({
      unit: fc.constantFrom(
        ESC,
        ":",
        "#",
        "[",
        "\r",
        "\n",
        "m",
        "\u009B",
        "]",
        "\u0007",
        "1",
      ),
    })
    fc.assert(
      fc.property(wild, (text) => {
        const shown = tame(text)
        expect(tame(shown)).toBe(shown)
        expect(shown).not.toMatch(/^\s*::|##\[/m)
      }),
    )
  })
})

describe("a long text", () => {
  it.each(["\n", "\u2028", " ", "\t", ":", "#"])("of %j ends", (each) => {
    const long = `${each.repeat(300_000)}x`
    expect(tame(long)).toHaveLength(tame(each.repeat(300)).length + 299_701)
  })
})
