import { describe, expect, test } from "vitest"

import {
  filesToUpload,
  isComplete,
  type ListedFile,
  type Listing,
  parseListing,
  placeFiles,
  whyIncomplete,
} from "../../src/package-index/index-state.js"
import { StageFailure } from "../../src/pipeline/failure.js"

const WHEEL = { name: "boat-1.0-py3-none-any.whl", size: 10, sha256: "aaaa" }
const SDIST = { name: "boat-1.0.tar.gz", size: 20, sha256: "bbbb" }
const MEANT = [WHEEL, SDIST]

function listed(name: string, sha256: string, yanked?: string): ListedFile {
  const url = `https://index.example/files/${name}`
  return { name, sha256, url, yanked: yanked ?? null }
}

function listing(
  files: readonly ListedFile[],
  more: Partial<Listing> = {},
): Listing {
  return {
    failure: null,
    status: "active",
    reason: null,
    forwarded: null,
    files: [...files],
    versions: [],
    waited: 0,
    reads: 1,
    ...more,
  }
}

const BOTH = [listed(WHEEL.name, "aaaa"), listed(SDIST.name, "bbbb")]

function refusal(given: Listing): StageFailure {
  try {
    filesToUpload(placeFiles(MEANT, given), given, "the index")
  } catch (error) {
    if (error instanceof StageFailure) return error
  }
  throw new Error("it was not refused")
}

describe("a file on an index", () => {
  test.each([
    ["absent", []],
    ["same", [listed(WHEEL.name, "aaaa")]],
    ["different", [listed(WHEEL.name, "cccc")]],
  ])("is %s", (state, files) => {
    const [placed] = placeFiles([WHEEL], listing(files))
    expect(placed?.state).toBe(state)
  })
})

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

  test("is complete when every file is there and none is yanked", () => {
    expect(isComplete(placeFiles(MEANT, listing(BOTH)))).toBe(true)
    const yanked = [BOTH[0], listed(SDIST.name, "bbbb", "")]
    const files = yanked.filter((each) => each !== undefined)
    expect(isComplete(placeFiles(MEANT, listing(files)))).toBe(false)
  })
})

describe("the reason why a release is incomplete", () => {
  test.each([
    ["nothing is listed", listing([]), "none of the files is listed"],
    [
      "only the wheel is",
      listing([listed(WHEEL.name, "aaaa")]),
      `\`${SDIST.name}\` is not listed, only \`${WHEEL.name}\``,
    ],
    [
      "other bytes are",
      listing([listed(WHEEL.name, "cccc"), listed(SDIST.name, "bbbb")]),
      `\`${WHEEL.name}\` is there with other bytes: \`cccc\` in place of \`aaaa\``,
    ],
    ["the index fails", listing([], { failure: "it says 503" }), "it says 503"],
    [
      "it is in quarantine",
      listing([], { status: "quarantined", reason: "malware?" }),
      "the project is quarantined: malware?",
    ],
    [
      "it was yanked",
      listing(
        BOTH.map(({ name, sha256 }) => listed(name, sha256 ?? "", "old")),
      ),
      `\`${WHEEL.name}\`, \`${SDIST.name}\` is there, but yanked: old`,
    ],
    ["nothing is missing", listing(BOTH), undefined],
  ])("says that %s", (_, given, words) => {
    expect(whyIncomplete(placeFiles(MEANT, given), given)).toBe(words)
  })
})

test("an answer of another shape is not taken for a listing", () => {
  expect(() => parseListing('{"files": "none"}')).toThrow()
})
