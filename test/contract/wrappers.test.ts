import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"

import { type CiFile, ciFiles, type Provider } from "../../src/ci/providers.js"
import { facts, TRUSTED, written } from "../helpers/ci.js"
import {
  hasGo,
  installAll,
  lint,
  lintGroovy,
  lintSchema,
} from "../linters/linters.js"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const EXAMPLE = join(ROOT, "dagger/examples/quayside")

/** Names, patterns and an index that are not the usual ones. */
const OWN = {
  toml: [
    "[tool.shipwheel.environments]",
    'check.refs = ["refs/heads/main", "refs/heads/release/**"]',
    'staging = { refs = ["refs/tags/staging/*", "refs/tags/v*-rc.*"], index = "company" }',
    'production = { refs = ["refs/tags/v*"], approval = "pypi-production" }',
  ],
}
const SILENT = {
  toml: ["[tool.shipwheel.environments]", "production.github = false"],
}
const VARIANTS = [
  ["as it is by default", facts()],
  ["with a repository on GitHub", facts({ github: true })],
  ["with environments of its own", facts({ github: true }, OWN)],
  [
    "in a folder of its repository",
    facts({ github: true, path: "packages/wren/", tagPrefix: "wren-" }),
  ],
  ["that GitHub attests", facts({ github: true, attested: true })],
  ["with LFS and submodules", facts({ lfs: true, submodules: true })],
  ["that nobody announces", facts({ github: true }, SILENT)],
  [
    "with keys, private registries and an index for few",
    facts(
      {
        ...{ attested: true, github: true, signed: true },
        passed: { indexUser: "ada", npmToken: true, pythonToken: true },
      },
      {
        toml: ["[tool.shipwheel.environments]", 'production.index = "company"'],
      },
    ),
  ],
  [
    "with keys and private registries that nobody announces",
    facts(
      { signed: true, passed: { npmToken: true, pythonToken: true } },
      SILENT,
    ),
  ],
] as const

const SCHEMAS = [
  ["github", "github-workflows"],
  ["gitlab", "gitlab-ci"],
  ["circleci", "circle-ci"],
  ["buildkite", "buildkite"],
  ["woodpecker", "woodpecker-ci"],
] as const

beforeAll(installAll, 300_000)

function files(provider: Provider, given = facts()): CiFile[] {
  return ciFiles(provider, given)
}

function paths(written: readonly CiFile[]): string[] {
  return written.map(({ path }) => path)
}

describe.each(VARIANTS)("the wrapper of a project %s", (_, given) => {
  it.skipIf(!hasGo)("for GitHub passes actionlint with shellcheck", () => {
    const made = files("github", given)
    expect(lint(written(made), "actionlint", ...paths(made))).toBe("")
  })

  it("for GitHub passes zizmor at its strictest", () => {
    const made = files("github", given)
    const strict = ["--offline", "--quiet", "--persona", "pedantic"]
    expect(lint(written(made), "zizmor", ...strict, ...paths(made))).toBe("")
  })

  it("for Jenkins is Groovy", () => {
    expect(lintGroovy(written(files("jenkins", given)), "Jenkinsfile")).toBe("")
  })

  it("for a shell passes shellcheck", () => {
    const made = files("shell", given)
    expect(lint(written(made), "shellcheck", ...paths(made))).toBe("")
  })

  it.each(["gitlab", "circleci", "buildkite", "woodpecker"] as const)(
    "for %s has commands that pass shellcheck",
    (provider) => {
      const script = commandsIn(files(provider, given))
        .map((line) => line.replaceAll("$$", "$"))
        .join("\n")
      const folder = written([{ path: "run.sh", text: `${script}\n` }])
      // Each line is a script of its own somewhere: a variable may come from the provider.
      expect(
        lint(
          folder,
          "shellcheck",
          "--shell",
          "sh",
          "--exclude",
          "SC2154",
          "run.sh",
        ),
      ).toBe("")
    },
  )
})

/** A folder with the files of every project, each in a folder of its own. */
function ofEach(provider: Provider): CiFile[] {
  return VARIANTS.flatMap(([, given], at) =>
    files(provider, given).map((each) => ({
      ...each,
      path: join(String(at), each.path),
    })),
  )
}

describe.each(SCHEMAS)("the wrapper for %s", (provider, schema) => {
  it("fits the provider's schema, whatever the project", () => {
    const made = ofEach(provider)
    expect(made.length).toBeGreaterThanOrEqual(VARIANTS.length)
    expect(lintSchema(written(made), schema, ...paths(made))).toBe("")
  })

  it("would not if it were anything else", () => {
    const [wrong, text] = ["wrong.yml", "steps: 7\njobs: 7\nscript: 7\n"]
    const folder = written([{ path: wrong, text }])
    expect(lintSchema(folder, schema, wrong)).not.toBe("")
  })
})

describe("Trusted Publishing", () => {
  const trusted = facts({ trusted: true })

  it.each(TRUSTED)("passes the linters of %s", (provider) => {
    const made = files(provider, trusted)
    const schema = provider === "github" ? "github-workflows" : "gitlab-ci"
    expect(lintSchema(written(made), schema, ...paths(made))).toBe("")
    if (provider !== "github") return
    if (hasGo)
      expect(lint(written(made), "actionlint", ...paths(made))).toBe("")
    expect(
      lint(written(made), "zizmor", "--offline", "--quiet", ...paths(made)),
    ).toBe("")
  })
})

describe("the linters", () => {
  const wrong = (path: string, text: string) => written([{ path, text }])

  it("refuse a ref in a command, a line that is no shell, and no Groovy", () => {
    const path = ".github/workflows/a.yml"
    const workflow = `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo \${{ github.head_ref }}\n`
    const folder = wrong(path, workflow)
    expect(lint(folder, "zizmor", "--offline", path)).toContain(
      "template-injection",
    )
    if (hasGo) expect(lint(folder, "actionlint", path)).toContain("untrusted")
    expect(
      lint(wrong("a.sh", "#!/bin/sh\necho $1\n"), "shellcheck", "a.sh"),
    ).toContain("SC2086")
    expect(lintGroovy(wrong("J", "pipeline { stages { "), "J")).not.toBe("")
  })
})

describe("Shipwheel's own", () => {
  const workflows = ["ci", "release"].map(
    (name) => `.github/workflows/${name}.yml`,
  )

  it.skipIf(!hasGo)("workflows pass actionlint with shellcheck", () => {
    expect(lint(ROOT, "actionlint", ...workflows)).toBe("")
  })

  it("workflows and Dependabot's settings pass zizmor at its strictest", () => {
    const strict = ["--offline", "--quiet", "--persona", "pedantic"]
    expect(lint(ROOT, "zizmor", ...strict, ".github")).toBe("")
  })

  it.each([
    ["github-workflows", workflows],
    ["dependabot", [".github/dependabot.yml"]],
    [
      "github-issue-forms",
      ["bug", "idea"].map((name) => `.github/ISSUE_TEMPLATE/${name}.yml`),
    ],
    ["github-issue-config", [".github/ISSUE_TEMPLATE/config.yml"]],
  ] as const)("files fit the schema of %s", (schema, paths) => {
    expect(lintSchema(ROOT, schema, ...paths)).toBe("")
  })
})

describe("the example's workflows", () => {
  it.each(files("github", facts({ github: false })))(
    "$path is what `ci` would write today",
    ({ path, text }) => {
      expect(readFileSync(join(EXAMPLE, path), "utf8")).toBe(text)
    },
  )
})

/** The lines that a provider gives to a shell. */
function commandsIn(made: readonly CiFile[]): string[] {
  const found: string[] = []
  const look = (value: unknown, key = ""): void => {
    if (/^(command|commands|script|before_script|after_script|run)$/.test(key))
      found.push(...linesOf(value))
    else if (value && typeof value === "object")
      for (const [name, each] of Object.entries(value)) look(each, name)
  }
  for (const { text } of made) look(parse(text))
  return found
}

function linesOf(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (Array.isArray(value)) return value.flatMap(linesOf)
  const { command } = value as { command?: unknown }
  return command === undefined ? [] : linesOf(command)
}
