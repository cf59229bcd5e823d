import { describe, expect, it } from "vitest"

import type { Frontend } from "../../src/frontend/frontend.js"
import { toolchain } from "../../src/frontend/node-stage.js"
import {
  buildFrontends,
  checkFrontends,
  frontendOutput,
  oneDirectory,
} from "../../src/frontend/stage.js"
import { beyond, type Chain, shownCalls } from "../helpers/call-chain.js"
import { usualFrontend } from "../helpers/frontends.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const MIRRORS = { npm: "https://mirror.example/npm" }
const BUILD = { "npm run build": "" }

/** What a build does beyond making its Node and its package manager. */
async function steps(changes: Partial<Frontend> = {}, mirrors = {}) {
  const frontend = usualFrontend(changes)
  const base = await chainOf(() => toolchain(frontend, mirrors))
  const output = await chainOf(() =>
    frontendOutput(folder("project"), frontend, mirrors),
  )
  return { shown: beyond(base, output), output }
}

/** The filters by which a frontend's files come in: first what it is installed by, then all. */
function filters(output: Chain) {
  return output
    .filter(({ operation }) => operation === "withDirectory")
    .map(({ args }) => (args["source"] as Chain).at(-1)?.args)
}

describe("a frontend", () => {
  it("is installed from its manifests before its sources come in, and built after", async () => {
    const { shown } = await steps()
    expect(shown).toEqual([
      "withWorkdir /frontend",
      expect.stringMatching(/^withDirectory \. <filter .*package-lock\.json/),
      "withExec npm ci --no-audit --no-fund",
      expect.stringMatching(/^withDirectory \. <filter /),
      "withWorkdir /frontend",
      "withExec npm run build",
      "directory out",
    ])
  })

  it("is installed by nothing that a change of its sources changes", async () => {
    const [manifests, sources] = filters((await steps()).output)
    expect(manifests?.["include"]).toEqual(
      expect.arrayContaining(["package.json", "package-lock.json", ".npmrc"]),
    )
    expect(manifests?.["include"]).not.toContain("*.ts")
    expect(sources?.["include"] ?? []).toEqual([])
  })

  it("never brings what an install or a build wrote on another machine", async () => {
    const [manifests, sources] = filters((await steps()).output)
    expect(manifests?.["exclude"]).toContain(".yarn/install-state.gz")
    expect(sources?.["exclude"]).toEqual(
      expect.arrayContaining([".yarn/install-state.gz", "out"]),
    )
  })

  it("sees its environment's variables when it is built, and not when it is installed", async () => {
    const { shown } = await steps({ variables: { NODE_ENV: "production" } })
    const at = shown.indexOf("withEnvVariable NODE_ENV production")
    expect(at).toBe(shown.indexOf("withExec npm run build") - 1)
  })

  it("of a workspace comes with the members of the workspace, and no more", async () => {
    const { output, shown } = await steps({
      path: "web/apps/site",
      root: "web",
      members: ["apps/site", "packages/ui"],
    })
    const [manifests, sources] = filters(output)
    expect(manifests?.["include"]).toEqual(
      expect.arrayContaining([
        "apps/site/package.json",
        "packages/ui/package.json",
      ]),
    )
    expect(sources?.["include"]).toEqual(
      expect.arrayContaining(["apps/site/**", "packages/ui/**"]),
    )
    expect(shown).toContain("withWorkdir /frontend/apps/site")
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
  const two = () => [
    { frontend: usualFrontend(), output: folder("one") },
    {
      frontend: usualFrontend({ path: "admin", destination: "src/admin" }),
      output: folder("two"),
    },
  ]

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

  it("is counted, without folders", async () => {
    const project = { frontends: [usualFrontend()], mirrors: {} }
    const { result } = await recordCalls(
      () => checkFrontends(buildFrontends(folder("project"), project)),
      { ...BUILD, "glob **/*": ["assets/", "assets/app.js", "index.html"] },
    )
    expect(result.summary).toBe(
      "2 files of `npm run build` go into `src/quayside/frontend`",
    )
  })

  it.each([
    ["no folder", new Error("lstat out: no such file or directory")],
    ["no file", []],
  ])("is missed where it is %s", async (_, answer) => {
    const built = [{ frontend: usualFrontend(), output: folder("out") }]
    await expect(
      recordCalls(() => checkFrontends(built), { glob: answer }),
    ).rejects.toMatchObject({
      summary: "`npm run build` wrote nothing into `frontend/out`",
    })
  })

  it("is missed of each frontend at once", async () => {
    await expect(
      recordCalls(() => checkFrontends(two()), { glob: [] }),
    ).rejects.toMatchObject({
      summary:
        "`npm run build` wrote nothing into `frontend/out`; `npm run build` wrote nothing into `admin/out`",
    })
  })

  it("names the frontend whose build failed", async () => {
    const built = two().slice(1)
    await expect(
      recordCalls(() => checkFrontends(built), {
        glob: new Error("next: command not found"),
      }),
    ).rejects.toMatchObject({
      summary: expect.stringMatching(/^`admin`: /) as string,
    })
  })
})
