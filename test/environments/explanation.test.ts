import { describe, expect, it } from "vitest"

import { decide } from "../../src/environments/decision.js"
import { explain } from "../../src/environments/explanation.js"
import { inEnvironment } from "../../src/project/project.js"
import { project, type Source } from "../helpers/builders.js"

const FRONTEND = (...scripts: string[]): Source => ({
  paths: ["src/quayside/__init__.py", "frontend/package-lock.json"],
  texts: {
    "frontend/package.json": JSON.stringify({
      scripts: Object.fromEntries(["build", ...scripts].map((n) => [n, n])),
    }),
  },
})
describe("an environment is explained", () => {
  const explained = (ref: string, source: Source = {}) => {
    const found = project(source)
    const decision = decide(ref, found)
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

  it.each([
    ['a"b$(id)', `\`… 'refs/heads/a"b$(id)'\``],
    ["it's", "`… 'refs/heads/it'\\''s'`"],
    ["a`id`", "``… 'refs/heads/a`id`'``"],
  ])("for the branch %s as a shell has to have it", (branch, command) => {
    const told = command.replace("…", "dagger call gates --ref")
    expect(explained(`refs/heads/${branch}`)).toContain(`- Command: ${told}\n`)
  })

  it("for a branch", () => {
    expect(explained("refs/heads/develop")).toContain(`
- Stages: every gate; nothing is published.
- Command: \`dagger call gates --ref refs/heads/develop\`
- Frontend: there is none.`)
  })
})
