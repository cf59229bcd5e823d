import { describe, expect, it } from "vitest"

import type { Problems } from "../../src/errors.js"
import { type Frontend, resolveFrontends } from "../../src/frontend/frontend.js"
import { NOT_TAKEN, whyNotTaken } from "../../src/frontend/lockfile.js"
import {
  auditCommand,
  installCommand,
  runCommand,
  shownAudit,
} from "../../src/frontend/package-manager.js"
import pinned from "../../src/frontend/package-managers.json" with { type: "json" }
import { outline, PACKAGE } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

type Texts = Readonly<Record<string, string>>

/** A frontend in `web` with these files beside its package.json. */
function web(files: Texts, manifest: object = {}, more: Texts = {}) {
  const scripts = { build: "vite build" }
  const own = Object.entries(files).map(([name, text]) => [`web/${name}`, text])
  const texts = {
    "web/package.json": JSON.stringify({ scripts, ...manifest }),
    ...(Object.fromEntries(own) as Texts),
    ...more,
  }
  const looked = outline({ texts, paths: [PACKAGE] })
  return (problems: Problems) =>
    resolveFrontends(looked, problems)[0] as Frontend
}

const EXAMPLE = `pnpm@${pinned.pnpm["9.0"]}`
const NPM = { "package-lock.json": "{}" }
const PNPM = { "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" }
const YARN = { "yarn.lock": "# yarn lockfile v1\n" }
const BERRY = { "yarn.lock": "# made\n\n__metadata:\n  version: 10\n" }

describe("the package manager of a frontend", () => {
  it.each([
    ["npm", undefined, NPM],
    ["npm", undefined, { "npm-shrinkwrap.json": "{}", ...NPM }],
    ["pnpm", pinned.pnpm["9.0"], PNPM],
    [
      "pnpm",
      pinned.pnpm["6.0"],
      { "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" },
    ],
    [
      "pnpm",
      pinned.pnpm["5.4"],
      { "pnpm-lock.yaml": "lockfileVersion: 5.4\n" },
    ],
    ["yarn", pinned.yarn["1"], YARN],
    ["berry", pinned.yarn["10"], BERRY],
    ["berry", pinned.yarn["6"], { "yarn.lock": "__metadata:\n  version: 6\n" }],
  ])("is %s %s by its lockfile %j", (tool, version, files) => {
    const { manager, root } = accepted(web(files as Texts))
    expect({ manager, root }).toStrictEqual({
      manager: { tool, version },
      root: "web",
    })
  })

  it.each([
    ["npm@10.8.2", NPM, { tool: "npm", version: "10.8.2" }],
    ["pnpm@9.1.0", PNPM, { tool: "pnpm", version: "9.1.0" }],
    ["yarn@1.22.19", YARN, { tool: "yarn", version: "1.22.19" }],
    ["yarn@4.1.0", BERRY, { tool: "berry", version: "4.1.0" }],
    ["yarn@4.9.0-rc.1", BERRY, { tool: "berry", version: "4.9.0-rc.1" }],
  ])(
    "is the one that `packageManager` names, %s",
    (packageManager, files, manager) => {
      const resolved = accepted(web(files as Texts, { packageManager }))
      expect(resolved.manager).toStrictEqual(manager)
    },
  )

  it("installs what the lockfile names, runs scripts and audits in its own words", () => {
    const commands = [NPM, PNPM, YARN, BERRY].map((files) => {
      const { manager } = accepted(web(files as Texts))
      return [
        installCommand(manager).join(" "),
        runCommand(manager, "build").join(" "),
        shownAudit(manager),
      ]
    })
    expect(commands).toStrictEqual([
      ["npm ci --no-audit --no-fund", "npm run build", "npm audit"],
      ["pnpm install --frozen-lockfile", "pnpm run build", "pnpm audit"],
      [
        "yarn install --frozen-lockfile --non-interactive",
        "yarn run build",
        "yarn audit",
      ],
      ["yarn install --immutable", "yarn run build", "yarn npm audit"],
    ])
    const { manager } = accepted(web(NPM))
    expect(auditCommand(manager)).toContain("--omit=dev")
  })
})

describe("a frontend in a workspace", () => {
  const root = { "package.json": '{ "workspaces": ["web", "kit"] }' }
  const kit = { "kit/package.json": "{}" }

  it("is installed from the lockfile of the workspace, along with its packages", () => {
    const more = { ...root, ...kit, "package-lock.json": "{}" }
    expect(accepted(web({}, {}, more))).toMatchObject({
      path: "web",
      root: "",
      members: ["kit", "web"],
    })
  })

  it("of pnpm is known by pnpm-workspace.yaml, and `packageManager` of the workspace counts", () => {
    const more = {
      "package.json": '{ "packageManager": "pnpm@9.1.0" }',
      "pnpm-workspace.yaml": "packages: [web]\n",
      ...PNPM,
    }
    expect(accepted(web({}, {}, more))).toMatchObject({
      root: "",
      manager: { tool: "pnpm", version: "9.1.0" },
    })
  })

  it("has no lockfile where the folder above is no workspace", () => {
    const more = { "package.json": "{}", "package-lock.json": "{}" }
    expect(refusal(web({}, {}, more))).toContain(
      "`web/package-lock.json` is not there\n",
    )
  })
})

describe("a frontend's lockfile is refused", () => {
  it("when there are two, with which to remove", () => {
    expect(refusal(web({ ...NPM, ...PNPM }))).toBe(
      "frontend: there are several lockfiles, `web/package-lock.json` and `web/pnpm-lock.yaml`, and only one of them is kept up\n   Remove all but that of the package manager that you use.",
    )
    const named = { packageManager: "pnpm@9.1.0" }
    expect(refusal(web({ ...NPM, ...PNPM }, named))).toMatch(
      /\n {3}`packageManager` names pnpm: remove all but `pnpm-lock\.yaml`\.$/,
    )
  })

  it.each([
    ["pnpm@9.1.0", NPM, "package-lock.json` is a lockfile of npm", "pnpm"],
    ["npm@10.8.2", YARN, "yarn.lock` is a lockfile of Yarn 1", "npm"],
    ["yarn@4.1.0", YARN, "yarn.lock` is a lockfile of Yarn 1", "yarn"],
    [
      "yarn@1.22.0",
      BERRY,
      "yarn.lock` is a lockfile of Yarn 2 or later",
      "yarn",
    ],
  ])(
    "when `packageManager` is %s and it is of another",
    (packageManager, files, what, command) => {
      expect(refusal(web(files as Texts, { packageManager }))).toBe(
        `frontend: \`packageManager\` is \`${packageManager}\`, and \`web/${what}\n   Run \`${command} install\` with that version and commit the lockfile that it writes, or correct \`packageManager\`.`,
      )
    },
  )

  it.each([
    ...["bun@1.2.0", "pnpm@latest", "pnpm", "npm@10", "npm@1.0.0 || true"],
    "pnpm@9.15.0+sha512.aaaaaaaa",
  ])("when `packageManager` is %s", (packageManager) => {
    expect(refusal(web(NPM, { packageManager }))).toBe(
      `frontend: \`packageManager\` of \`web\` is \`${packageManager}\`, which Shipwheel can't use\n   Accepted are \`npm\`, \`pnpm\` and \`yarn\` with an exact version, such as \`${EXAMPLE}\`, alone or with its hash as \`corepack use\` writes it.`,
    )
  })

  it("when there is none, in the words of the package manager that is named", () => {
    expect(refusal(web({}, { packageManager: "pnpm@9.1.0" }))).toBe(
      "frontend: `web/pnpm-lock.yaml` is not there\n   Run `pnpm install` in that folder and commit the lockfile: a release installs what it names.",
    )
    expect(refusal(web({ "deno.lock": "" }))).toContain(
      "only `deno.lock`, and Shipwheel can't install with deno",
    )
    expect(refusal(web({ "bun.lock": "" }))).toContain(
      "`web/package-lock.json` is not there, only `bun.lock`, and Shipwheel can't install with bun\n",
    )
  })

  it("when it is of a version that nobody knows and none is named", () => {
    const files = { "pnpm-lock.yaml": "lockfileVersion: '99.0'\n" }
    expect(refusal(web(files))).toBe(
      `frontend: \`web/pnpm-lock.yaml\` has a form that no known version of pnpm writes\n   Name the one that does as \`packageManager\` in \`package.json\`, such as \`${EXAMPLE}\`.`,
    )
    expect(refusal(web(files, { packageManager: "pnpm@99.0.0" }))).toBe("")
  })
})

function why(lock: unknown, root = "web"): string {
  const text = typeof lock === "string" ? lock : JSON.stringify(lock)
  return whyNotTaken(root, "package-lock.json", text).join("\n")
}

describe("a lockfile that npm takes for none", () => {
  it("is seen by npm's words", () => {
    expect(
      "The `npm ci` command can only install with an existing package-lock.json or",
    ).toMatch(NOT_TAKEN)
  })

  it("is told as no JSON, with the parser's words", () => {
    expect(why('{"lockfileVersion":3,<<<<<<< HEAD\n')).toMatch(
      /^`web\/package-lock\.json` is not JSON: .*JSON.*\nMend it at that place \(a merge leaves `<<<<<<<`/,
    )
  })

  it.each([
    [
      { "node_modules/evil": { resolved: "../../../../etc", link: true } },
      "`evil` from `../../../../etc`",
    ],
    [
      { "node_modules/@a/b": { resolved: "file:/opt/b" }, "": {} },
      "`@a/b` from `/opt/b`",
    ],
  ])("names what its packages %j take from outside", (packages, shown) => {
    expect(why({ packages })).toContain(
      `\`web/package-lock.json\` takes packages from outside of the project: ${shown}\n`,
    )
  })

  it("names the same in the first version of its form", () => {
    const dependencies = { evil: { version: "file:../../etc" } }
    expect(why({ dependencies })).toContain("`evil` from `../../etc`\n")
  })

  it.each([
    {},
    [],
    { packages: { "node_modules/a": { resolved: "../tokens", link: true } } },
    { packages: { "node_modules/a": { resolved: "https://npm.example/a" } } },
  ])("is written anew where nothing of that is seen: %j", (lock) => {
    expect(why(lock)).toBe(
      "npm takes `web/package-lock.json` for none that it can install by\nRemove it, run `npm install` in that folder and commit the lockfile that this writes.",
    )
  })
})
