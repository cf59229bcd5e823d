import { describe, expect, it } from "vitest"

import { followChangelog } from "../../src/notes/changelog-pointer.js"
import { sources } from "../helpers/builders.js"

const SECTION = "1.2.0\n=====\n\n- Berths.\n"
const followed = (texts: Readonly<Record<string, string>>) =>
  followChangelog(sources(texts), "CHANGES", "quay")

describe("a changelog without a section of any version", () => {
  it.each([
    ["MOVED\n=====\n\nSee /manual/build/changelog.rst", "manual/build/"],
    ["See https://example.org/quay/blob/main/notes/changelog.rst.", "notes/"],
    ["Please see the `documentation <https://example.org>`_.", "docs/"],
    ["", "doc/source/"],
  ])("of %j leads to the one in %s", (text, folder) => {
    const path = `${folder}changelog.rst`
    expect(followed({ CHANGES: text, [path]: SECTION })).toBe(path)
  })

  it.each([
    ["is not told where another is", "See elsewhere.", "js/app/changelog.rst"],
    ["is of a package beside", "", "packages/wren/changelog.rst"],
  ])("stays where it %s", (_, text, path) => {
    expect(followed({ CHANGES: text, [path]: SECTION })).toBe("CHANGES")
  })

  it("stays where the other has none either", () => {
    const texts = { CHANGES: "See docs.", "docs/changelog.rst": "No." }
    expect(followed(texts)).toBe("CHANGES")
  })
})

it.each([SECTION, "Unreleased\n==========\n", "Since 0.9.0\n===========\n"])(
  "a changelog with the section of %j is the one, whatever it names",
  (text) => {
    const CHANGES = `${text}\nOlder: docs/changelog.rst\n`
    expect(followed({ CHANGES, "docs/changelog.rst": SECTION })).toBe("CHANGES")
  },
)
