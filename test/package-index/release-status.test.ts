import { describe, expect, test } from "vitest"

import type {
  OnGithub,
  PublishedThere,
} from "../../src/package-index/on-github.js"
import type { IndexStatus } from "../../src/package-index/recovery.js"
import {
  type Environs,
  nextUpload,
  standing,
  statusReport,
} from "../../src/package-index/release-status.js"
import { version } from "../helpers/builders.js"
import { COMPLETE, on, SDIST, WHEEL } from "../helpers/index-status.js"

const VERSION = version("v1.0.0")

function next(...statuses: IndexStatus[]): string {
  return nextOf({}, ...statuses)
}

function nextOf(environs: Environs, ...statuses: IndexStatus[]): string {
  const meant = ["boat", VERSION, "a build", statuses] as const
  const report = statusReport(...meant, undefined, environs)
  return report.slice(report.indexOf("Next: ") + 6)
}

const NONE: OnGithub = { where: "octo-org/boat" }
const UNKNOWN: OnGithub = { ...NONE, failure: "it answers 503." }
const SHOWN = { url: "https://forge.example/v1", immutable: false }
const WHOLE = there({})

function there(changes: Partial<PublishedThere>): OnGithub {
  const published = { ...SHOWN, missing: [], other: [], ...changes }
  return { ...NONE, published }
}

describe("a status", () => {
  test("says what is meant, and what each index holds", () => {
    const report = statusReport("boat", VERSION, "a build", [on("pypi", {})])
    expect(report).toMatch(
      /^# Status of boat 1\.0\.0 \(`v1\.0\.0`\)\n\nWhat is meant: a build\.\n\n## PyPI\n\n/,
    )
  })

  test("names files of this version that are not from here", () => {
    const files = [["other.whl", "aa"]] as const
    expect(
      statusReport("boat", VERSION, "a build", [on("pypi", { files })]),
    ).toContain("Also of this version, and not from here: `other.whl`.")
  })

  test("names the first of many that are not from here", () => {
    const files = Array.from(
      { length: 500 },
      (_, at) => [`other-${String(at)}.whl`, "aa"] as const,
    )
    expect(
      statusReport("boat", VERSION, "a build", [on("pypi", { files })]),
    ).toMatch(/not from here: `other-0\.whl`, .*`other-9\.whl` and 490 more\./)
  })

  test("of a complete index says so", () => {
    expect(standing(on("pypi", COMPLETE))).toBe(
      `complete: \`${WHEEL.name}\`, \`${SDIST.name}\`, same hashes`,
    )
  })
})

describe("status names the one command to run next:", () => {
  test("the release, where nothing is out", () => {
    expect(next(on("testpypi", {}), on("pypi", {}))).toBe(
      "`dagger call release --tag v1.0.0 --test-pypi-token env://TEST_PYPI_API_TOKEN`",
    )
  })

  test("the promotion, once Test PyPI holds everything", () => {
    expect(next(on("testpypi", COMPLETE), on("pypi", {}))).toBe(
      "`dagger call release-directory --tag v1.0.0 export --wipe --path release`, then `dagger call promote --tag v1.0.0 --release release --pypi-token env://PYPI_API_TOKEN`",
    )
  })

  test("the promotion of what is on GitHub, where it is announced there", () => {
    expect(
      nextOf({ github: WHOLE }, on("testpypi", COMPLETE), on("pypi", {})),
    ).toBe(
      "`dagger call promote --tag v1.0.0 --pypi-token env://PYPI_API_TOKEN`",
    )
  })

  test("the release with all its gates to an index of one's own, and an upload alone to any other", () => {
    const status = on("testpypi", {})
    const company = { ...status, index: { ...status.index, option: "company" } }
    expect(nextOf({ index: "company" }, company)).toBe(
      "`dagger call release --tag v1.0.0 --index-password env://INDEX_PASSWORD`",
    )
    expect(nextOf({ index: "company", indexUser: "ada" }, company)).toMatch(
      /^`dagger call --index-user ada release --tag /,
    )
    expect(next(company)).toBe(
      "`dagger call index --name company --password env://INDEX_PASSWORD publish --tag v1.0.0`",
    )
  })

  test("the variable of an index of one's own, where several have a password", () => {
    const status = on("testpypi", {})
    const own = { option: "company", variable: "INDEX_PASSWORD_COMPANY" }
    const company = { ...status, index: { ...status.index, ...own } }
    expect(nextOf({ index: "company" }, company)).toContain(
      " --index-password env://INDEX_PASSWORD_COMPANY`",
    )
    expect(next(company)).toContain(" --password env://INDEX_PASSWORD_COMPANY ")
  })

  test("with what the caller said of where things are", () => {
    const githubApi = "https://github.example.org/api/v3"
    const called = { githubApi, githubRepository: "a/b" }
    const said = "--github-repository a/b --github-api " + githubApi
    const status = on("testpypi", COMPLETE)
    const company = { ...status, index: { ...status.index, option: "company" } }
    const environs = { called, index: "company", indexUser: "ada" }
    const promoted = nextOf(
      { ...environs, github: WHOLE },
      company,
      on("pypi", {}),
    )
    expect(promoted).toBe(
      `\`dagger call ${said} promote --tag v1.0.0 --test-index-user ada --test-index-password env://INDEX_PASSWORD --pypi-token env://PYPI_API_TOKEN\``,
    )
    expect(nextOf(environs, company, on("pypi", {}))).toContain(
      `\`dagger call ${said} release-directory --tag v1.0.0 `,
    )
    expect(nextOf({ called }, on("testpypi", {}))).toContain(
      `\`dagger call ${said} release --tag v1.0.0 `,
    )
    const { placed } = on("testpypi", { files: [[WHEEL.name, "cc"]] })
    expect(nextOf(environs, { ...company, placed })).toContain(
      `\`dagger call --index-user ada ${said} index --name company --password env://INDEX_PASSWORD recover --tag v1.0.0\``,
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

  test("the recovery on the index alone that was named", () => {
    const other = on("https://boats.example/legacy/", {
      files: [[WHEEL.name, "cc"]],
    })
    expect(next(other)).toContain(
      "`dagger call index --name https://boats.example/legacy/ recover --tag v1.0.0`",
    )
  })

  test("none, where the index hides the whole project, which no next version would change", () => {
    const hidden = on("pypi", { ...COMPLETE, status: "quarantined" })
    const advice = next(on("testpypi", COMPLETE), hidden)
    expect(advice).toMatch(/^nothing goes on at PyPI, .*write to their support/)
    expect(advice).not.toContain("recover")
  })

  test("none, where everything is done", () => {
    expect(next(on("testpypi", COMPLETE), on("pypi", COMPLETE))).toMatch(
      /^nothing/,
    )
  })

  test("a look at what an installer may take before the files that are meant", () => {
    const files = [
      ...(COMPLETE.files ?? []),
      ["boat-1.0.0-1-py3-none-any.whl", "cc"] as const,
    ]
    expect(next(on("testpypi", COMPLETE), on("pypi", { files }))).toMatch(
      /^look at what PyPI has of this version beside the files that are meant: .* yank it\.$/,
    )
  })

  test("a look at a file of a local version as well, and none at one that was yanked", () => {
    const local = "boat-1.0.0+evil-py3-none-any.whl"
    const beside = on("pypi", { ...COMPLETE, beside: [local] })
    expect(next(on("testpypi", COMPLETE), beside)).toMatch(/^look at what PyPI/)
    const files = [
      ...(COMPLETE.files ?? []),
      ["boat-1.0.0-1-py3-none-any.whl", "cc", ""] as const,
    ]
    expect(next(on("testpypi", COMPLETE), on("pypi", { files }))).toMatch(
      /^nothing/,
    )
  })

  test("after what it would refuse now, where it would", () => {
    const report = statusReport(
      "boat",
      VERSION,
      "a build",
      [on("testpypi", {})],
      "project: 1 file is not as it was committed",
    )
    expect(report).toContain(
      "Next: mend what stops it now, then `dagger call release --tag v1.0.0 --test-pypi-token env://TEST_PYPI_API_TOKEN`.\n\nproject: 1 file is not as it was committed",
    )
  })

  test("none yet, where an index does not answer", () => {
    expect(next(on("testpypi", { failure: "it answers 503" }))).toBe(
      "ask again when Test PyPI answers with a listing of the project; if it stays as it is, ask whoever runs it.",
    )
  })
})

describe("status of a release that is announced on GitHub", () => {
  const both = [on("testpypi", COMPLETE), on("pypi", COMPLETE)]
  const half = [on("testpypi", COMPLETE), on("pypi", {})]
  const release =
    "`dagger call release --tag v1.0.0 --test-pypi-token env://TEST_PYPI_API_TOKEN --github-token env://GITHUB_TOKEN`"

  test.each([
    ["where nothing is out", NONE, [on("testpypi", {}), on("pypi", {})]],
    ["where the indexes have all", NONE, both],
    ["before a promotion, which takes its files", NONE, half],
    ["where files are missing there", there({ missing: ["a.whl"] }), both],
  ])("names the release, which completes it: %s", (_, github, statuses) => {
    expect(nextOf({ github }, ...statuses)).toBe(release)
  })

  test("says that all is done only where it is published there", () => {
    expect(nextOf({ github: WHOLE }, ...both)).toMatch(/^nothing: the release/)
    const told = nextOf({ github: UNKNOWN }, ...both)
    expect(told).toMatch(
      /^see whether the release on GitHub is published: the indexes have what/,
    )
    expect(told).toContain(`If it is not, ${release} completes it`)
  })

  test.each([
    ["holds all", COMPLETE],
    ["lacks a file", { files: [[WHEEL.name, "aa"]] as const }],
  ])(
    "releases again to the index of one's own that is asked about, and nowhere else, where it %s",
    (_, held) => {
      const status = on("testpypi", held)
      const own = { option: "company", variable: "INDEX_PASSWORD_COMPANY" }
      const company = { ...status, index: { ...status.index, ...own } }
      const environs = { github: NONE, indexUser: "ada" }
      const again =
        "`dagger call --index-user ada release --tag v1.0.0 --index company --index-password env://INDEX_PASSWORD_COMPANY --github-token env://GITHUB_TOKEN`"
      expect(nextOf(environs, company)).toBe(again)
      expect(nextOf({ ...environs, index: "other" }, company)).toBe(again)
    },
  )

  test("completes what GitHub may lack from the index of one's own that is asked about", () => {
    const status = on("testpypi", COMPLETE)
    const company = { ...status, index: { ...status.index, option: "company" } }
    expect(nextOf({ github: UNKNOWN }, company)).toContain(
      "If it is not, `dagger call release --tag v1.0.0 --index company --index-password env://INDEX_PASSWORD --github-token env://GITHUB_TOKEN` completes it",
    )
  })

  test("is released to where the environment says, where PyPI alone is asked about", () => {
    const environs = { index: "company", variable: "SECRET", indexUser: "ada" }
    expect(nextOf({ ...environs, github: NONE }, on("pypi", {}))).toBe(
      "`dagger call --index-user ada release --tag v1.0.0 --index-password env://SECRET --github-token env://GITHUB_TOKEN`",
    )
    expect(nextOf({ ...environs, github: WHOLE }, on("pypi", {}))).toBe(
      "`dagger call promote --tag v1.0.0 --test-index-user ada --test-index-password env://SECRET --pypi-token env://PYPI_API_TOKEN`",
    )
  })

  test.each([
    ["nothing", {}],
    ["all", COMPLETE],
    ["other bytes", { files: [[WHEEL.name, "cc"]] as const }],
  ])(
    "leads nothing to a public index that it does not go through, which holds %s",
    (_, held) => {
      const environs = { github: NONE, index: "company" }
      expect(nextOf(environs, on("testpypi", held))).toBe(
        "nothing at Test PyPI: `v1.0.0` is released to `company`, and not there. `dagger call status --tag v1.0.0` says where that stands.",
      )
    },
  )

  test("goes on with the indexes where GitHub does not answer", () => {
    expect(nextOf({ github: UNKNOWN }, ...half)).toMatch(
      /^`dagger call promote --tag v1\.0\.0 --pypi-token/,
    )
  })

  test.each([
    there({ other: ["a.whl"] }),
    there({ missing: ["a.whl"], immutable: true }),
  ])("takes nothing from there that stays another: %j", (github) => {
    expect(nextOf({ github }, ...half)).toMatch(
      /^`dagger call release-directory .*, then `dagger call promote .* --release release/,
    )
    expect(nextOf({ github }, ...both)).toMatch(
      /^nothing that mends the release on GitHub.*`dagger call recover --tag v1\.0\.0`/,
    )
    expect(nextOf({ github }, on("testpypi", {}))).not.toContain("github-token")
  })

  test("releases again to an index of one's own, and where none answers asks again", () => {
    const status = on("testpypi", COMPLETE)
    const company = { ...status, index: { ...status.index, option: "company" } }
    const environs = { github: NONE, index: "company", indexUser: "ada" }
    expect(nextOf(environs, company)).toBe(
      "`dagger call --index-user ada release --tag v1.0.0 --index-password env://INDEX_PASSWORD --github-token env://GITHUB_TOKEN`",
    )
    const silent = on("pypi", { failure: "it answers 503" })
    expect(nextOf({ github: NONE }, on("testpypi", COMPLETE), silent)).toBe(
      "ask again when PyPI answers with a listing of the project; if it stays as it is, ask whoever runs it.",
    )
  })

  test.each([
    [
      NONE,
      /no published release of `v1\.0\.0` in `octo-org\/boat`.*`github = false`/,
    ],
    [UNKNOWN, /What it holds is not known: it answers 503\./],
    [WHOLE, /complete: .*https:\/\/forge\.example\/v1/],
    [there({ missing: ["a.whl"] }), /without `a\.whl`: https/],
    [there({ missing: ["a.whl"], immutable: true }), /`a\.whl`, and immutable/],
    [there({ other: ["a.whl"] }), /with other bytes of `a\.whl`/],
  ])("says what is seen there: %j", (github, words) => {
    const report = statusReport("boat", VERSION, "a build", both, undefined, {
      github,
    })
    expect(report).toMatch(words)
    expect(report).toMatch(/## PyPI[^]*## GitHub\n\n[^]*Next: /)
  })
})

describe("the index that is uploaded to next", () => {
  const option = (...statuses: IndexStatus[]) =>
    nextUpload(VERSION, statuses)?.index.option

  test("is the first that lacks something", () => {
    expect(option(on("testpypi", COMPLETE), on("pypi", {}))).toBe("pypi")
  })

  test.each([
    ["everything is complete", on("testpypi", COMPLETE)],
    ["one does not answer", on("testpypi", { failure: "it answers 503" })],
    ["one holds other bytes", on("testpypi", { files: [[WHEEL.name, "cc"]] })],
  ])("is none where %s", (_, status) => {
    expect(option(status)).toBeUndefined()
  })
})
