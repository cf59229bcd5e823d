import { describe, expect, it } from "vitest"

import { namedPaths } from "../../src/frontend/named-paths.js"
import { sources } from "../helpers/builders.js"

const THERE = {
  "tools/heron.patch": "",
  "web/tools/heron.patch": "",
  "web/vendor/heron/package.json": "{}",
  "web/hooks/pnpmfile.cjs": "",
  "web/src/app.ts": "",
}

function named(texts: Record<string, string | object>, root = "web"): string[] {
  const written = Object.entries(texts).map(([name, text]) => [
    `web/${name}`,
    typeof text === "string" ? text : JSON.stringify(text),
  ])
  const all = { ...THERE, ...(Object.fromEntries(written) as object) }
  return namedPaths("web", root, sources(all))
}
const manifest = (text: object) => named({ "package.json": text })
const HERON = ["web/vendor/heron"]
const PATCH = ["web/tools/heron.patch"]

describe("what an install reads by a path", () => {
  it("is what dependencies name, relative to the project", () => {
    expect(
      manifest({
        dependencies: { tokens: "file:../tokens/", react: "^19" },
        devDependencies: { icons: "link:icons", heron: "./vendor/heron" },
        optionalDependencies: { away: "file:../../away", home: "file:~/x" },
      }),
    ).toStrictEqual(["tokens", "web/icons", ...HERON])
  })

  it.each<[string, object, string[]]>([
    ["overrides", { overrides: { a: { b: "file:vendor/heron" } } }, HERON],
    ["resolutions", { resolutions: { a: "portal:./vendor/heron" } }, HERON],
    [
      "pnpm's own table",
      { pnpm: { patchedDependencies: { "a@1.0.0": "tools/heron.patch" } } },
      PATCH,
    ],
    [
      "a patch of Yarn's",
      { dependencies: { a: "patch:a@npm%3A1.0.0#./tools/heron.patch" } },
      PATCH,
    ],
    [
      "several patches of Yarn's",
      { resolutions: { a: "patch:a@1#optional!./a.patch&tools/b.patch::v=1" } },
      ["web/a.patch", "web/tools/b.patch"],
    ],
    [
      "a script that makes a package",
      { dependencies: { a: "exec:./tools/make.js" } },
      ["web/tools/make.js"],
    ],
  ])("is in a manifest what it names in %s", (_, text, paths) => {
    expect(manifest(text)).toStrictEqual(paths)
  })

  it("is from the top of a workspace where Yarn's patch says so", () => {
    const text = { dependencies: { a: "patch:a@1#~/tools/heron.patch" } }
    expect(named({ "package.json": text }, "")).toStrictEqual([
      "tools/heron.patch",
    ])
  })

  it.each<[string, string, string[]]>([
    [
      "pnpm-workspace.yaml",
      "patchedDependencies:\n  a@1.0.0: tools/heron.patch\n",
      PATCH,
    ],
    ["pnpm-workspace.yaml", "overrides:\n  a: file:vendor/heron\n", HERON],
    [
      "pnpm-workspace.yaml",
      "pnpmfile: hooks/pnpmfile.cjs\n",
      ["web/hooks/pnpmfile.cjs"],
    ],
    [".npmrc", "pnpmfile=hooks/pnpmfile.cjs\n", ["web/hooks/pnpmfile.cjs"]],
    [".yarnrc.yml", "plugins:\n  - ./tools/heron.patch\n", PATCH],
    [".yarnrc.yml", "plugins: [{ path: tools/heron.patch, spec: x }]\n", PATCH],
    [".yarnrc", 'yarn-offline-mirror "./vendor"\n', ["web/vendor"]],
  ])("is in settings what they name: %s: %j", (name, text, paths) => {
    expect(named({ [name]: text })).toStrictEqual(paths)
  })

  it.each<[string, Record<string, string | object>]>([
    ["a version", { "package.json": { dependencies: { a: "1.3.0" } } }],
    [
      "a builtin patch",
      { "package.json": { resolutions: { a: "patch:a@1#builtin<compat/a>" } } },
    ],
    ["an alias", { "package.json": { dependencies: { a: "npm:b@1.0.0" } } }],
    ["what no install reads", { "package.json": { main: "src/app.ts" } }],
    [
      "the frontend itself",
      { "package.json": { dependencies: { a: "file:." } } },
    ],
    ["what it is in", { "package.json": { dependencies: { a: "file:.." } } }],
    [
      "the packages of a workspace",
      { "pnpm-workspace.yaml": "packages: [./src]\n" },
    ],
    [
      "a file that is not there",
      { "pnpm-workspace.yaml": "pnpmfile: a/b.cjs\n" },
    ],
    ["a comment", { ".npmrc": "# a=src/app.ts\n; b=src/app.ts\n" }],
    [
      "settings that can't be read",
      { ".yarnrc.yml": "a: [", "package.json": "{" },
    ],
  ])("is not %s", (_, texts) => {
    expect(named(texts)).toStrictEqual([])
  })
})
