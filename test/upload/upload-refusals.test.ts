import { describe, expect, test } from "vitest"

import type { Listing } from "../../src/package-index/index-state.js"
import { placeFiles } from "../../src/package-index/index-state.js"
import { StageFailure } from "../../src/pipeline/failure.js"
import { filesToUpload } from "../../src/upload/upload-refusals.js"
import {
  BOTH,
  listed,
  listing,
  MEANT,
  SDIST,
  WHEEL,
} from "../helpers/listings.js"

function refusal(given: Listing): StageFailure {
  try {
    filesToUpload(placeFiles(MEANT, given), given, INDEX)
  } catch (error) {
    if (error instanceof StageFailure) return error
  }
  throw new Error("it was not refused")
}

const INDEX = { name: "the index", takes: [], warehouse: true } as const
const OLD = "2020-01-31T09:00:00+00:00"

describe("an upload", () => {
  test("sends what is absent, in the order of the files", () => {
    const empty = listing([])
    const sent = filesToUpload(placeFiles(MEANT, empty), empty, INDEX)
    expect(sent.map(({ name }) => name)).toEqual([WHEEL.name, SDIST.name])
  })

  test("keeps what is there with the same hash", () => {
    const half = listing([listed(WHEEL.name, "aaaa")])
    const sent = filesToUpload(placeFiles(MEANT, half), half, INDEX)
    expect(sent.map(({ name }) => name)).toEqual([SDIST.name])
  })

  test.each([
    ["staging/v1.3.0", [], "staging/v1.3.0.dev1"],
    ["staging/v1.3.0", ["1.3.0.dev0", "1.3.0.dev1"], "staging/v1.3.0.dev2"],
    ["staging/v1.3.0-rc.1", ["1.3.0.dev1"], "staging/v1.3.0rc1.dev1"],
    ["staging/v1.3.0-dev.4", ["1.3.0.dev5"], "staging/v1.3.0-dev.6"],
  ])(
    "of %s that is refused is told the next staging tag that is free",
    (tag, versions, free) => {
      const taken = listing([listed(SDIST.name, "cccc")], { versions })
      expect(() =>
        filesToUpload(placeFiles(MEANT, taken), taken, INDEX, tag),
      ).toThrow(`The next staging tag that is free there: \`git tag ${free}\``)
    },
  )

  test("is refused with both hashes where one file differs", () => {
    const { details, summary } = refusal(listing([listed(SDIST.name, "cccc")]))
    expect(summary).toBe(`the index holds other bytes under \`${SDIST.name}\``)
    expect(details).toContain("`bbbb`")
    expect(details).toContain("`cccc`")
    expect(details).toContain("Release a new version")
  })

  test.each([
    [
      "a yank",
      listing([listed(WHEEL.name, "aaaa", "leaks")]),
      "yanked",
      "Take the yank back",
    ],
    [
      "a quarantine",
      listing([], { status: "quarantined" }),
      "quarantined",
      "The index hides its files until its administrators have looked at them; write to their support",
    ],
    [
      "an archive",
      listing([], { status: "archived" }),
      "archived",
      "Its owner can take it out",
    ],
    [
      "silence",
      listing([], { failure: "it answers 503" }),
      "answers 503",
      "Run the same command again when the index answers with a listing; if it goes on like this, ask whoever runs it",
    ],
    [
      "an sdist under another name",
      listing([listed("Bo.at-1.0.tar.gz", "dddd")]),
      "has an sdist of this release already, `Bo.at-1.0.tar.gz`",
      "Release a new version",
    ],
    [
      "fourteen days",
      listing([{ ...listed(WHEEL.name, "aaaa"), uploaded: OLD }]),
      `older than 14 days: \`${SDIST.name}\` is missing since 2020-01-31`,
      "Release a new version",
    ],
  ])("is refused after %s", (_, given, words, next) => {
    const { details, summary } = refusal(given)
    expect(summary).toContain(words)
    expect(details).toContain(`Nothing was uploaded. ${next}`)
  })

  test.each([
    [
      "a second sdist, by an index that takes it",
      listing([listed("Bo.at-1.0.tar.gz", "dddd")]),
      { takes: ["one-sdist"] as const },
      2,
    ],
    [
      "files for an old release, by an index that is not PyPI's software",
      listing([{ ...listed(WHEEL.name, "aaaa"), uploaded: OLD }]),
      { warehouse: false },
      1,
    ],
    [
      "nothing where an old release is complete",
      listing(BOTH.map((each) => ({ ...each, uploaded: OLD }))),
      {},
      0,
    ],
  ])("is taken: %s", (_, given, changes, sent) => {
    const index = { ...INDEX, ...changes }
    const files = filesToUpload(placeFiles(MEANT, given), given, index)
    expect(files).toHaveLength(sent)
  })
})
