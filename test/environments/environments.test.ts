import { describe, expect, it } from "vitest"

import { builtIn } from "../../src/environments/environments.js"
import { project, type Source } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const FRONTEND = (...scripts: string[]): Source => ({
  paths: ["src/quayside/__init__.py", "frontend/package-lock.json"],
  texts: {
    "frontend/package.json": JSON.stringify({
      scripts: Object.fromEntries(["build", ...scripts].map((n) => [n, n])),
    }),
  },
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

  it.each([
    ["development", ["build:dev", "build:prod"], "build:dev"],
    ["development", ["build:prod"], "build:prod"],
    ["staging", ["build:staging", "build:prod"], "build:staging"],
    ["production", ["build:dev", "build:prod"], "build:prod"],
  ] as const)("is built for %s with %j by %s", (name, scripts, own) => {
    expect(found(FRONTEND(...scripts))(name).script).toBe(own)
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
    refusal(() => project({ toml: ["[tool.shipwheel.environments]", ...toml] }))

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
