import { describe, expect, test } from "vitest"

import { nextTag, recoverySteps } from "../../src/package-index/recovery.js"
import { parseTag } from "../../src/version/version.js"
import { COMPLETE, on, SDIST, WHEEL } from "../helpers/index-status.js"

const VERSION = parseTag("v1.0.0")

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

  test("names the credential of the index that the next release goes to", () => {
    const own = recoverySteps("boat", VERSION, [on("testpypi", {})])
    expect(own).toContain("--test-pypi-token env://TEST_PYPI_API_TOKEN")
    const onward = { index: { option: "company" } }
    expect(recoverySteps("boat", VERSION, [on("pypi", {})], onward)).toContain(
      "dagger call release --tag v1.0.1 --index-password env://INDEX_PASSWORD\n",
    )
    const called = { githubApi: "https://github.example.org/api/v3" }
    const said = { ...onward, called, indexUser: "ada" }
    expect(recoverySteps("boat", VERSION, [on("pypi", {})], said)).toContain(
      "dagger call --index-user ada --github-api https://github.example.org/api/v3 release --tag v1.0.1 --index-password ",
    )
    expect(
      recoverySteps("boat", VERSION, [on("pypi", {})], { indexUser: "ada" }),
    ).toContain("dagger call release --tag v1.0.1 --test-pypi-token ")
    const index = { option: "company", variable: "INDEX_PASSWORD_COMPANY" }
    expect(
      recoverySteps("boat", VERSION, [on("pypi", {})], { index }),
    ).toContain("--index-password env://INDEX_PASSWORD_COMPANY\n")
  })

  test("goes on at the index of one's own that is asked about, and never at Test PyPI", () => {
    const status = on("testpypi", COMPLETE)
    const own = { option: "company", variable: "SECRET" }
    const company = { ...status, index: { ...status.index, ...own } }
    const next = "dagger call --index-user ada release --tag v1.0.1"
    const said = { indexUser: "ada" }
    expect(recoverySteps("boat", VERSION, [company], said)).toContain(
      `${next} --index company --index-password env://SECRET\n`,
    )
    expect(
      recoverySteps("boat", VERSION, [company], { ...said, index: own }),
    ).toContain(`${next} --index-password env://SECRET\n`)
  })

  const shown = {
    url: "https://forge.example/v1",
    immutable: false,
    missing: [],
    other: [],
  }
  test.each([
    [
      { published: shown },
      /stays up, whatever is yanked[^]*Open https:\/\/forge\.example\/v1 [^]*3\. Delete its install scripts/,
    ],
    [
      { published: { ...shown, immutable: true } },
      /immutable, so its install scripts stay\. Delete the whole release/,
    ],
    [{}, /no published release of `v1\.0\.0` in `octo-org\/boat`.*A draft/],
    [{ failure: "it answers 503." }, /is not known: it answers 503\. Look at/],
  ])(
    "names the release on GitHub, and announces the fix there: %j",
    (seen, words) => {
      const github = { where: "octo-org/boat", ...seen }
      const told = recoverySteps("boat", VERSION, [on("pypi", COMPLETE)], {
        github,
      })
      expect(told).toMatch(words)
      expect(told).toMatch(/## PyPI[^]*## GitHub[^]*## The fix/)
      expect(told).toContain(
        "release --tag v1.0.1 --test-pypi-token env://TEST_PYPI_API_TOKEN --github-token env://GITHUB_TOKEN\n",
      )
    },
  )

  test("says nothing of GitHub where nothing is announced there", () => {
    expect(text).not.toMatch(/github/i)
  })

  test.each([
    ["v1.0.0", ["v1.0.0", "v1.0.1", "v1.0.2", "v1.1.0"], "v1.0.3"],
    ["v1.0.0", ["1.0.1"], "v1.0.2"],
    ["v2.0.0-rc.1", ["v2.0.0rc2"], "v2.0.0-rc.3"],
    ["2.0.0rc1", ["2.0.0-rc.2"], "2.0.0rc3"],
    ["staging/v1.2.0", ["staging/v1.2.0-dev.1"], "staging/v1.2.0-dev.2"],
  ])(
    "of %s goes on with a tag that is not there: of %j, %s",
    (tag, tags, following) => {
      expect(nextTag(parseTag(tag), tags.map(parseTag))).toBe(following)
    },
  )

  test.each([
    ["v1.2.0", "v1.2.1"],
    ["1.2.3", "1.2.4"],
    ["v2.0.0-beta.1", "v2.0.0-beta.2"],
    ["v1.2.0rc1", "v1.2.0rc2"],
    ["1.4.0b9", "1.4.0b10"],
    ["v1.2rc1", "v1.2rc2"],
    ["v1.2.0.dev1", "v1.2.0.dev2"],
    ["v1.2.0-dev.1", "v1.2.0-dev.2"],
    ["v1.2.0rc1.dev1", "v1.2.0rc1.dev2"],
    ["v1.2.0.post1", "v1.2.0.post2"],
    ["staging/v1.2.0", "staging/v1.2.0.dev1"],
    ["staging/v1.2.0-rc.1", "staging/v1.2.0rc1.dev1"],
    ["v1.2", "v1.2.1"],
    ["2026.07.08", "2026.07.09"],
    ["boat-v1.2.0", "boat-v1.2.1"],
    ["boat/1.2.0", "boat/1.2.1"],
    ["staging/boat@1.2.0", "staging/boat@1.2.0.dev1"],
  ])("of %s goes on with %s", (tag, following) => {
    expect(nextTag(parseTag(tag))).toBe(following)
  })

  test.each([
    ["bittern", "1.4.0rc1", "hotfix/1.4.0rc2 1.4.0rc2"],
    [
      "curlew",
      "curlew-v0.3.0-rc.1",
      "hotfix/curlew-0.3.0-rc.2 curlew-v0.3.0-rc.2",
    ],
  ])("of %s %s goes on in the form of its tag: %s", (project, tag, pushed) => {
    expect(recoverySteps(project, parseTag(tag), [])).toContain(
      `git push origin ${pushed}\n`,
    )
  })

  test.each([
    ["boat-v1.0.0", "git push origin hotfix/boat-1.0.1 boat-v1.0.1"],
    ["boat/v1.0.0", "git push origin hotfix/boat/1.0.1 boat/v1.0.1"],
  ])("of %s names the branch after the member", (tag, command) => {
    expect(recoverySteps("boat", parseTag(tag), [])).toContain(command)
  })
})

test("the recovery of what is no tag says so before anything else", () => {
  const said = (isUntagged: boolean) =>
    recoverySteps("quayside", parseTag("v9.9.9"), [], { isUntagged })
  expect(said(true)).toMatch(
    /^# Recovery[^\n]+\n\n`v9\.9\.9` is no tag of this repository: .*`git tag --list`/,
  )
  expect(said(false)).not.toContain("is no tag")
})
