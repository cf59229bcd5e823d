import { describe, expect, it } from "vitest"

import {
  isDistribution,
  isOwnFile,
  isWheel,
  misnamedFiles,
  parseChecksums,
  pinnedRequirement,
  shownSize,
  wheelsFirst,
} from "../../src/files/distribution.js"
import { sdist, wheel } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const SDIST = "quayside-1.2.0.tar.gz"

describe("checksums", () => {
  it("are read by file name", () => {
    const text = lines(
      `${"a".repeat(64)}  ${WHEEL}`,
      `${"0".repeat(64)} *${SDIST}`,
    )
    expect([...parseChecksums(text)]).toStrictEqual([
      [WHEEL, "a".repeat(64)],
      [SDIST, "0".repeat(64)],
    ])
  })

  it("are read with the line ends and the letters of other systems", () => {
    const text = `${"A".repeat(64)}  ${WHEEL}\r\n${"0".repeat(64)}  ${SDIST}\r\n`
    expect([...parseChecksums(text)]).toStrictEqual([
      [WHEEL, "a".repeat(64)],
      [SDIST, "0".repeat(64)],
    ])
  })

  it.each([
    ["too short a hash", `${"a".repeat(63)}  ${WHEEL}`],
    ["too long a hash", `${"a".repeat(65)}  ${WHEEL}`],
    ["no name", "a".repeat(64)],
    ["a message", "sha256sum: no such file"],
  ])("give a file no hash where the line has %s", (_, line) => {
    expect(parseChecksums(line).has(WHEEL)).toBe(false)
  })
})

describe("a pinned requirement", () => {
  it("accepts the bytes of each file and no others", () => {
    expect(pinnedRequirement("quayside", "1.2.0", [wheel(), sdist()])).toBe(
      `quayside==1.2.0 --hash=sha256:${"a".repeat(64)} --hash=sha256:${"b".repeat(64)}\n`,
    )
  })
})

describe("a file of a distribution", () => {
  it.each([
    [WHEEL, true, true],
    [SDIST, false, true],
    ["SHA256SUMS", false, false],
    ["quayside-1.2.0.zip", false, false],
    ["quayside-1.2.0.whl.asc", false, false],
  ])("%s is a wheel: %j, is uploaded: %j", (name, isAWheel, isUploaded) => {
    expect(isWheel(name)).toBe(isAWheel)
    expect(isDistribution(name)).toBe(isUploaded)
  })

  it("comes after every wheel if it is an sdist, and by name among its kind", () => {
    const names = [SDIST, "b-1-py3-none-any.whl", "a.tar.gz", "a-1-x.whl"]
    const sorted = ["a-1-x.whl", "b-1-py3-none-any.whl", "a.tar.gz", SDIST]
    expect([...names].sort(wheelsFirst)).toStrictEqual(sorted)
    expect([...names].reverse().sort(wheelsFirst)).toStrictEqual(sorted)
  })
})

describe("a size", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1536, "1.5 KiB"],
    [20480, "20.0 KiB"],
    [1024 ** 2, "1.0 MiB"],
    [2.25 * 1024 ** 3, "2.3 GiB"],
    [5000 * 1024 ** 3, "5000.0 GiB"],
  ])("of %d bytes is shown as %s", (bytes, shown) => {
    expect(shownSize(bytes)).toBe(shown)
  })
})

describe("the names of a build", () => {
  it.each([
    ["quayside", [WHEEL, SDIST]],
    ["Quayside", [WHEEL, SDIST]],
    ["quayside", [WHEEL, "Quayside-1.2.0.tar.gz"]],
    [
      "harbour.berth-board",
      [
        "harbour_berth_board-1.2.0-py3-none-any.whl",
        "harbour_berth_board-1.2.0.tar.gz",
      ],
    ],
    [
      "harbour-board",
      ["harbour_board-1.2.0-py3-none-any.whl", "harbour-board-1.2.0.tar.gz"],
    ],
    [
      "quayside",
      ["quayside-1.2.0-1-cp39-abi3-manylinux_2_17_x86_64.whl", SDIST],
    ],
  ])("are right for %s: %j", (project, names) => {
    expect(misnamedFiles(names, project, "1.2.0")).toStrictEqual([])
  })

  it.each([
    [[SDIST], "there is no wheel"],
    [[WHEEL], "there is no sdist"],
    [
      [WHEEL, "other-1.2.0.tar.gz"],
      "`other-1.2.0.tar.gz` is not named after `quayside`",
    ],
    [[WHEEL, SDIST, "README.md"], "`README.md` is not named after `quayside`"],
    [
      [WHEEL, `${SDIST}.asc`],
      `\`${SDIST}.asc\` is not named after \`quayside\``,
    ],
    [
      ["quayside_more-1.2.0-py3-none-any.whl", SDIST],
      "`quayside_more-1.2.0-py3-none-any.whl` is not named after `quayside`",
    ],
    [
      ["quayside-1.1.0-py3-none-any.whl", SDIST],
      "`quayside-1.1.0-py3-none-any.whl` carries version 1.1.0, the tag says 1.2.0",
    ],
    [
      [WHEEL, "quayside-1.2.0.dev1.tar.gz"],
      "`quayside-1.2.0.dev1.tar.gz` carries version 1.2.0.dev1, the tag says 1.2.0",
    ],
  ])("are wrong in %j", (names, problem) => {
    expect(misnamedFiles(names, "quayside", "1.2.0")).toStrictEqual([problem])
  })

  it("may carry any version where no tag says one", () => {
    expect(misnamedFiles([WHEEL, SDIST], "quayside", undefined)).toStrictEqual(
      [],
    )
  })

  it("are all told when nothing was built as it should be", () => {
    expect(misnamedFiles([], "quayside", "1.2.0")).toStrictEqual([
      "there is no wheel",
      "there is no sdist",
    ])
  })
})

describe("an archive", () => {
  it.each([
    "tiny_boat-1.0.tar.gz",
    "tiny-boat-1.0rc1.tar.gz",
    "Tiny.Boat-1!1.0.post1-py3-none-any.whl",
    "tiny_boat-1.0+local.1-1-cp312-abi3-manylinux_2_17_x86_64.whl",
  ])("is a project's own by its name and a version: %s", (name) => {
    expect(isOwnFile("tiny-boat", name)).toBe(true)
  })

  it.each([
    "site.tar.gz",
    "tiny-boat.tar.gz",
    "tiny-boat-docs.tar.gz",
    "tiny-boat-docs-1.0.tar.gz",
    "tiny-boat-1.0-linux.tar.gz",
    "tiny_boats-1.0-py3-none-any.whl",
    "tiny_boat-1.0.zip",
  ])("is none of its own: %s", (name) => {
    expect(isOwnFile("tiny-boat", name)).toBe(false)
  })
})
