import { existsSync, readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

const SRC = new URL("../../src", import.meta.url)
const TEST = new URL("..", import.meta.url)

const TABLE = "test/backends/backends.test.ts asks the table that it is in"
const VERSIONS = "test/version/versioning.test.ts reads it by the whole version"
const LINTERS = "test/lint/linters.test.ts reads it by the whole linting"
const GITHUB = "test/contract/github.test.ts calls it by HTTP"
const DESCRIBE = "test/project/describe.test.ts reads it by the description"
const CONFIGURE =
  "test/project/configure.test.ts reads it by the edit that it leads to"
const TOKEN =
  "test/npm-token/npm-credentials.test.ts reads it by what is refused"
const CI = "test/ci/providers.test.ts reads it by the files that it leads to"
const FORGOTTEN =
  "test/build/forgotten-frontends.test.ts reads it by what is refused"

/** Decisions without a test of the same name, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "backends/backend-answers.ts": TABLE,
  "backends/build-backend.ts": "types, and the forms that every backend has",
  "backends/setuptools-version.ts": VERSIONS,
  "build/absent-pages.ts": FORGOTTEN,
  "build/copied-in.ts": FORGOTTEN,
  "ci/ci-provider.ts": "an enumeration",
  "ci/passed-options.ts": CI,
  "ci/wrapper-template.ts": CI,
  "ci/wrapper-values.ts": CI,
  "config/environment-config.ts":
    "test/environments/environments.test.ts refuses what it refuses",
  "config/github-config.ts":
    "test/forge/forge-repository.test.ts refuses what it refuses",
  "containers/programs.ts": "one call of the engine",
  "forge/forge-release.ts": GITHUB,
  "forge/forge.ts": "types",
  "forge/github-client.ts": GITHUB,
  "forge/github-refusals.ts": GITHUB,
  "forge/github.ts": GITHUB,
  "frontend/package-manager-table.ts":
    "test/frontend/package-manager.test.ts asks each of its rows",
  "git/ignored.ts": "a list that every call with a folder is given",
  "lint/call-words.ts": "test/lint/own-checks.test.ts asks with its words",
  "lint/in-use.ts": LINTERS,
  "lint/lint-commands.ts": LINTERS,
  "lint/lint-config.ts": LINTERS,
  "lint/lint-versions.ts": LINTERS,
  "lint/linter-table.ts": LINTERS,
  "lint/may-fail.ts":
    "test/lint/reported.test.ts reads it by what stops nothing",
  "npm-token/line-settings.ts": TOKEN,
  "npm-token/said.ts": TOKEN,
  "npm-token/yaml-settings.ts": TOKEN,
  "lint/run-commands.ts": LINTERS,
  "pipeline/marks.ts": "test/release/report.test.ts reads it by the report",
  "project/describe-gates.ts": DESCRIBE,
  "project/describe-report.ts": DESCRIBE,
  "project/describe-source.ts": DESCRIBE,
  "project/not-used.ts": DESCRIBE,
  "project/survey.ts": DESCRIBE,
  "preflight/preflight-rule.ts": "types, and the form of a refusal",
  "text/toml-insert.ts": CONFIGURE,
  "version/version-source.ts": VERSIONS,
}

/** What decides without the engine: stages call it, objects and the index are the API. */
const decisions = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .filter((file) => !/(^|[/-])stage\.ts$|^objects\/|^index\.ts$/.test(file))
  .sort()

const hasMirror = (file: string) =>
  existsSync(fileURLToPath(new URL(file.replace(/\.ts$/, ".test.ts"), TEST)))

describe("a decision", () => {
  it("has a test of the same name, or a reason to have none", () => {
    const bare = decisions.filter((file) => !hasMirror(file))
    expect(bare).toStrictEqual(Object.keys(EXCEPTIONS).sort())
  })

  it.each(
    Object.entries(EXCEPTIONS).flatMap(([file, reason]) =>
      (/^test\/\S+/.exec(reason) ?? []).map((test) => ({ file, test })),
    ),
  )("without one is read by another test: $file", ({ test }) => {
    expect(existsSync(fileURLToPath(new URL(`../${test}`, TEST)))).toBe(true)
  })
})
