import { clean } from "@renovatebot/pep440"
import semver from "semver"
import { describe, expect, it } from "vitest"

import {
  ACCEPTED_TAGS,
  freeStagingTag,
  leadOf,
  parseTag,
  plainTag,
  triedVersion,
} from "../../src/version/version.js"
import { refusal } from "../helpers/refusal.js"

const ACCEPTED = [
  // tag, Semantic Versioning, PEP 440, prerelease, environment
  ["v1.2.0", "1.2.0", "1.2.0", false, "production"],
  ["1.2.0", "1.2.0", "1.2.0", false, "production"],
  ["v1.2", "1.2.0", "1.2", false, "production"],
  ["v0.0.0", "0.0.0", "0.0.0", false, "production"],
  ["v2024.10.31", "2024.10.31", "2024.10.31", false, "production"],
  ["2026.07.02", "2026.7.2", "2026.7.2", false, "production"],
  ["v2026.01.0-rc.01", "2026.1.0-rc.1", "2026.1.0rc1", true, "production"],
  ["v26.04.00.post01", undefined, "26.4.0.post1", false, "production"],
  ["staging/v2026.07", "2026.7.0-dev.0", "2026.7.dev0", true, "staging"],
  ["v1.2.3.4", undefined, "1.2.3.4", false, "production"],
  ["v1.2.0-alpha.1", "1.2.0-alpha.1", "1.2.0a1", true, "production"],
  ["v1.2.0-a.1", "1.2.0-alpha.1", "1.2.0a1", true, "production"],
  ["v2.0.0-beta.1", "2.0.0-beta.1", "2.0.0b1", true, "production"],
  ["v2.0.0-b.1", "2.0.0-beta.1", "2.0.0b1", true, "production"],
  ["v1.2.0-beta.0", "1.2.0-beta.0", "1.2.0b0", true, "production"],
  ["v1.2.0-rc.10", "1.2.0-rc.10", "1.2.0rc10", true, "production"],
  ["v1.2.0-dev.3", "1.2.0-dev.3", "1.2.0.dev3", true, "production"],
  ["v1.2.0-dev.0", "1.2.0-dev.0", "1.2.0.dev0", true, "production"],
  ["v1.2.0a1", "1.2.0-alpha.1", "1.2.0a1", true, "production"],
  ["v1.2.0b1", "1.2.0-beta.1", "1.2.0b1", true, "production"],
  ["v1.2.0rc1", "1.2.0-rc.1", "1.2.0rc1", true, "production"],
  ["v1.2.0.dev1", "1.2.0-dev.1", "1.2.0.dev1", true, "production"],
  ["v1.2.0.post1", undefined, "1.2.0.post1", false, "production"],
  ["v1.2.0.post0", undefined, "1.2.0.post0", false, "production"],
  ["v1.2.0b1.dev2", undefined, "1.2.0b1.dev2", true, "production"],
  ["v1.2.0-rc.1.post2", undefined, "1.2.0rc1.post2", true, "production"],
  ["v1.2.0.post1.dev2", undefined, "1.2.0.post1.dev2", true, "production"],
  ["staging/v1.3.0", "1.3.0-dev.0", "1.3.0.dev0", true, "staging"],
  ["staging/v1.3.0-dev.4", "1.3.0-dev.4", "1.3.0.dev4", true, "staging"],
  ["staging/v1.3.0.dev4", "1.3.0-dev.4", "1.3.0.dev4", true, "staging"],
  ["staging/1.3.0-rc.1", undefined, "1.3.0rc1.dev0", true, "staging"],
  ["staging/v1.3.0rc1.dev2", undefined, "1.3.0rc1.dev2", true, "staging"],
  ["staging/v1.3.0.post1", undefined, "1.3.0.post1.dev0", true, "staging"],
] as const

describe("an accepted tag", () => {
  it.each(ACCEPTED)(
    "%s is %s, on an index %s",
    (tag, semver, pep440, prerelease, environment) => {
      expect(parseTag(tag)).toStrictEqual({
        tag,
        prefix: "",
        semver,
        pep440,
        prerelease,
        environment,
      })
    },
  )

  it.each(ACCEPTED)(
    "%s gives versions that other parsers leave as they are",
    (tag) => {
      const version = parseTag(tag)
      expect(clean(version.pep440)).toBe(version.pep440)
      if (version.semver)
        expect(semver.clean(version.semver)).toBe(version.semver)
    },
  )

  it("has numbers of up to nine digits", () => {
    expect(parseTag("v1.999999999.0").pep440).toBe("1.999999999.0")
    expect(refusal(() => parseTag("v1.1000000000.0"))).not.toBe("")
  })
})

describe("a tag with a prefix", () => {
  it.each([
    ["quayside-v1.2.0", "quayside-", "1.2.0"],
    ["quayside-1.2.0-rc.1", "quayside-", "1.2.0rc1"],
    ["quayside/v1.2.0", "quayside/", "1.2.0"],
    ["quayside@2.0.0b1", "quayside@", "2.0.0b1"],
    ["@harbour/quayside@1.2.0", "@harbour/quayside@", "1.2.0"],
    ["quayside==1.2.0.post1", "quayside==", "1.2.0.post1"],
    ["packages/quayside_1.2", "packages/quayside_", "1.2"],
    ["quayside-2-v1.2.0", "quayside-2-", "1.2.0"],
    ["quayside-2-v1", "quayside-2-", "1"],
    ["quay2-1", "quay2-", "1"],
    ["staging/quayside-v1.2.0", "quayside-", "1.2.0.dev0"],
  ])("%s has %s before %s", (tag, prefix, pep440) => {
    expect(parseTag(tag)).toMatchObject({ tag, prefix, pep440 })
  })

  it.each([
    ["quayside-v1.2.0", "quayside-v"],
    ["staging/quayside/1.2.0-rc.1", "staging/quayside/"],
    ["v1.2.0", "v"],
    ["1.2.0", ""],
  ])("%s begins with %j", (tag, lead) => {
    expect(leadOf({ tag })).toBe(lead)
  })

  it("has the next staging tag with the same prefix", () => {
    const tag = "staging/quayside-v1.3.0"
    expect(freeStagingTag(tag, ["1.3.0.dev0", "1.3.0.dev1"])).toBe(
      "staging/quayside-v1.3.0.dev2",
    )
    expect(triedVersion(parseTag(tag)).tag).toBe("quayside-v1.3.0")
  })

  it.each([
    ["staging/v1.3.0-dev.1", "staging/v1.3.0-dev.2"],
    ["staging/1.3.0.dev1", "staging/1.3.0.dev2"],
    ["staging/2026.06.01", "staging/2026.06.01.dev1"],
    ["staging/v1.3.0-rc.1", "staging/v1.3.0rc1.dev1"],
  ])("%s has a next one of its form, %s", (tag, free) => {
    expect(freeStagingTag(tag, [])).toBe(free)
  })

  it.each([
    "v1.2.0-rc-1",
    "refs/tags/v1.2.0+1",
    "quayside//v1.2.0",
    "a/../v1.2.0",
    "quay side-v1.2.0",
    "$(id)-v1.2.0",
    "-quayside-v1.2.0",
  ])("is not %s", (tag) => {
    expect(refusal(() => parseTag(tag))).toContain("is no release tag")
  })
})

describe("a refused tag", () => {
  it("says which number of a tag is too long", () => {
    expect(refusal(() => parseTag("v1.0.9007199254740993"))).toContain(
      "`v1.0.9007199254740993` is no release tag\n   Its number 9007199254740993 has more than nine digits, which not every tool reads alike: take a shorter one. ",
    )
    expect(refusal(() => parseTag("nightly.20261127000000.x"))).not.toContain(
      "nine digits",
    )
  })

  it("is told apart with the accepted forms, word for word", () => {
    expect(refusal(() => parseTag("nightly"))).toBe(
      "tag: `nightly` is no release tag\n   Accepted are `v1.2.0`, `1.2.0`, `v1.2`; prereleases `v1.2.0-alpha.1`, `-beta.1`, `-rc.1`, `-dev.1` or `v1.2.0a1`, `b1`, `rc1`; `v1.2.0.post1`, `v1.2.0.dev1`; each also behind `staging/` (PEP 440; build metadata after `+` has no place on an index).",
    )
  })

  it.each([
    // What people write, and what they mean by it.
    ["v1.2.0+build.5", "v1.2.0"],
    ["v1.2.0-beta.1+build.5", "v1.2.0-beta.1"],
    [" v1.2.0-rc.1", "v1.2.0-rc.1"],
    ["V1.2.0", "v1.2.0"],
    ["v1.2.0-RC.1", "v1.2.0-rc.1"],
    ["refs/tags/v1.2.0", "v1.2.0"],
    ["v1.2.0-beta1", "v1.2.0-beta.1"],
    ["v1.2.0-beta", "v1.2.0-beta.1"],
    ["v1.2.0-rc1", "v1.2.0-rc.1"],
    ["v1.2.0.rc1", "v1.2.0-rc.1"],
    ["v1.2.0-pre.1", "v1.2.0-rc.1"],
    ["v1.2.0-preview2", "v1.2.0-rc.2"],
    ["v1.2.0c1", "v1.2.0-rc.1"],
    ["v01.02.0-foo.1", "v01.02.0"],
    ["v1.2.0-foo.1", "v1.2.0"],
    ["1.2.3.4.5", "1.2.3"],
    ["rel_1_19_1", "rel_1.19.1"],
    ["release-1-2", "v1.2"],
    ["quay2/1/2", "quay2/1.2"],
    ["staging/v1.2.0+build.5", "staging/v1.2.0"],
  ])("%s comes with the nearest accepted one, %s", (tag, nearest) => {
    expect(refusal(() => parseTag(tag))).toBe(
      `tag: \`${tag}\` is no release tag\n   Did you mean \`${nearest}\`? Accepted are ${ACCEPTED_TAGS} (PEP 440; build metadata after \`+\` has no place on an index).`,
    )
  })

  it.each(["v1!2.0.0", "1!2.0", "wren-v1!2.0.0", "staging/v1!2.0.0"])(
    "%s is refused for its epoch",
    (tag) => {
      expect(refusal(() => parseTag(tag))).toContain(
        "The number before `!` is an epoch",
      )
    },
  )

  it.each([
    ["a command", "v1.0.0;id", "`v1.0.0;id`"],
    ["a substitution", "$(id)", "`$(id)`"],
    ["a substitution in a number", "v1.$(id).0", "`v1.$(id).0`"],
    ["backticks", "v1.0.0`id`", "`v1.0.0`id``"],
    ["a pipe", "v1.0.0|id", "`v1.0.0|id`"],
    ["quotes", 'v1.0.0"id', '`v1.0.0\\"id`'],
    ["a line feed at its end", "v1.0.0\n", "`v1.0.0\\n`"],
    ["a second line", "v1.0.0\nid", "`v1.0.0\\nid`"],
    ["a first line", "id\nv1.0.0", "`id\\nv1.0.0`"],
    ["a null", "v1.0.0\0", "`v1.0.0\\u0000`"],
    ["a space", "v1.0.0 ", "`v1.0.0 `"],
    ["an option", "--help", "`--help`"],
    ["an option before it", "-v1.0.0", "`-v1.0.0`"],
    ["digits of another script", "v١.٢.٠", "`v١.٢.٠`"],
    ["full-width digits", "v１.２.０", "`v１.２.０`"],
    ["a path", "../v1.0.0", "`../v1.0.0`"],
    ["a path behind staging", "staging/../v1.0.0", "`staging/../v1.0.0`"],
    ["staging alone", "staging/", "`staging/`"],
    ["nothing", "", "``"],
    ["an epoch", "1!1.0.0", "`1!1.0.0`"],
    ["dev twice", "v1.0.0-dev.1.dev2", "`v1.0.0-dev.1.dev2`"],
  ])("may be one with %s", (_, tag, shown) => {
    const [first] = refusal(() => parseTag(tag)).split("\n")
    expect(first).toBe(`tag: ${shown} is no release tag`)
  })

  it.each(["nightly", "quayside-next", "v", "--help"])(
    "%s comes without a repair, as none is near",
    (tag) => {
      expect(refusal(() => parseTag(tag))).not.toContain("Did you mean")
    },
  )

  it("of sixty characters is shown whole", () => {
    const tag = "x".repeat(60)
    expect(refusal(() => parseTag(tag))).toContain(`tag: \`${tag}\` is no`)
  })

  it("of ten kilobytes is shown by its start", () => {
    const message = refusal(() => parseTag("v1".repeat(5 * 1024)))
    expect(message.split("\n")[0]).toBe(
      `tag: \`${"v1".repeat(30)}…\` is no release tag`,
    )
    expect(message.length).toBeLessThan(500)
  })

  it.each(["v1.0.0;id", "$(id)", "v1.0.0\nid", `v1.0.0${"x".repeat(10240)}`])(
    "never comes back in the repair of %j",
    (tag) => {
      const near = /Did you mean `(.*?)`/.exec(
        refusal(() => parseTag(tag)),
      )?.[1]
      expect([undefined, "v1.0.0"]).toContain(near)
    },
  )
})

describe("the tag by which tools that read git's tags find a version", () => {
  it.each([
    ["v1.2.0", "v1.2.0"],
    ["1.2.0", "1.2.0"],
    ["v2.0.0-rc.1", "v2.0.0rc1"],
    ["staging/v1.3.0", "v1.3.0.dev0"],
    ["staging/wren-v1.3.0", "wren-v1.3.0.dev0"],
    ["wren/1.3.0", "wren/1.3.0"],
  ])("of %s is %s", (tag, plain) => {
    expect(plainTag(parseTag(tag))).toBe(plain)
  })
})
