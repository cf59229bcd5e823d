import { describe, expect, test } from "vitest"

import {
  type ListedFile,
  placeFiles,
} from "../../src/package-index/index-state.js"
import { resolveIndex } from "../../src/package-index/indexes.js"
import {
  type IndexStatus,
  nextTag,
  recoverySteps,
} from "../../src/package-index/recovery.js"
import {
  standing,
  statusReport,
} from "../../src/package-index/release-status.js"
import { parseTag } from "../../src/version/version.js"

const UPLOADS = {
  pypi: "https://upload.harbour.example/legacy/",
  testpypi: "https://test.harbour.example/legacy/",
}
const WHEEL = { name: "boat-1.0.0-py3-none-any.whl", size: 1, sha256: "aa" }
const SDIST = { name: "boat-1.0.0.tar.gz", size: 1, sha256: "bb" }
const VERSION = parseTag("v1.0.0")

interface On {
  readonly failure?: string
  readonly files?: readonly (readonly [
    name: string,
    sha256: string,
    yanked?: string,
  ])[]
}

function on(option: string, { failure, files = [] }: On): IndexStatus {
  const listed: ListedFile[] = files.map(([name, sha256, yanked]) => ({
    name,
    sha256,
    url: `https://files.example/${name}`,
    yanked: yanked ?? null,
  }))
  const listing = {
    failure: failure ?? null,
    status: "active",
    reason: null,
    forwarded: null,
    versions: [],
    files: listed,
    waited: 0,
    reads: 1,
  }
  return {
    index: resolveIndex(option, [], UPLOADS),
    listing,
    placed: placeFiles([WHEEL, SDIST], listing),
  }
}

const COMPLETE: On = {
  files: [
    [WHEEL.name, "aa"],
    [SDIST.name, "bb"],
  ],
}

function next(...statuses: IndexStatus[]): string {
  const report = statusReport("boat", VERSION, "a build", statuses)
  return report.slice(report.indexOf("Next: ") + 6)
}

describe("status names the one command to run next:", () => {
  test("the release, where nothing is out", () => {
    expect(next(on("testpypi", {}), on("pypi", {}))).toBe(
      "`dagger call release --tag v1.0.0 --test-pypi-token env://TEST_PYPI_API_TOKEN`",
    )
  })

  test("the promotion, once Test PyPI holds everything", () => {
    expect(next(on("testpypi", COMPLETE), on("pypi", {}))).toBe(
      "`dagger call promote --tag v1.0.0 --release release --pypi-token env://PYPI_API_TOKEN`",
    )
  })

  test("the same promotion, where PyPI holds half", () => {
    const half = on("pypi", { files: [[WHEEL.name, "aa"]] })
    expect(standing(half)).toBe(
      `incomplete: \`${SDIST.name}\` is not listed, only \`${WHEEL.name}\``,
    )
    expect(next(on("testpypi", COMPLETE), half)).toContain("promote")
  })

  test("the recovery, where other bytes are out", () => {
    const other = on("pypi", { files: [[WHEEL.name, "cc"]] })
    expect(next(on("testpypi", COMPLETE), other)).toContain(
      "`dagger call recover --tag v1.0.0`",
    )
  })

  test("none, where everything is done", () => {
    expect(next(on("testpypi", COMPLETE), on("pypi", COMPLETE))).toMatch(
      /^nothing/,
    )
  })

  test("none yet, where an index does not answer", () => {
    expect(next(on("testpypi", { failure: "it answers 503" }))).toBe(
      "ask again when Test PyPI answers.",
    )
  })
})

describe("recovery", () => {
  const text = recoverySteps("boat", VERSION, [
    on("testpypi", {}),
    on("pypi", COMPLETE),
  ])

  test("names the page where an owner yanks", () => {
    expect(text).toContain(
      "https://harbour.example/manage/project/boat/release/1.0.0/",
    )
  })

  test("names the files that stay burnt", () => {
    expect(text).toContain(`Burnt: \`${WHEEL.name}\`, \`${SDIST.name}\``)
  })

  test("has nothing to take back where nothing is out", () => {
    expect(text).toContain("## Test PyPI\n\nNothing of this version is listed")
  })

  test("prints the commands of the hotfix", () => {
    expect(text).toContain(
      [
        "git switch --create hotfix/1.0.1 v1.0.0",
        "# mend, test, write the CHANGELOG, commit",
        "git tag --annotate v1.0.1 --message v1.0.1",
        "git push origin hotfix/1.0.1 v1.0.1",
      ].join("\n"),
    )
  })

  test.each([
    ["v1.2.0", "v1.2.1"],
    ["1.2.3", "1.2.4"],
    ["v2.0.0-beta.1", "v2.0.0-beta.2"],
    ["v1.2.0rc1", "v1.2.0-rc.2"],
    ["v1.2.0.post1", "v1.2.0.post2"],
    ["staging/v1.2.0", "staging/v1.2.0-dev.1"],
    ["v1.2", "v1.2.1"],
  ])("of %s goes on with %s", (tag, following) => {
    expect(nextTag(parseTag(tag))).toBe(following)
  })
})
