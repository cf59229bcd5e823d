import { describe, expect, it } from "vitest"

import { anyOf, slashed } from "../../src/ci/ci-facts.js"
import { ciFiles, type Provider } from "../../src/ci/providers.js"
import versions from "../../src/versions.json" with { type: "json" }
import { facts, PROVIDERS, TRUSTED } from "../helpers/ci.js"
import { refusal } from "../helpers/refusal.js"

const text = (provider: Provider, given = facts()) =>
  ciFiles(provider, given)
    .map((file) => file.text)
    .join("\n")

describe.each(PROVIDERS)("the wrapper for %s", (provider) => {
  it("calls the gates, the release and the promotion, and decides nothing", () => {
    const whole = text(provider)
    expect(whole).toMatch(/ call gates --ref \\?"/)
    expect(whole).toMatch(
      / call release --tag \\?"[^"]+" --test-pypi-token env:\/\/TEST_PYPI_API_TOKEN/,
    )
    expect(whole).toMatch(
      / call promote --tag \\?"[^"]+" .*--pypi-token env:\/\/PYPI_API_TOKEN/,
    )
  })

  it("installs the pinned CLI", () => {
    expect(text(provider)).toMatch(
      new RegExp(`(DAGGER_VERSION=|version: ")${versions.dagger}\\b`),
    )
  })

  it("tells GitHub of the release where the project has a repository there", () => {
    const option = "--github-token env://GITHUB_TOKEN"
    expect(text(provider, facts({ github: true }))).toContain(option)
    expect(text(provider).includes(option)).toBe(provider === "github")
  })

  it("passes the password of an index of one's own, and promotes what was tried there", () => {
    const own = facts(
      {},
      {
        toml: [
          "[tool.shipwheel.environments]",
          'staging.index = "company"',
          'production.index = "company"',
        ],
      },
    )
    const whole = text(provider, own)
    expect(whole).not.toContain("TEST_PYPI")
    expect(whole).toContain("--index-password env://INDEX_PASSWORD")
    expect(whole).toContain("--test-index company")
  })
})

describe("Trusted Publishing", () => {
  it("replaces the tokens of the indexes where PyPI trusts the provider", () => {
    for (const provider of TRUSTED) {
      const whole = text(provider, facts({ trusted: true }))
      expect(whole).not.toContain("PYPI_API_TOKEN")
      expect(whole).toMatch(/--identity-token env:\/\/\w+/)
    }
  })

  it("asks GitHub for an identity in those jobs alone that publish", () => {
    const permission = /^ +id-token: write/gm
    expect(text("github").match(permission)).toBeNull()
    const [ci, release] = ciFiles("github", facts({ trusted: true }))
    expect(ci?.text.match(permission)).toBeNull()
    expect(release?.text.match(permission)).toHaveLength(2)
  })

  it.each(PROVIDERS.filter((each) => !TRUSTED.some((one) => one === each)))(
    "is refused for %s",
    (provider) => {
      expect(
        refusal(() => ciFiles(provider, facts({ trusted: true }))),
      ).toContain(`PyPI trusts no identity of \`${provider}\``)
    },
  )
})

describe("what a provider would put into the text of a command", () => {
  it("is left to the shell by two dollars on Buildkite", () => {
    expect(text("buildkite")).not.toMatch(/(?<!\$)\$(?!\$)/)
  })

  it("has no braces on Woodpecker, or two dollars", () => {
    expect(text("woodpecker")).not.toMatch(/(?<!\$)\$\{/)
  })

  it("is in single quotes on Jenkins", () => {
    expect(text("jenkins")).not.toMatch(/sh "/)
  })

  it("stands in no command on GitHub", () => {
    expect(text("github")).not.toMatch(/- run: .*\$\{\{/)
  })
})

describe("several patterns", () => {
  it("are one regular expression", () => {
    expect(anyOf(["v*", "staging/*", "a.b/**"])).toBe(
      "^(v[^/]*|staging/[^/]*|a\\.b/.*)$",
    )
    expect(slashed(["staging/*"])).toBe("/^(staging\\/[^\\/]*)$/")
  })
})
