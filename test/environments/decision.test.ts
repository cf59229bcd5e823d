import { describe, expect, it } from "vitest"

import {
  becauseOf,
  decide,
  decideTag,
  indexesOf,
  refusePromotion,
  titleOf,
  usersIndex,
} from "../../src/environments/decision.js"
import { NOWHERE } from "../../src/git/whereabouts.js"
import { project, version } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const PLAIN = project()
const settings = (...toml: string[]) => project({ toml })

describe("a git ref leads", () => {
  it.each([
    ["refs/heads/main", "Check"],
    ["refs/heads/feature/berths", "Check"],
    ["refs/pull/7/merge", "Check"],
    ["refs/merge-requests/7/head", "Check"],
    ["refs/heads/v1.2.0", "Check"],
    ["refs/heads/develop", "Development"],
    ["refs/tags/staging/v1.3.0", "Staging"],
    ["refs/tags/staging/1.3.0-rc.1", "Staging"],
    ["refs/tags/v1.2.0", "Production"],
    ["refs/tags/1.2.0", "Production"],
    ["refs/tags/v1.2.0.post1", "Production"],
    ["refs/tags/v2.0.0-beta.1", "Production, prerelease channel"],
    ["refs/tags/v1.2.0.dev3", "Production, prerelease channel"],
  ])("from %s to %s", (ref, title) => {
    expect(titleOf(decide(ref, PLAIN))).toBe(title)
  })

  it("to where the project says, and nowhere else", () => {
    const own = settings(
      "[tool.shipwheel.environments]",
      'development.refs = ["refs/heads/next/**"]',
      'staging.refs = ["refs/tags/staging/*", "refs/tags/v*-rc.*"]',
    )
    const title = (ref: string) => titleOf(decide(ref, own))
    expect(title("refs/heads/next/one/two")).toBe("Development")
    expect(title("refs/heads/develop")).toBe("Check")
    expect(title("refs/tags/v1.2.0")).toBe("Production")
    const candidate = decideTag(version("v1.2.0-rc.1"), own)
    expect(titleOf(candidate)).toBe("Staging")
    expect(candidate.version.environment).toBe("staging")
  })

  it.each(["develop", "refs/heads/a b", "refs/heads/a\nb", "", "heads/main"])(
    "nowhere from %j, which is no full ref",
    (ref) => {
      expect(refusal(() => decide(ref, PLAIN))).toContain("is no full git ref")
    },
  )

  it.each(["v1.2.0;id", "v1.2.0\nid", "nightly", "$(id)"])(
    "nowhere from the tag %j, which is no version",
    (tag) => {
      expect(refusal(() => decide(`refs/tags/${tag}`, PLAIN))).toContain(
        "is no release tag",
      )
    },
  )

  it("nowhere from a version that no pattern wants", () => {
    const own = settings(
      '[tool.shipwheel.environments]\nproduction.refs = ["refs/tags/v*"]',
    )
    expect(refusal(() => decideTag(version("1.2.0"), own))).toBe(
      "tag: no environment releases the tag `1.2.0`\n   Push a tag that matches `refs/tags/staging/v*` or `refs/tags/staging/[0-9]*` or `refs/tags/v*`, or add a pattern for this one to `refs` in `[tool.shipwheel.environments.production]` or `staging`.",
    )
  })

  it("never from a staging tag to production, whatever the patterns say", () => {
    const own = settings(
      "[tool.shipwheel.environments]",
      'staging.refs = ["refs/tags/trial/*"]',
      'production.refs = ["refs/tags/**"]',
    )
    expect(refusal(() => decideTag(version("staging/v1.2.0"), own))).toContain(
      "no environment releases the tag",
    )
  })

  it("somewhere for a reason that is told in one sentence", () => {
    const sentence = (ref: string) => becauseOf(decide(ref, PLAIN))
    expect(sentence("refs/tags/v2.0.0-beta.1")).toBe(
      "Environment: Production, prerelease channel, for `refs/tags/v2.0.0-beta.1`, which matches `refs/tags/v*`.",
    )
    expect(sentence("refs/heads/a`b")).toBe(
      "Environment: Check, for `refs/heads/a'b`, which no pattern leads elsewhere.",
    )
  })
})

describe("the indexes that a release goes through", () => {
  it("are the one of its environment and PyPI, and of a trial the first alone", () => {
    const own = settings(
      '[tool.shipwheel.environments]\nproduction.index = "company"',
    )
    const through = (tag: string) => indexesOf(decideTag(version(tag), own))
    expect(through("v1.2.0")).toEqual(["company", "pypi"])
    expect(through("staging/v1.2.0")).toEqual(["testpypi"])
  })
})

describe("the index that the users of a release have", () => {
  const at = (ref: string | undefined, ...toml: string[]) => {
    const own = settings("[tool.shipwheel.environments]", ...toml)
    return usersIndex(own.environments, ref ? decide(ref, own) : undefined)
  }

  it.each([undefined, "refs/heads/main", "refs/heads/develop"])(
    "is for %s, which has no index, that of production",
    (ref) => {
      expect(at(ref)).toBe("pypi")
      expect(at(ref, 'production.index = "company"')).toBe("company")
    },
  )

  it("is for a tag that of its environment, and PyPI behind Test PyPI", () => {
    expect(at("refs/tags/v1.2.0")).toBe("pypi")
    expect(at("refs/tags/staging/v1.2.0")).toBe("testpypi")
    const own = 'production.index = "company"'
    expect(at("refs/tags/v1.2.0", own)).toBe("company")
    expect(at("refs/tags/staging/v1.2.0", own)).toBe("testpypi")
  })
})

describe("a promotion", () => {
  it("is of production alone", () => {
    refusePromotion(decideTag(version("v1.2.0"), PLAIN))
    refusePromotion(decideTag(version("v1.2.0-rc.1"), PLAIN))
    expect(
      refusal(() => {
        refusePromotion(decideTag(version("staging/v1.2.0"), PLAIN))
      }),
    ).toBe(
      "tag: `staging/v1.2.0` is released to Staging, and only Production is promoted to PyPI\n   Tag the same commit `vX.Y.Z`, release that, and promote it.",
    )
  })
})

describe("a member of a repository with several packages", () => {
  const member = (tag: string, ...toml: string[]) =>
    project({ toml, whereabouts: { ...NOWHERE, tags: [tag] } })

  it.each([
    ["quayside-v1.2.0", "refs/tags/quayside-v*"],
    ["quayside/1.2.0", "refs/tags/quayside/[0-9]*"],
    ["quayside@2.0.0-beta.1", "refs/tags/quayside@[0-9]*"],
    ["staging/quayside-v1.3.0", "refs/tags/staging/quayside-v*"],
    ["staging/quayside/v1.3.0", "refs/tags/staging/quayside/v*"],
  ])("is released by %s, which matches %s", (tag, pattern) => {
    const decision = decide(`refs/tags/${tag}`, member(tag))
    expect(decision.pattern).toBe(pattern)
    expect(decision.version?.tag).toBe(tag)
  })

  it("is released by the prefix that it names, and by no other", () => {
    const own = member("quay-v1.2.0", '[tool.shipwheel]\ntag-prefix = "quay-"')
    expect(decide("refs/tags/quay-v1.2.0", own).pattern).toBe(
      "refs/tags/quay-v*",
    )
    expect(refusal(() => decide("refs/tags/quayside-v1.2.0", own))).toContain(
      "is a tag of `quayside`, by its prefix",
    )
  })

  it("is not released by the tag of another", () => {
    expect(
      refusal(() => decide("refs/tags/pier-v1.2.0", member("pier-v1.2.0"))),
    ).toContain("is a tag of `pier`, by its prefix, and this is `quayside`")
  })
})
