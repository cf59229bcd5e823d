import { describe, expect, test } from "vitest"

import {
  isComplete,
  names,
  parseListing,
  placeFiles,
  whyIncomplete,
} from "../../src/package-index/index-state.js"
import {
  BOTH,
  listed,
  listing,
  MEANT,
  SDIST,
  WHEEL,
} from "../helpers/listings.js"

test("versions of old files that are none are left out, with their days", () => {
  const date = "2004-05-01"
  const versions = ["2004d", "1.0.0", "0.12.5b1dev-r4211"]
  const released = versions.map((version) => ({ version, date }))
  const read = parseListing(
    JSON.stringify({ ...listing([], { versions }), released }),
  )
  expect(read.versions).toEqual(["1.0.0"])
  expect(read.released).toEqual([{ version: "1.0.0", date }])
})

describe("words of an index are code where Markdown or HTML would make something of them:", () => {
  const SAID = "# big `rm` [click](javascript:x) | x"
  const file = { name: "a` <b>.whl", url: "", sha256: SAID, yanked: SAID }
  const read = parseListing(
    JSON.stringify({
      ...listing([], { failure: "the index answers 500", reason: SAID }),
      ...{ files: [file], said: SAID },
    }),
  )
  const shown = "``# big `rm` [click](javascript:x) | x``"

  test("why it can't be read, what it says of a project, and why it yanked a file", () => {
    expect(read.failure).toBe(`the index answers 500 ${shown}`)
    expect(read.reason).toBe(shown)
    expect(read.files[0]?.yanked).toBe(shown)
  })

  test("the names of its files, and where it sends its readers", () => {
    expect(names(read.files)).toBe("``a` <b>.whl``")
    const sent = listing([], { forwarded: "a`b" })
    expect(whyIncomplete(placeFiles(MEANT, sent), sent)).toContain("``a`b``")
  })

  test("and a hash that is none is not there at all", () => {
    expect(read.files[0]?.sha256).toBeNull()
  })
})

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

describe("a release", () => {
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
    [
      "it forwards",
      listing([], { forwarded: "pypi.example" }),
      "the index holds nothing of the release itself and sends its readers to `pypi.example`, whose files are not its own",
    ],
    [
      "it holds a part, and borrows the other",
      listing(BOTH.slice(0, 1), { forwarded: "/root/base/" }),
      `\`${SDIST.name}\` is not listed, only \`${WHEEL.name}\``,
    ],
    ["nothing is missing", listing(BOTH), undefined],
  ])("says that %s", (_, given, words) => {
    expect(whyIncomplete(placeFiles(MEANT, given), given)).toBe(words)
  })
})

test("an answer of another shape is not taken for a listing", () => {
  expect(() => parseListing('{"files": "none"}')).toThrow()
})
