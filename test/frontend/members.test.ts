import { describe, expect, it } from "vitest"

import type { Problems } from "../../src/errors.js"
import { type Frontend, resolveFrontends } from "../../src/frontend/frontend.js"
import { membersOf } from "../../src/frontend/members.js"
import type { Tool } from "../../src/frontend/package-manager-table.js"
import { outline, PACKAGE, sources } from "../helpers/builders.js"
import { accepted } from "../helpers/refusal.js"

const FOLDERS = [
  ...["kit", "web/apps/site", "web/apps/site/parts/menu", "web/packages"],
  ...["web/packages/icons", "web/packages/ui", "web/packages/ui/tests/page"],
  "web/packages/ui/node_modules/heron",
]
const MANIFESTS = Object.fromEntries(
  FOLDERS.map((each) => [`${each}/package.json`, "{}"]),
)
/** What `packages/**` takes. */
const BELOW = [
  ...["packages", "packages/icons", "packages/ui"],
  "packages/ui/tests/page",
]
const PLAIN = ["packages/icons", "packages/ui"]

function members(
  [tool, version]: readonly [Tool, string?],
  texts: Readonly<Record<string, string>>,
  root = "web",
): string[] {
  const read = sources({ ...MANIFESTS, ...texts })
  return membersOf({ manager: { tool, version }, root }, read)
}

const named = (tool: Tool, workspaces: unknown) =>
  members([tool], { "web/package.json": JSON.stringify({ workspaces }) })
const ofPnpm = (text: string, version = "10.0.0") =>
  members(["pnpm", version], { "web/pnpm-workspace.yaml": text })

const LISTS: [readonly string[], readonly string[]][] = [
  [["packages/*"], PLAIN],
  [["./packages/*/"], PLAIN],
  [["packages/{icons,ui}"], PLAIN],
  [["packages/ui", "packages/icons"], PLAIN],
  [["packages/ui", "packages/gone"], ["packages/ui"]],
  [["packages/**"], BELOW],
  [["*"], ["packages"]],
  [["../kit"], ["../kit"]],
  [["."], []],
  [[], []],
]

describe("the packages of a workspace", () => {
  it.each(LISTS)("are with %j in package.json %j", (list, found) => {
    for (const tool of ["npm", "yarn", "berry"] as const)
      expect(named(tool, list)).toStrictEqual(found)
  })

  it.each(LISTS)("are with %j in pnpm-workspace.yaml %j", (list, found) => {
    const packages = JSON.stringify(list)
    expect(ofPnpm(`packages: ${packages}\n`)).toStrictEqual(found)
  })

  it("are those of a list in a table as well", () => {
    const table = { packages: ["packages/*"], nohoist: ["**/heron"] }
    expect(named("yarn", table)).toStrictEqual(PLAIN)
  })

  it("are not what the list leaves out, but for Yarn 1, which takes that", () => {
    const list = ["packages/**", "!**/tests/**", "!./packages/icons"]
    const found = ["packages", "packages/ui"]
    expect(named("npm", list)).toStrictEqual(found)
    expect(named("berry", list)).toStrictEqual(found)
    expect(named("yarn", list)).toStrictEqual(BELOW)
    expect(ofPnpm(`packages: ${JSON.stringify(list)}\n`)).toStrictEqual(found)
  })

  it("are what npm takes again after it was left out", () => {
    const list = ["packages/*", "!packages/ui", "packages/ui"]
    expect(named("npm", list)).toStrictEqual(PLAIN)
  })

  it("are those that a package of the workspace names in turn", () => {
    const texts = {
      "web/package.json": '{ "workspaces": ["apps/*"] }',
      "web/apps/site/package.json": '{ "workspaces": ["parts/*", "../.."] }',
    }
    const found = ["apps/site", "apps/site/parts/menu"]
    expect(members(["berry"], texts)).toStrictEqual(found)
  })

  it("are those of the top where that is the workspace", () => {
    const texts = { "package.json": '{ "workspaces": ["web/apps/*", "kit"] }' }
    expect(members(["npm"], texts, "")).toStrictEqual(["kit", "web/apps/site"])
  })

  it("are all for a pnpm that takes all where none is named", () => {
    const all = ["apps/site", "apps/site/parts/menu", ...BELOW]
    expect(ofPnpm("", "7.33.0")).toStrictEqual(all)
    expect(ofPnpm("onlyBuiltDependencies: []\n")).toStrictEqual([])
  })

  it.each([
    ["no workspace", "npm", { "web/package.json": "{}" }],
    [
      "what pnpm does not read",
      "pnpm",
      { "web/package.json": '{ "workspaces": ["packages/*"] }' },
    ],
    [
      "what others than pnpm do not read",
      "npm",
      { "web/pnpm-workspace.yaml": "packages: ['packages/*']\n" },
    ],
    [
      "no list",
      "npm",
      { "web/package.json": '{ "workspaces": "packages/*" }' },
    ],
    ["no YAML", "pnpm", { "web/pnpm-workspace.yaml": "packages: [" }],
  ] as const)("are none with %s", (_, tool, texts) => {
    expect(members([tool], texts)).toStrictEqual([])
  })
})

describe("a frontend that is a workspace itself", () => {
  const SCRIPTS = { build: "vite build" }
  const frontend = (ui: object, kit: object = {}) => {
    const texts = {
      "web/package.json": JSON.stringify({
        scripts: SCRIPTS,
        workspaces: ["packages/*", "../kit"],
      }),
      "web/yarn.lock": "# yarn lockfile v1\n",
      "web/.npmrc": "//npm.example.org/:_authToken=${NPM_TOKEN}\n",
      "web/packages/ui/package.json": JSON.stringify(ui),
      "kit/package.json": JSON.stringify(kit),
    }
    const looked = outline({ texts, paths: [PACKAGE] })
    return (problems: Problems) =>
      resolveFrontends(looked, problems)[0] as Frontend
  }

  it("is installed along with its packages", () => {
    expect(accepted(frontend({}))).toMatchObject({
      path: "web",
      root: "web",
      members: ["../kit", "packages/ui"],
      local: [],
      installsByScript: false,
    })
  })

  it("is given what those name by a path", () => {
    const dependencies = { heron: "file:../../vendor/heron" }
    expect(accepted(frontend({ dependencies })).local).toStrictEqual([
      "web/vendor/heron",
    ])
  })

  it("is installed with its files where a script of theirs may read them", () => {
    const scripts = { prepare: "node make.mjs" }
    expect(accepted(frontend({ scripts })).installsByScript).toBe(true)
    expect(accepted(frontend({}, { scripts })).installsByScript).toBe(true)
  })

  it("is shown no token where one of them is made by a program of the project", () => {
    const dependencies = { heron: "exec:./make.js" }
    const { credentials } = accepted(frontend({}, { dependencies }))
    expect(credentials.made).toStrictEqual(["`exec:` in `kit/package.json`"])
    expect(accepted(frontend({})).credentials.made).toStrictEqual([])
  })
})
