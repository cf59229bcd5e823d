import { describe, expect, test } from "vitest"

import type { Listing } from "../../src/package-index/index-state.js"
import { placeFiles } from "../../src/package-index/index-state.js"
import { StageFailure } from "../../src/pipeline/failure.js"
import { filesToUpload } from "../../src/upload/upload-refusals.js"
import { listed, listing, MEANT, SDIST, WHEEL } from "../helpers/listings.js"

function refusal(given: Listing): StageFailure {
  try {
    filesToUpload(placeFiles(MEANT, given), given, "the index")
  } catch (error) {
    if (error instanceof StageFailure) return error
  }
  throw new Error("it was not refused")
}

describe("an upload", () => {
  test("sends what is absent, in the order of the files", () => {
    const empty = listing([])
    const sent = filesToUpload(placeFiles(MEANT, empty), empty, "the index")
    expect(sent.map(({ name }) => name)).toEqual([WHEEL.name, SDIST.name])
  })

  test("keeps what is there with the same hash", () => {
    const half = listing([listed(WHEEL.name, "aaaa")])
    const sent = filesToUpload(placeFiles(MEANT, half), half, "the index")
    expect(sent.map(({ name }) => name)).toEqual([SDIST.name])
  })

  test.each([
    ["staging/v1.3.0", [], "staging/v1.3.0.dev1"],
    ["staging/v1.3.0", ["1.3.0.dev0", "1.3.0.dev1"], "staging/v1.3.0.dev2"],
    ["staging/v1.3.0-rc.1", ["1.3.0.dev1"], "staging/v1.3.0rc1.dev1"],
    ["staging/v1.3.0-dev.4", ["1.3.0.dev5"], "staging/v1.3.0.dev6"],
  ])(
    "of %s that is refused is told the next staging tag that is free",
    (tag, versions, free) => {
      const taken = listing([listed(SDIST.name, "cccc")], { versions })
      expect(() =>
        filesToUpload(placeFiles(MEANT, taken), taken, "the index", tag),
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
    ["a yank", listing([listed(WHEEL.name, "aaaa", "leaks")]), "yanked"],
    ["a quarantine", listing([], { status: "quarantined" }), "quarantined"],
    ["an archive", listing([], { status: "archived" }), "archived"],
    ["silence", listing([], { failure: "it answers 503" }), "answers 503"],
  ])("is refused after %s", (_, given, words) => {
    expect(refusal(given).summary).toContain(words)
  })
})
