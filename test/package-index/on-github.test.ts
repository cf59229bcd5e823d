import { describe, expect, it } from "vitest"

import {
  describeGithub,
  isSpoilt,
  isUnfinished,
  type PublishedThere,
  takeBackOnGithub,
} from "../../src/package-index/on-github.js"

const where = "octo-org/quayside"
const url = "https://github.example/octo-org/quayside/releases/tag/v1.2.0"
const published = (more: Partial<PublishedThere> = {}) => ({
  where,
  published: { url, immutable: false, missing: [], other: [], ...more },
})
const lacks = { missing: ["q-1.2.0.tar.gz"] }
const NONE = { where }
const SILENT = { where, failure: "it does not answer." }

describe("a release on GitHub", () => {
  it("is finished with all that is meant, and unfinished without", () => {
    expect(isUnfinished(published())).toBe(false)
    expect(isUnfinished(published(lacks))).toBe(true)
    expect(isUnfinished(NONE)).toBe(true)
  })

  it("is not run again where it is spoilt, or not known", () => {
    const immutable = published({ ...lacks, immutable: true })
    expect(isSpoilt(immutable.published)).toBe(true)
    expect(isSpoilt(published({ other: ["a"] }).published)).toBe(true)
    expect(isSpoilt(published(lacks).published)).toBe(false)
    expect(isUnfinished(immutable)).toBe(false)
    expect(isUnfinished(SILENT)).toBe(false)
  })

  it.each([
    [published(), "complete: published with the wheel and the sdist"],
    [published(lacks), "published without `q-1.2.0.tar.gz`: https:"],
    [
      published({ ...lacks, immutable: true }),
      "and immutable, so that nothing can be added",
    ],
    [published({ other: ["a"] }), "published with other bytes of `a`"],
    [NONE, "no published release of `v1.2.0` in `octo-org/quayside`"],
    [SILENT, "What it holds is not known: it does not answer."],
  ])("is described as it is: %j", (seen, words) => {
    expect(describeGithub("v1.2.0", seen)).toContain(words)
  })

  it.each([
    [published(), `1. Open ${url}`],
    [published({ immutable: true }), "Delete the whole release"],
    [NONE, "nothing is to be taken back here"],
    [SILENT, "Look at the releases of `octo-org/quayside`"],
  ])("is taken back by steps that fit: %j", (seen, words) => {
    expect(takeBackOnGithub("v1.2.0", seen)).toContain(words)
  })
})
