import { describe, expect, it } from "vitest"

import {
  becauseOf,
  builtIn,
  decide,
  decideTag,
  indexesOf,
  refusePromotion,
  titleOf,
} from "../../src/environments/environments.js"
import { explain } from "../../src/environments/explanation.js"
import { inEnvironment } from "../../src/project/project.js"
import { project, type Source, version } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const FRONTEND = (...scripts: string[]): Source => ({
  paths: ["src/quayside/__init__.py", "frontend/package-lock.json"],
  texts: {
    "frontend/package.json": JSON.stringify({
      scripts: Object.fromEntries(["build", ...scripts].map((n) => [n, n])),
    }),
  },
})
const PLAIN = project().environments
const settings = (...toml: string[]) => project({ toml }).environments

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
      "tag: no environment releases the tag `1.2.0`\n   Push a tag that matches `refs/tags/staging/*` or `refs/tags/v*`, or add a pattern for this one to `refs` in `[tool.shipwheel.environments.production]` or `staging`.",
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

describe("the frontend", () => {
  const found = (source: Source) => {
    const {
      environments,
      frontends: [frontend],
    } = project(source)
    if (!frontend) throw new Error("no frontend was found")
    return (name: keyof typeof environments) =>
      builtIn(environments[name], frontend)
  }

  it.each([
    [["build:development", "build:staging"], "build:development"],
    [["build:dev"], "build:dev"],
    [[], "build"],
  ])("of a package with %j is built by %s in Development", (scripts, own) => {
    const frontend = found(FRONTEND(...scripts))
    expect(frontend("development").script).toBe(own)
    expect(frontend("production").script).toBe("build")
    expect(frontend("check").script).toBe("build")
  })

  it("is built as each environment says", () => {
    const frontend = found({
      ...FRONTEND("export"),
      toml: [
        "[tool.shipwheel.environments]",
        'staging.frontend = { script = "export", variables = { NEXT_PUBLIC_API = "https://staging.example.org/$(id)" } }',
        'production.frontend.variables = { NEXT_PUBLIC_API = "https://example.org" }',
      ],
    })
    expect(frontend("staging")).toMatchObject({
      script: "export",
      variables: { NEXT_PUBLIC_API: "https://staging.example.org/$(id)" },
    })
    const released = { NEXT_PUBLIC_API: "https://example.org" }
    expect(frontend("production").variables).toEqual(released)
    // The gates look at what a release would build.
    expect(frontend("check").variables).toEqual(released)
    expect(frontend("development").variables).toEqual({})
  })

  it("is built by a script that it has", () => {
    const toml = [
      '[tool.shipwheel.environments]\nstaging.frontend.script = "nothing"',
    ]
    expect(refusal(() => project({ ...FRONTEND(), toml }))).toBe(
      "frontend: `frontend/package.json` has no script `nothing`\n   Add it, or name another in `tool.shipwheel.environments.staging.frontend.script`.",
    )
  })
})

describe("[tool.shipwheel.environments]", () => {
  const table = (...toml: string[]) =>
    refusal(() => settings("[tool.shipwheel.environments]", ...toml))

  it.each([
    [
      'stagging.index = "testpypi"',
      "`tool.shipwheel.environments.stagging` is not a known key\n   Did you mean `staging`?",
    ],
    [
      'staging.indx = "testpypi"',
      "`tool.shipwheel.environments.staging.indx` is not a known key\n   Did you mean `index`?",
    ],
    [
      'development.skip.tests = "slow"',
      "`tool.shipwheel.environments.development.skip.tests` is not a known key\n   Did you mean `test`? Known are `test`, `lint`,",
    ],
    ['staging.index = "pypi"', "PyPI is `promote`'s"],
    ['staging.refs = ["v*"]', "a full git ref, such as `refs/tags/"],
    ['staging.refs = ["refs/heads/x"]', "a full git ref, such as `refs/tags/"],
    ['check.refs = ["refs/tags/x"]', "a full git ref, such as `refs/heads/"],
    ['staging.refs = ["refs/tags/v`id`"]', "a full git ref, such as"],
    ['staging.skip.test = ""', "the reason, which the report shows"],
    ["staging.frontend.variables.A = 1", "a text, such as"],
    ['production.approval = "${{ x }}"', "a name, such as `pypi`"],
  ])("refuses %s", (line, message) => {
    expect(table(line)).toContain(message)
  })
})

describe("an environment is explained", () => {
  const explained = (ref: string, source: Source = {}) => {
    const found = project(source)
    const decision = decide(ref, found.environments)
    const { frontends } = inEnvironment(found, decision.environment)
    return explain(decision, frontends)
  }

  it("for a release tag", () => {
    expect(explained("refs/tags/v2.0.0-beta.1", FRONTEND()))
      .toBe(`# Production, prerelease channel

Environment: Production, prerelease channel, for \`refs/tags/v2.0.0-beta.1\`, which matches \`refs/tags/v*\`.

- Version: \`2.0.0b1\`
- Stages: every gate; then upload to \`testpypi\` and install from there; then the release on GitHub.
- PyPI: by \`promote\`, which the CI's protected environment \`pypi\` has to let pass.
- Command: \`dagger call release --tag v2.0.0-beta.1\`
- Frontend: \`npm run build\`.`)
  })

  it("for a staging tag of a project with settings of its own", () => {
    const source = {
      ...FRONTEND("build:staging"),
      toml: [
        "[tool.shipwheel.environments.staging]",
        'index = "company"',
        'skip.audit = "it has no network"',
        'frontend.variables = { NODE_ENV = "production" }',
      ],
    }
    expect(explained("refs/tags/staging/v1.3.0", source)).toContain(`
- Version: \`1.3.0.dev0\`
- Stages: every gate; then upload to \`company\` and install from there; no release on GitHub.
- PyPI: never; \`promote\` refuses it.
- Command: \`dagger call release --tag staging/v1.3.0\`
- Frontend: \`npm run build:staging\` with \`NODE_ENV\`.
- Left out: audit (it has no network).`)
  })

  it("for a branch", () => {
    expect(explained("refs/heads/develop")).toContain(`
- Stages: every gate; nothing is published.
- Command: \`dagger call gates --ref refs/heads/develop\`
- Frontend: there is none.`)
  })
})
