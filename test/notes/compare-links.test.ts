import { describe, expect, it } from "vitest"

import {
  endedLink,
  rebasedLink,
  shifted,
  versionsIn,
} from "../../src/notes/compare-links.js"

const CHANGE = { from: "1.2", to: "1.3.0" }
const at = (range: string) => `https://example.org/compare/${range}`

describe("links that compare releases", () => {
  it.for([
    ["v1.2.0...HEAD", "v1.2.0...v1.3.0"],
    ["1.2.0..main", "1.2.0..v1.3.0"],
    ["HEAD%0Dv1.2.0", "v1.3.0%0Dv1.2.0"],
    ["v1.1.0...HEAD", "v1.2.0...v1.3.0"],
  ] as const)("end at the tag: %s becomes %s", ([open, ended]) => {
    expect(endedLink(at(open), CHANGE, "v1.3.0", "v1.2.0")).toBe(at(ended))
  })

  it("begin at the release that is made", () => {
    expect(rebasedLink(at("wren-v1.2.0...HEAD"), CHANGE)).toBe(
      at("wren-v1.3.0...HEAD"),
    )
  })

  it("are moved on by one release, with the text around them", () => {
    const text = `[1.2.0](${at("v1.1.0...v1.2.0")})`
    expect(shifted(text, CHANGE)).toBe(`[1.3.0](${at("v1.2.0...v1.3.0")})`)
  })

  it("are told from other addresses, which keep their numbers", () => {
    const other = "https://example.org/2.0/wren/releases/tag/v1.1.0"
    expect([rebasedLink(other, CHANGE), shifted(other, CHANGE)]).toEqual([
      other,
      other,
    ])
  })
})

it("versions are found as they are written", () => {
  expect(versionsIn("v1.2.0rc1, 2.0-beta.3...10.1 and 7")).toEqual([
    "1.2.0rc1",
    "2.0-beta.3",
    "10.1",
  ])
})
