import { describe, expect, it } from "vitest"

import { matches } from "../../src/environments/ref-patterns.js"
import { asItsHook } from "../../src/lint/hook-files.js"
import { PRE_COMMIT } from "../../src/lint/pre-commit.js"
import { covers, takesAny } from "../../src/reading/path-patterns.js"
import { findTestFiles } from "../../src/test/test-files.js"
import { inTime } from "../../src/text/in-time.js"
import { placeSpans } from "../../src/version/version-place.js"
import { sources } from "../helpers/builders.js"

const LONG = "a".repeat(200)
const STARS = `${"*a".repeat(20)}b`
const REPEATED = "^(a+)+b$"

/** Each place where a pattern of the project is compared with a text of the project. */
const COMPARED = {
  "what is not shipped": () => covers(STARS, LONG),
  "what a backend takes": () => takesAny(STARS, [LONG]),
  "groups of what a backend takes": () => takesAny("+(+(+(a)))b", [LONG]),
  "the refs of an environment": () => matches(LONG, STARS),
  "where the version is": () =>
    placeSpans({ path: "v.txt", kind: "pattern", pattern: REPEATED }, LONG),
  "the files of a hook": () =>
    asItsHook(
      ["mypy", "."],
      {
        path: PRE_COMMIT,
        ids: ["mypy"],
        linter: "mypy",
        version: "1.0",
        more: [],
        narrowed: { mypy: { files: [], exclude: ["^(a+)+b"] } },
      },
      sources({ [`${LONG}.py`]: "" }),
    ),
  "the files that are tests": () =>
    findTestFiles(
      new Set([`${LONG}.py`]),
      undefined,
      [],
      { configured: true, pythonFiles: [STARS], testpaths: [] },
      true,
    ),
}

describe("a pattern that takes for ever", () => {
  it.each(Object.entries(COMPARED))(
    "is refused by name, with what to write: %s",
    (_, compare) => {
      expect(compare).toThrow(
        /^configuration: the pattern `.*` takes more than 1 s to be compared with one text\n {3}Write it without a repetition in a repetition/,
      )
    },
  )
})

describe("a pattern", () => {
  it("gives what it gives, whatever that is", () => {
    expect(inTime("a", () => /a/.exec("bab")?.index)).toBe(1)
    expect(inTime("a", () => /a/.exec("b"))).toBeNull()
  })

  it("that can't be compared says why in its own words", () => {
    const broken = () =>
      inTime("(", () => {
        throw new SyntaxError("unterminated group")
      })
    expect(broken).toThrow("unterminated group")
  })

  it.each([
    ["**/data/**/*.json", "a/data/b/c.json", true],
    ["**/{one,two}/*.txt", "a/two/b.txt", true],
    ["**/{one,two}/*.txt", "a/three/b.txt", false],
  ])("%s is compared as ever: %s", (pattern, path, taken) => {
    expect(takesAny(pattern, [path])).toBe(taken)
  })
})
