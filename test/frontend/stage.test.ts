import { dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { LIMITS } from "../../src/config/limits.js"
import { frontendContainer } from "../../src/frontend/container-stage.js"
import type { Frontend } from "../../src/frontend/frontend.js"
import { changedRemark } from "../../src/frontend/judged-stage.js"
import { toolchain } from "../../src/frontend/node-stage.js"
import {
  beginFrontends,
  buildFrontends,
  frontendFinding,
  oneDirectory,
  placesOf,
  withBuild,
} from "../../src/frontend/stage.js"
import type { Checkout } from "../../src/git/stage.js"
import { beyond, type Chain, shownCalls } from "../helpers/call-chain.js"
import { builtFrontend, usualFrontend } from "../helpers/frontends.js"
import type { Answers } from "../helpers/recorded-calls.js"
import {
  chainOf,
  checkout,
  folder,
  recordCalls,
} from "../helpers/recorded-engine.js"

const MIRRORS = { npm: "https://mirror.example/npm" }
const BUILD = { "npm run build": "" }
const PNPM = { tool: "pnpm", version: "10.34.8" } as const

/** What a build does beyond making its Node and its package manager. */
async function steps(
  changes: Partial<Frontend> = {},
  mirrors = {},
  token?: string,
) {
  const frontend = usualFrontend(changes)
  const base = await chainOf(() => toolchain(frontend, mirrors))
  const output = await chainOf(() =>
    withBuild(
      frontendContainer(shown(token), frontend, mirrors),
      frontend,
      LIMITS,
    ),
  )
  return { shown: beyond(base, output), output }
}

/** A project, whoever calls with a token of npm. */
function shown(token: string | undefined): Checkout {
  const npmToken = token === undefined ? token : dag.setSecret("npm", token)
  return { ...checkout("project"), npmToken }
}

/** What runs where installs begin, before a release may. */
async function begun(token?: string, answers: Answers = { "npm ci": "" }) {
  const project = {
    frontends: [usualFrontend({})],
    building: { node: undefined },
    gates: { allow: new Map() },
    limits: LIMITS,
    mirrors: {},
  }
  const { calls } = await recordCalls(
    () => beginFrontends(shown(token), project),
    answers,
  )
  return calls.allOf("npm ci")
}

/** The filters by which a frontend's files come in: first what it is installed by, then all. */
function filters(output: Chain) {
  return output
    .filter(({ operation }) => operation === "withDirectory")
    .map(({ args }) => innermost(args["source"] as Chain)?.args)
}

/** The filter of a directory, or of what was put into it. */
function innermost(chain: Chain): Chain[number] | undefined {
  const last = chain.at(-1)
  return last?.operation === "withDirectory"
    ? innermost(last.args["source"] as Chain)
    : last
}

describe("the install of a frontend", () => {
  it("is what its build asks for, when it begins before", async () => {
    const [install = []] = await begun()
    const asked = await chainOf(() =>
      frontendContainer(shown(undefined), usualFrontend({}), {}),
    )
    expect(beyond(asked, install)).toEqual(["sync"])
  })

  it("waits for the rest where it is shown a token", async () => {
    expect(await begun("npm_secret")).toEqual([])
  })

  it("tells nobody what went wrong: the build asks for the same", async () => {
    const broken = { "npm ci": new Error("there is no lockfile") }
    expect(await begun(undefined, broken)).toHaveLength(1)
  })
})

describe("a frontend", () => {
  it("is installed from its manifests before its sources come in, and built after", async () => {
    const { shown } = await steps()
    expect(shown).toEqual([
      "withEnvVariable HUSKY 0",
      "withWorkdir /project/frontend",
      expect.stringMatching(/^withDirectory \. <filter .*package-lock\.json/),
      "withExec npm ci --no-audit --no-fund",
      expect.stringMatching(/^withDirectory \/project <.* frontend\/\*\* /),
      "withWorkdir /project/frontend",
      "withExec timeout -k 10 3600 npm run build",
    ])
  })

  it("that runs scripts when it is installed has its files there, and what is fetched comes before them", async () => {
    const { shown } = await steps({ installsByScript: true })
    expect(shown.slice(3, -2)).toEqual([
      "withExec npm ci --no-audit --no-fund --ignore-scripts",
      "withoutDirectory /project/frontend/node_modules",
      expect.stringMatching(/^withDirectory \/project /),
      "withExec npm ci --no-audit --no-fund",
    ])
  })

  const credentials = {
    variables: ["EVERYWHERE", "NPM_TOKEN"],
    shown: ["NPM_TOKEN"],
    lines: ["//npm.acme.example/:_authToken=${NPM_TOKEN}"],
    addresses: [
      { host: "npm.acme.example", shown: true, plain: false, place: "" },
    ],
    usual: false,
    stray: [],
    made: [],
  }

  it("has no value in the variables of its settings where none is given", async () => {
    const { shown } = await steps({ credentials })
    expect(shown.slice(1, 5)).toEqual([
      "withoutSecretVariable EVERYWHERE",
      "withEnvVariable EVERYWHERE ",
      "withoutSecretVariable NPM_TOKEN",
      "withEnvVariable NPM_TOKEN ",
    ])
    expect(shown).toContain("withExec npm ci --no-audit --no-fund")
    expect(shown.join("\n")).not.toContain("withSecretVariable")
  })

  it("has its token while packages are fetched, and none of their scripts has it", async () => {
    const { shown } = await steps({ credentials }, {}, "s3cret")
    const [token, fetched, ...after] = shown.slice(
      shown.findIndex((each) => each.startsWith("withSecretVariable")),
    )
    expect(token).toMatch(/^withSecretVariable NPM_TOKEN /)
    expect(fetched).toBe(
      "withExec npm ci --no-audit --no-fund --ignore-scripts",
    )
    expect(after).toContain("withoutSecretVariable NPM_TOKEN")
    expect(after.join("\n")).not.toMatch(/^withSecretVariable/m)
    expect(after).toContain("withExec npm ci --no-audit --no-fund")
  })

  it("has its token where no code of the project runs", async () => {
    const { shown } = await steps({ credentials, manager: PNPM }, {}, "s3cret")
    const at = shown.findIndex((each) => each.startsWith("withSecretVariable"))
    expect(shown.slice(0, at)).toContain("withEnvVariable YARN_IGNORE_PATH 1")
    expect(shown[at + 1]).toBe(
      "withExec pnpm fetch --ignore-scripts --ignore-pnpmfile",
    )
    expect(shown.slice(at)).toContain("withoutEnvVariable YARN_IGNORE_PATH")
  })

  it("shows its token by settings of its own where pnpm trusts no others, while packages are fetched", async () => {
    const { shown } = await steps({ credentials, manager: PNPM }, {}, "s3cret")
    const at = shown.findIndex((each) => each.startsWith("withExec pnpm fetch"))
    const names = ["npm_config_userconfig", "pnpm_config_npmrc_auth_file"]
    const before = shown.slice(0, at)
    expect(before).toContain(
      "withNewFile /opt/npmrc //npm.acme.example/:_authToken=${NPM_TOKEN}\n",
    )
    for (const name of names)
      expect(before).toContain(`withEnvVariable ${name} /opt/npmrc`)
    const after = shown.slice(at + 1)
    const install = after.findIndex((each) => each.startsWith("withExec"))
    expect(after.slice(0, install)).toEqual(
      expect.arrayContaining([
        "withoutFile /opt/npmrc",
        ...names.map((name) => `withoutEnvVariable ${name}`),
      ]),
    )
    const { shown: npm } = await steps({ credentials }, {}, "s3cret")
    expect(npm.join("\n")).not.toContain("/opt/npmrc")
  })

  it("has its token only after Yarn has found all in its lockfile, where no token is", async () => {
    const yarn = { tool: "berry", version: "4.12.0" } as const
    const made = await steps({ credentials, manager: yarn }, {}, "s3cret")
    const at = made.output.findIndex(
      ({ args }) => args["path"] === "/opt/all-locked",
    )
    const before = shownCalls(made.output.slice(0, at)).join("\n")
    expect(before).not.toContain("withSecretVariable")
    const asked = shownCalls(made.output[at]?.args["source"] as Chain)
    expect(asked).toContain(
      "withExec sh /all_locked.sh /opt/all-locked yarn install --immutable --mode=skip-build --json",
    )
    expect(asked.join("\n")).not.toContain("withSecretVariable")
    const { shown: without } = await steps({ credentials, manager: yarn })
    expect(without.join("\n")).not.toMatch(/all-locked|YARN_IGNORE_PATH/)
  })

  it("shows a token to no other host than that of its registry", async () => {
    const stray = {
      ...credentials,
      addresses: ["evil.example", "npm.acme.example"].map((host) => ({
        ...{ host, shown: true, plain: false, place: "" },
      })),
    }
    await expect(steps({ credentials: stray }, {}, "s3cret")).rejects.toThrow(
      "`--npm-token` would be shown to `evil.example`",
    )
  })

  it("has what it depends on by a path before it is installed", async () => {
    const { shown } = await steps({ local: ["tokens"] })
    expect(shown[2]).toMatch(/^withDirectory \/project <filter tokens /)
  })

  it("sees the project around it, without what changes often", async () => {
    const { output } = await steps({ reads: ["src/schema.py"] })
    const [placed] = output.filter(({ args }) => args["path"] === "/project")
    const view = placed?.args["source"] as Chain
    const [whole] = view.slice(-2)
    const added = innermost(view)
    expect(whole?.args["exclude"]).toEqual(
      expect.arrayContaining(["**/*.py", "*.md", "tests"]),
    )
    expect(added?.args["include"]).toEqual(["frontend/**", "src/schema.py"])
  })

  it("is installed by nothing that a change of its sources changes", async () => {
    const [manifests, sources] = filters((await steps()).output)
    expect(manifests?.["include"]).toEqual(
      expect.arrayContaining(["package.json", "package-lock.json", ".npmrc"]),
    )
    expect(manifests?.["include"]).not.toContain("*.ts")
    expect(sources?.["include"]).toEqual(["frontend/**"])
  })

  it("never brings what an install or a build wrote on another machine", async () => {
    const [manifests, sources] = filters((await steps()).output)
    expect(manifests?.["exclude"]).toContain(".yarn/install-state.gz")
    expect(sources?.["exclude"]).toEqual(
      expect.arrayContaining([
        "**/node_modules",
        "**/.yarn/install-state.gz",
        "frontend/out",
        "src/quayside/frontend",
      ]),
    )
  })

  it("sees its environment's variables when it is built, and not when it is installed", async () => {
    const { shown } = await steps({ variables: { NODE_ENV: "production" } })
    const at = shown.indexOf("withEnvVariable NODE_ENV production")
    expect(at).toBe(
      shown.indexOf("withExec timeout -k 10 3600 npm run build") - 1,
    )
  })

  it("of a workspace comes with the whole workspace", async () => {
    const { output, shown } = await steps({
      path: "web/apps/site",
      root: "web",
      members: ["../kit", "apps/site", "packages/[ui]"],
    })
    const [members, , sources] = filters(output)
    expect(members?.["include"]).toEqual(
      ["kit", "web/apps/site", String.raw`web/packages/\[ui\]`].flatMap(
        (each) => [`${each}/package.json`, `${each}/patches`],
      ),
    )
    expect(sources?.["include"]).toEqual([
      "web/**",
      "web/apps/site/**",
      "kit/**",
    ])
    expect(shown).toContain("withWorkdir /project/web/apps/site")
  })

  it.each([
    ["pnpm", "withExec pnpm install --frozen-lockfile"],
    ["berry", "withExec yarn install --immutable"],
  ] as const)("of %s is installed by its lockfile", async (tool, command) => {
    const { shown } = await steps({ manager: { tool, version: "9.0.0" } })
    expect(shown).toContain(command)
  })
})

describe("Yarn 1", () => {
  const manager = { tool: "yarn", version: "1.22.22" } as const
  const strips = (shown: string[]) =>
    shown.findIndex((each) => each.startsWith("withExec sed -i "))

  it("asks a mirror instead of where its lockfile says", async () => {
    const { shown } = await steps({ manager }, MIRRORS)
    const install = shown.findIndex((each) =>
      /withExec yarn install/.test(each),
    )
    expect(strips(shown)).toBe(install - 1)
  })

  it("goes where its lockfile says without a mirror", async () => {
    expect(strips((await steps({ manager })).shown)).toBe(-1)
  })
})

describe("the toolchain", () => {
  const made = async (changes: Partial<Frontend>, mirrors = {}) =>
    shownCalls(await chainOf(() => toolchain(usualFrontend(changes), mirrors)))

  it("brings the package manager in the version that is asked for", async () => {
    const shown = await made({ manager: { tool: "pnpm", version: "9.15.0" } })
    expect(shown.join("\n")).toMatch(/withExec npm install .* pnpm@9\.15\.0/)
  })

  const hash = { algorithm: "sha512", digits: "a".repeat(128) } as const

  it("compares a package manager with its hash before anything of it is installed, and installs what was compared", async () => {
    const manager = { tool: "pnpm", version: "9.15.0", hash } as const
    const shown = (await made({ manager })).filter((each) =>
      /^(with(Exec|NewFile)|in turn) /.test(each),
    )
    expect(shown).toEqual([
      `withNewFile /opt/fetched/pnpm@9.15.0 ${hash.digits}  /opt/fetched/pnpm-9.15.0.tgz\n`,
      "in turn npm pack --silent --pack-destination=/opt/fetched pnpm@9.15.0",
      "in turn sha512sum --check --strict /opt/fetched/pnpm@9.15.0",
      "withExec npm install --prefix /opt/package-manager --no-audit --no-fund /opt/fetched/pnpm-9.15.0.tgz",
    ])
  })

  it("compares of Yarn 2 and later the one file that corepack does", async () => {
    const manager = { tool: "berry", version: "4.12.0", hash } as const
    const shown = (await made({ manager })).join("\n")
    expect(shown).toContain(
      `withNewFile /opt/fetched/yarn@4.12.0 ${hash.digits}  /opt/fetched/package/bin/yarn.js\n`,
    )
    expect(shown).toContain(
      "in turn tar -xzf /opt/fetched/yarnpkg-cli-dist-4.12.0.tgz -C /opt/fetched package/bin/yarn.js\n",
    )
  })

  it("installs nothing where the usual Node and its npm do", async () => {
    expect((await made({})).join("\n")).not.toContain("withExec")
  })

  it("puts the Node that is asked for before the usual one", async () => {
    const node = {
      range: "20.x",
      place: "engines",
    } as unknown as Frontend["node"]
    const shown = await made({ node })
    const install = shown.findIndex((each) => /withExec .*@20\.x$/.test(each))
    expect(install).toBeGreaterThan(0)
    expect(shown[install + 1]).toMatch(/^withEnvVariable PATH \/opt\/node\//)
  })

  it.each([
    ["pnpm", "npm_config_registry"],
    ["yarn", "YARN_REGISTRY"],
    ["berry", "YARN_NPM_REGISTRY_SERVER"],
  ] as const)("tells %s of the mirror", async (tool, variable) => {
    const shown = await made({ manager: { tool, version: "9.0.0" } }, MIRRORS)
    expect(shown).toContain(`withEnvVariable ${variable} ${MIRRORS.npm}`)
  })
})

describe("what the frontends wrote", () => {
  const ADMIN = {
    path: "admin",
    outputs: [{ from: "admin/out", destination: "src/admin" }],
  }
  const two = () => [builtFrontend("one"), builtFrontend("two", ADMIN)]

  it("is the output of one", async () => {
    const made = await chainOf(() => oneDirectory(two().slice(0, 1)))
    expect(shownCalls(made).slice(-1)).toEqual(["directory one"])
  })

  it("lies where it goes, of several", async () => {
    const made = await chainOf(() => oneDirectory(two()))
    expect(shownCalls(made)).toEqual([
      "directory",
      "withDirectory src/quayside/frontend <directory one>",
      "withDirectory src/admin <directory two>",
    ])
  })

  it("takes the place of what lies there, but not of Python code", () => {
    expect(placesOf(two().slice(1))).toEqual(
      expect.arrayContaining(["src/admin", "!src/admin/**/*.py"]),
    )
  })

  it("is counted, without folders", async () => {
    const { result } = await recordCalls(
      () => frontendFinding([builtFrontend("out")]),
      {
        "glob **/*": ["assets/", "assets/app.js", "index.html"],
      },
    )
    expect(result.summary).toBe(
      "2 files of `npm run build` go into `src/quayside/frontend`",
    )
  })

  it("is counted in the singular, too", async () => {
    const { result } = await recordCalls(
      () => frontendFinding([builtFrontend("out")]),
      { "glob **/*": ["styles.css"] },
    )
    expect(result.summary).toMatch(/^1 file of .* goes into /)
  })
})

describe("a build of frontends", () => {
  const buildAllowing = (
    allow: ReadonlyMap<string, string>,
    answers: Answers,
    ...changes: Partial<Frontend>[]
  ) => {
    const frontends = changes.map(usualFrontend)
    return recordCalls(
      () =>
        buildFrontends(checkout("project"), {
          frontends,
          building: { node: undefined },
          gates: { allow },
          limits: LIMITS,
          mirrors: {},
        }),
      { ...BUILD, ...answers },
    )
  }
  /** What a build wrote, what the source has, and what each folder that it gives out has afterwards. */
  const globs = (
    wrote: unknown,
    source: readonly string[],
    after: readonly string[] = [],
  ) => ({
    "glob **/*": (chain: Chain) =>
      chain.some(({ operation }) => operation === "diff") ? wrote : after,
    "glob **": source,
    digest: "a",
  })
  const build = (wrote: unknown, ...changes: Partial<Frontend>[]) =>
    buildAllowing(new Map(), globs(wrote, []), ...changes)
  const SITE = ["frontend/out/", "frontend/out/index.html"]

  it("gives the folder that it wrote, with the place where that goes", async () => {
    const { result } = await build(SITE, {})
    const [output] = result.flatMap(({ outputs }) => outputs)
    expect(output?.destination).toBe("src/quayside/frontend")
    const files = await chainOf(() => output?.files ?? folder("none"))
    expect(shownCalls(files).slice(-2)).toEqual([
      "withExec timeout -k 10 3600 npm run build",
      "directory /project/frontend/out",
    ])
  })

  it("gives a folder of the package as it is afterwards, where it wrote into that", async () => {
    const { result } = await build(["src/quayside/static/index.html"], {})
    const [output] = result.flatMap(({ outputs }) => outputs)
    expect(output?.destination).toBe("src/quayside/static")
  })

  it.each([
    [
      [],
      "`npm run build` wrote nothing into `frontend/out`, nor elsewhere in the project",
      "tool.shipwheel.frontend.script",
    ],
    [
      ["frontend/one/a.js", "frontend/two/b.js"],
      "`npm run build` wrote nothing into `frontend/out`, but into `frontend/one`, `frontend/two`",
      '`output = "one"`',
    ],
    [
      ["frontend/app.js"],
      "`npm run build` wrote nothing into `frontend/out`, but into `frontend`",
      'Let it write into a folder of its own, and name that in `[tool.shipwheel.frontend]`: `output = "dist"`.',
    ],
    [
      ["app.js"],
      "`npm run build` wrote nothing into `frontend/out`, but into `.`",
      '`output = "dist"`',
    ],
    [
      [...SITE, "src/quayside/static/app.js"],
      "`npm run build` wrote into `frontend/out`, `src/quayside/static`, and it can't be told which of these the package needs",
      '`output = "out"`',
    ],
  ])(
    "that wrote %j is refused with what it wrote",
    async (wrote, summary, next) => {
      await expect(build(wrote, {})).rejects.toMatchObject({
        summary,
        details: expect.stringContaining(next) as string,
      })
    },
  )

  describe("into the package", () => {
    const CODE = "src/quayside/__init__.py"
    const wrote = ["src/quayside/app.js", CODE, "src/quayside/py.typed"]

    it("gives no code that the source does not have, and says how to allow it", async () => {
      const files = globs(wrote, [])
      await expect(buildAllowing(new Map(), files, {})).rejects.toMatchObject({
        summary: `\`npm run build\` of \`frontend\` wrote code that Python runs, and that the source does not have like this: \`${CODE}\``,
        details: expect.stringContaining(
          `[tool.shipwheel.allow]\n"${CODE}" = "the reason"`,
        ) as string,
      })
    })

    it("gives no code that the install before it left there", async () => {
      const site = ["frontend/out/index.html"]
      const left = globs(
        site,
        [],
        ["index.html", "evil.py", "data.txt", "coverage/evil.py"],
      )
      await expect(buildAllowing(new Map(), left, {})).rejects.toMatchObject({
        summary:
          "`npm run build`, or the install before it, of `frontend` wrote code that Python runs, and that the source does not have like this: `src/quayside/frontend/evil.py`, `src/quayside/frontend/coverage/evil.py`",
      })
      const known = ["src/quayside/frontend/evil.py"]
      const { result } = await buildAllowing(
        new Map(),
        globs(site, known, ["index.html", "evil.py"]),
        {},
      )
      expect(result).toHaveLength(1)
    })

    it("gives what it wrote as the source has it, and what is allowed", async () => {
      const same = globs(wrote, wrote)
      const { result } = await buildAllowing(new Map(), same, {})
      expect(result[0]?.outputs[0]?.destination).toBe("src/quayside")
      const made = globs(wrote, [])
      const allow = new Map([[CODE, "generated"]])
      const allowed = await buildAllowing(allow, made, {})
      expect(allowed.result).toHaveLength(1)
    })
  })

  it("that wrote over files of the source with something else says so", () => {
    expect(changedRemark({ path: "web" }, ["src/quayside/data.json"])).toEqual([
      "The build of the frontend in `web` writes over files that the source has otherwise: `src/quayside/data.json`.",
    ])
    expect(changedRemark({ path: "web" }, [])).toEqual([])
  })

  it("misses the output of each at once", async () => {
    await expect(build([], {}, { path: "admin" })).rejects.toMatchObject({
      summary:
        "`npm run build` wrote nothing into `frontend/out`, nor elsewhere in the project; `npm run build` wrote nothing into `admin/out`, nor elsewhere in the project",
    })
  })

  it("that failed tells what it was not given, because git ignores it", async () => {
    const failed = build(new Error("can't resolve ./made.js"), {
      withheld: ["frontend/src/made.js"],
    })
    await expect(failed).rejects.toMatchObject({
      details: expect.stringMatching(
        /^The frontend in `frontend` is built without what git ignores, .*`frontend\/src\/made\.js`/,
      ) as string,
    })
  })

  it("that failed by something else tells that last", async () => {
    const failed = build(new Error("npm error 404 Not Found"), {
      withheld: ["frontend/src/made.js"],
    })
    await expect(failed).rejects.toMatchObject({
      details: expect.stringMatching(
        /npm error 404[^]*\n\nThe frontend in `frontend` is built without/,
      ) as string,
    })
  })

  it("that failed by what lies where its output goes is told that this is no place for it", async () => {
    const missed = "/project/src/quayside/frontend/schema.json"
    const failed = buildAllowing(
      new Map(),
      {
        "glob **/*": new Error(
          `ENOENT: no such file or directory, open '${missed}'`,
        ),
        exists: (chain: Chain) =>
          chain.every(({ operation }) => operation !== "filter"),
      },
      {},
    )
    await expect(failed).rejects.toMatchObject({
      details: expect.stringMatching(
        /^The build is not given `src\/quayside\/frontend\/schema\.json`: what lies in `frontend\/out` and `src\/quayside\/frontend` is taken for an earlier output\. Move it, or name folders for the output alone as `output` and `destination` in `\[tool\.shipwheel\.frontend\]`\.\n\n/,
      ) as string,
    })
  })

  it("that npm had no lockfile for tells what is wrong with the one that is there", async () => {
    const usage =
      "The `npm ci` command can only install with an existing package-lock.json or\nnpm-shrinkwrap.json" +
      "\nnpm error".repeat(99)
    const failing = (isThere: boolean) =>
      buildAllowing(
        new Map(),
        {
          "glob **/*": new Error(usage),
          exists: false,
          "exists frontend/package-lock.json": isThere,
          contents: "<<<<<<<",
        },
        {},
      )
    await expect(failing(true)).rejects.toMatchObject({
      summary: expect.stringMatching(
        /^`frontend`: `npm ci --no-audit --no-fund` failed: `frontend\/package-lock\.json` is not JSON: /,
      ) as string,
      details: expect.not.stringContaining(usage) as string,
    })
    await expect(failing(false)).rejects.toMatchObject({
      summary: expect.stringContaining("there is no lockfile") as string,
    })
  })

  it("that failed names its frontend", async () => {
    const failed = build(new Error("next: command not found"), {
      path: "admin",
    })
    await expect(failed).rejects.toMatchObject({
      summary: expect.stringMatching(/^`admin`: /) as string,
    })
  })
})
