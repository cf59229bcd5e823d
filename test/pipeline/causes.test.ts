import { readFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { frontendCause } from "../../src/pipeline/causes.js"
import { commandFailure } from "../../src/pipeline/failure.js"

const CI = ["npm", "ci"]
const PNPM = ["pnpm", "install", "--frozen-lockfile"]
const YARN = ["yarn", "install", "--frozen-lockfile"]
const BERRY = ["yarn", "install", "--immutable"]
const BUILD = ["npm", "run", "build"]

/** What the tool really printed, in that case. */
function failed(cmd: readonly string[], name: string) {
  const file = join(import.meta.dirname, "recorded", `${name}.txt`)
  return { cmd, exitCode: 1, stdout: "", stderr: readFileSync(file, "utf8") }
}

describe("a failed frontend is understood:", () => {
  it.each([
    ["npm", CI, "npm-outdated"],
    ["pnpm", PNPM, "pnpm-outdated"],
    ["Yarn 1", YARN, "yarn-outdated"],
    ["Yarn 4", BERRY, "berry-outdated"],
    ["Yarn 4 with an empty lockfile", BERRY, "berry-nolock"],
  ])("a lockfile that is out of step, in the words of %s", (_, cmd, name) => {
    expect(frontendCause(failed(cmd, name))).toStrictEqual({
      what: "the lockfile is out of step with `package.json`",
      next: `Run \`${cmd[0] ?? ""} install\` in the frontend's folder and commit the lockfile along with \`package.json\`: a release installs what it names, and nothing else.`,
    })
  })

  it.each([
    ["npm", CI, "npm-nolock"],
    ["pnpm", PNPM, "pnpm-nolock"],
  ])("no lockfile, in the words of %s", (_, cmd, name) => {
    expect(frontendCause(failed(cmd, name))?.what).toBe("there is no lockfile")
  })

  it("a package manager that is not what its hash says, and who may be wrong", () => {
    const cmd = ["sha512sum", "--check", "--strict", "/opt/fetched/pnpm@9.15.0"]
    const stdout = "/opt/fetched/pnpm-9.15.0.tgz: FAILED\n"
    expect(frontendCause({ cmd, stdout, stderr: "" })).toStrictEqual({
      what: "`pnpm@9.15.0` is not what the hash in `packageManager` of `package.json` says",
      next: "If the version was changed and the hash was not, write both with `corepack use pnpm@9.15.0`. If not, the registry (or what `npm` in `[tool.shipwheel.mirrors]` names) has other bytes than were pinned: find out why before anything is built with them.",
    })
    expect(frontendCause({ cmd, stdout: "", stderr: "" })).toBeUndefined()
  })

  it("a lockfile of another version, which pnpm passes over", () => {
    expect(frontendCause(failed(PNPM, "pnpm-incompatible"))).toStrictEqual({
      what: "the lockfile is of another version of pnpm",
      next: "Write it anew with the version that `packageManager` names, or name the one that wrote it.",
    })
  })

  it("peer dependencies that contradict each other", () => {
    expect(frontendCause(failed(CI, "npm-peer"))).toStrictEqual({
      what: 'peer dependencies contradict each other: `react-dom@18.3.1` asks for `react@"^18.3.1"`, and `react@16.14.0` is there',
      next: "Choose versions that go together and commit the new lockfile; where they do although their packages deny it, put `legacy-peer-deps=true` into the frontend's `.npmrc`.",
    })
  })

  it.each([
    [
      "peers of what was found stand before it",
      [
        "npm ERR! code ERESOLVE",
        "npm ERR! Found: vite@7.0.0",
        "npm ERR! node_modules/vite",
        'npm ERR!   peer vite@"^5.0.0 || ^6.0.0 || ^7.0.0" from vitest@3.2.0',
        "npm ERR! ",
        "npm ERR! Could not resolve dependency:",
        'npm ERR! peer vite@"^4.0.0" from old-plugin@1.0.0',
      ],
      'peer dependencies contradict each other: `old-plugin@1.0.0` asks for `vite@"^4.0.0"`, and `vite@7.0.0` is there',
    ],
    [
      "the project itself asks",
      [
        "npm error code ERESOLVE",
        "npm error Found: peer react@16.14.0",
        "npm error",
        "npm error Could not resolve dependency:",
        'npm error dev react@"^18" from the root project',
      ],
      'peer dependencies contradict each other: the root project asks for `react@"^18"`, and `peer react@16.14.0` is there',
    ],
    [
      "npm names no pair",
      ["npm error code ERESOLVE", "npm error ERESOLVE could not resolve"],
      "peer dependencies contradict each other",
    ],
  ])("the pair that can't be had together, where %s", (_, said, what) => {
    const stderr = said.join("\n")
    const one = { cmd: CI, exitCode: 1, stdout: "", stderr }
    expect(frontendCause(one)?.what).toBe(what)
  })

  it.each([
    [
      "npm",
      CI,
      "npm-engine",
      '`{"node":">=99"}` is asked for, and `{"node":"v20.20.2","npm":"11.8.0"}` is there',
    ],
    [
      "pnpm",
      PNPM,
      "pnpm-engine",
      "`>=99` is asked for, and `v20.20.2` is there",
    ],
    [
      "Yarn 1",
      YARN,
      "yarn-engine",
      "`>=99` is asked for, and `20.20.2` is there",
    ],
  ])(
    "another Node than it is for, in the words of %s",
    (_, cmd, name, said) => {
      const { next, what } = frontendCause(failed(cmd, name)) ?? {}
      expect(what).toBe(
        `the frontend or a package of it is not for this Node: ${said}`,
      )
      expect(next).toContain("`.nvmrc`")
    },
  )

  it("a Node that nobody has published", () => {
    const cmd = ["npm", "install", "--prefix", "/opt/node"]
    expect(frontendCause(failed(cmd, "npm-no-node"))?.what).toBe(
      "there is no Node `>=99.0.0 <100.0.0-0`",
    )
  })

  it.each(["npm-lefthook", "npm-hooks-path"])(
    "a script that sets up the hooks of a checkout: %s",
    (name) => {
      expect(frontendCause(failed(CI, name))).toStrictEqual({
        what: "a script of the frontend asks git, and where it is built there is no repository",
        next: 'Let it pass without one, such as `"prepare": "lefthook install || true"`; husky does by itself.',
      })
    },
  )

  it.each([
    ["npm", BUILD, "npm-program"],
    ["pnpm", ["pnpm", "run", "build"], "pnpm-program"],
    ["Yarn 1", ["yarn", "run", "build"], "yarn-program"],
    ["Yarn 4", ["yarn", "run", "build"], "berry-program"],
  ])(
    "a script whose program is not there, in the words of %s",
    (_, cmd, name) => {
      expect(frontendCause(failed(cmd, name))).toStrictEqual({
        what: "a script of the frontend calls `jupyter`, which is not there",
        next: "If a package of npm brings it, name that in `devDependencies` and commit the lockfile. If a package of Python does, as `jupyterlab` brings `jupyter`, name that in `build-system.requires` of `pyproject.toml`, and let the build backend run the script.",
      })
    },
  )

  it("a Node that lacks a hash which the bundler takes", () => {
    expect(frontendCause(failed(BUILD, "webpack-openssl"))).toStrictEqual({
      what: "this Node no longer has a hash that webpack before 5.61 takes (`ERR_OSSL_EVP_UNSUPPORTED`)",
      next: "Update webpack, or what brings it. Until then build with Node 16: in `.nvmrc` or in `engines.node` of its `package.json`; a frontend that Shipwheel builds is given it by `node` in `[tool.shipwheel.frontend]`, too.",
    })
  })

  it("nothing is said so of Node's own programs, which are no packages of a frontend", () => {
    const stderr = "sh: 1: pnpm: not found\n"
    const said = { cmd: BUILD, stdout: "", stderr }
    expect(frontendCause(said)).toBeUndefined()
  })

  it.each(["next-font", "next-font-webpack"])(
    "a font that is fetched while it builds: %s",
    (name) => {
      expect(frontendCause(failed(BUILD, name))).toStrictEqual({
        what: "the build needs the network: it fetches the font `Inter` from Google Fonts, which was not reached",
        next: "A release has to build from what the commit and the lockfile name, so that it builds again. Commit the font and use it with `next/font/local`, or take it from a package such as `@fontsource`'s.",
      })
    },
  )

  it.each([
    ["fetch", "cms.example.invalid"],
    ["refused", "127.0.0.1:9"],
  ])("a build that needs the network: %s", (name, host) => {
    const { next, what } = frontendCause(failed(BUILD, name)) ?? {}
    expect(what).toBe(
      `the build needs the network: \`${host}\` was not reached`,
    )
    expect(next).toContain("so that it builds again")
  })

  it.each([
    ["npm", CI, "npm-unreached"],
    ["pnpm", PNPM, "pnpm-unreached"],
    ["Yarn 4", BERRY, "berry-unreached"],
  ])("a registry that was not reached, in the words of %s", (_, cmd, name) => {
    const { next, what } = frontendCause(failed(cmd, name)) ?? {}
    expect(what).toBe(
      "`registry.invalid` was not reached, which has the packages",
    )
    expect(next).toMatch(
      /In place of the public registry a mirror is asked, `npm` in .*; any other address is corrected where it stands: in the lockfile, /,
    )
  })
})

describe("a failure that is told", () => {
  it("begins with the cause and what to do, and keeps the tool's own words", () => {
    const { details, summary } = commandFailure(failed(YARN, "yarn-outdated"))
    expect(summary).toBe(
      "`yarn install --frozen-lockfile` exited with 1: the lockfile is out of step with `package.json`",
    )
    expect(details).toMatch(/^Run `yarn install` in .*\n\n```\n/)
    expect(details).toContain("error Your lockfile needs to be updated")
  })

  it("is told in the tool's words alone where it is not understood", () => {
    const odd = { cmd: BUILD, exitCode: 2, stdout: "", stderr: "SyntaxError" }
    expect(frontendCause(odd)).toBeUndefined()
    expect(commandFailure(odd)).toMatchObject({
      summary: "`npm run build` exited with 2",
      details: "```\nSyntaxError\n```",
    })
  })

  it("of another program has no such cause, whatever it prints", () => {
    expect(frontendCause(failed(["pytest"], "fetch"))).toBeUndefined()
  })
})
