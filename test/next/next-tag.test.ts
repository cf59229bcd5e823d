import { describe, expect, it } from "vitest"

import { refuseEpochs, releaseTags, tagOf } from "../../src/next/next-tag.js"
import { refusal } from "../helpers/refusal.js"

const tag = (version: string, prefix: string, ...tags: string[]) =>
  tagOf(version, prefix, tags).tag

describe("the tag of a version", () => {
  it("looks like the tags before it", () => {
    expect([
      tag("1.3.0", "", "v1.2.0", "v1.1.0"),
      tag("1.3.0", "", "1.2.0"),
      tag("1.3.0", "wren-", "wren-v1.2.0", "v9.0"),
      tag("1.3.0", "wren/", "wren/1.2.0"),
    ]).toEqual(["v1.3.0", "1.3.0", "wren-v1.3.0", "wren/1.3.0"])
  })

  it("has a `v` where there is none before it", () => {
    expect([tag("0.1.0", ""), tag("0.1.0", "wren-")]).toEqual([
      "v0.1.0",
      "wren-v0.1.0",
    ])
  })

  it("has zeros in front of numbers where the newest tags that show it have them", () => {
    expect([
      tag("2026.8.3", "", "2026.07.22", "2025.11.12"),
      tag("2027.1.10", "", "2026.12.31", "2026.7.1"),
      tag("2026.8.0rc1", "", "v2026.07.0", "v2025.7.1"),
      tag("2026.8", "", "2026.7", "2026.06"),
      tag("2026.12.0", "", "2026.07.1"),
      tag("1.0", "", "0.9"),
    ]).toEqual([
      "2026.08.3",
      "2027.1.10",
      "v2026.08.0rc1",
      "2026.8",
      "2026.12.0",
      "1.0",
    ])
  })

  it("spells a prerelease as the one before", () => {
    expect([
      tag("2.0.0b1", "", "v1.2.0-rc.1", "v1.2.0"),
      tag("2.0.0b1", "", "v1.2.0rc1", "v1.2.0"),
      tag("2.0.0b1", "", "v1.2.0"),
    ]).toEqual(["v2.0.0-beta.1", "v2.0.0b1", "v2.0.0b1"])
  })
})

it("trials and other packages' tags are no releases", () => {
  const tags = ["v1.2.0", "staging/v1.3.0", "wren-v2.0.0", "v1.10.0", "nightly"]
  expect(releaseTags("", tags).map((each) => each.tag)).toEqual([
    "v1.10.0",
    "v1.2.0",
  ])
})

const refusedEpoch = (prefix: string, ...tags: readonly string[]) => {
  const step = () => {
    refuseEpochs(prefix, tags)
  }
  return step
}

describe("a tag with an epoch, which installers take before all others,", () => {
  it.each([
    ["", "v1!2.0.0"],
    ["", "1!2.0"],
    ["wren-", "wren-v1!2.0.0"],
  ])("is not passed over: %j %s", (prefix, tag) => {
    expect(refusal(refusedEpoch(prefix, "v1.2.0", tag))).toMatch(
      /is a version with an epoch.*\n.*none is released here.*git tag -d '/,
    )
  })

  it.each([
    ["", "wren-v1!2.0.0"],
    ["", "hello!"],
    ["", "v1.2.0!3"],
    ["wren-", "v1!2.0.0"],
    ["wren-", "robin-v1!2.0.0"],
  ])("is of no matter where it is another's, or none: %j %s", (prefix, tag) => {
    expect(refusedEpoch(prefix, "v1.2.0", tag)).not.toThrow()
  })
})
