import type { Container } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { pythonContainer, toolsContainer } from "../../src/containers/images.js"
import { manifestsContainer } from "../../src/frontend/container-stage.js"
import {
  listPackages,
  sbomAlone,
  sbomWork,
  withSbom,
  writeSbom,
} from "../../src/sbom/stage.js"
import { PACKAGE, project, type Source } from "../helpers/builders.js"
import { beyond, type Chain, shownCalls } from "../helpers/call-chain.js"
import {
  chainOf,
  checkout,
  folder,
  recordCalls,
} from "../helpers/recorded-engine.js"

const WHEEL = "quayside-1.2.0-py3-none-any.whl"
const FRONTEND: Source = {
  paths: [PACKAGE],
  texts: {
    "frontend/package.json": '{ "scripts": { "build": "vite build" } }',
    "frontend/package-lock.json": "{}",
  },
}
const input = (source: Source = {}) => ({
  project: project(source),
  dist: folder("dist"),
  epoch: 1_700_000_000,
  listed: listPackages(checkout("project"), project(source)),
})
const ANSWERS = {
  entries: ["quayside-1.2.0.tar.gz", WHEEL],
  "python /sbom.py": '{ "python": 3, "files": 9, "npm": [] }',
}

/** What runs before the commands of a chain, without what they read. */
async function beyondTools(chain: Chain): Promise<string[]> {
  const base = await chainOf(() => toolsContainer({}))
  return beyond(base, chain)
}

describe("the packages of a frontend", () => {
  it("are listed from its manifests and its lockfile, and nothing is installed", async () => {
    const own = project(FRONTEND)
    const place = checkout("project")
    const [listed] = listPackages(place, own)
    const [frontend] = own.frontends
    if (!listed || !frontend || "why" in listed.listing)
      throw new Error("there is no listing")
    const { listing } = listed
    const base = await chainOf(() => manifestsContainer(place, frontend, {}))
    expect(beyond(base, await chainOf(() => listing))).toEqual([
      "withExec npm sbom --sbom-format=cyclonedx --package-lock-only /listing.json",
      "file /listing.json",
    ])
  })
})

describe("the packages of a frontend of Yarn", () => {
  const shown = async (version: string) => {
    const own = project(FRONTEND)
    const manager = { tool: "berry", version } as const
    const frontends = own.frontends.map((each) => ({ ...each, manager }))
    const [listed] = listPackages(checkout("project"), { ...own, frontends })
    if (!listed || "why" in listed.listing) throw new Error("it is not listed")
    const { listing } = listed
    return shownCalls(await chainOf(() => listing)).join("\n")
  }
  const LIST = "withExec yarn cyclonedx --lockfile-only --production"
  const REWRITE = "withExec yarn install --mode=update-lockfile"

  it("are listed by a plugin that is installed by its hash, where nothing of the project is", async () => {
    const steps = await shown("4.5.0")
    expect(steps).toContain(LIST)
    expect(steps).not.toContain(REWRITE)
    expect(steps).toMatch(/withMountedDirectory \/opt\/yarn-plugin <directory/)
    expect(steps).toContain("withEnvVariable YARN_IGNORE_PATH 1")
  })

  it("are listed from a lockfile that the newest Yarn has rewritten, where theirs is too old", async () => {
    const steps = await shown("3.8.7")
    expect(steps.indexOf(REWRITE)).toBeLessThan(steps.indexOf(LIST))
    expect(steps).toContain(REWRITE)
  })
})

describe("an SBOM", () => {
  it("is made in a container of its own, of the wheel and of what is installed beside it", async () => {
    const source = { toml: ['dependencies = ["click"]'] }
    const { calls, result } = await recordCalls(
      () => writeSbom(input(source)),
      ANSWERS,
    )
    const steps = await beyondTools(calls.of("python /sbom.py"))
    const plan = `{"wheel":"/dist/${WHEEL}","epoch":1700000000,"python":"3.12","environment":"/environment","frontends":[]}`
    expect(steps).toEqual([
      "withMountedFile /sbom.py <file src/sbom/sbom.py>",
      "withMountedFile /packages.py <file src/sbom/packages.py>",
      "withMountedDirectory /dist <directory dist>",
      `withNewFile /plan.json ${plan}`,
      "withMountedDirectory /environment <directory /usr/local/lib/python3.12/site-packages>",
      "withExec python /sbom.py /plan.json /sbom.cdx.json",
      "stdout",
    ])
    expect(result.finding.summary).toContain("3 dependencies on Python 3.12")
  })

  it("takes the layer with the dependencies that installs take", async () => {
    const source = { toml: ['dependencies = ["click"]'] }
    const { calls } = await recordCalls(() => writeSbom(input(source)), ANSWERS)
    const chain = calls.of("python /sbom.py")
    const mounted = chain.find(({ args }) => args["path"] === "/environment")
    const layer = await chainOf((): Container =>
      pythonContainer("3.12", {}, ["click"]),
    )
    expect(beyond(layer, mounted?.args["source"] as Chain)).toEqual([
      "directory /usr/local/lib/python3.12/site-packages",
    ])
  })

  it("has no environment where there are no dependencies", async () => {
    const { calls } = await recordCalls(() => writeSbom(input()), ANSWERS)
    const steps = await beyondTools(calls.of("python /sbom.py"))
    expect(steps.join("\n")).not.toContain("environment")
  })

  it("is refused where there is no wheel", async () => {
    const none = { ...ANSWERS, entries: ["quayside-1.2.0.tar.gz"] }
    await expect(recordCalls(() => writeSbom(input()), none)).rejects.toThrow(
      "there is no wheel to write an SBOM of",
    )
  })

  it("is not made where it is switched off, and says so to whoever asks for it", async () => {
    const own = project({
      toml: ["[tool.shipwheel.skip]", 'sbom = "an internal package"'],
    })
    const sbom = () => Promise.reject(new Error("it was made"))
    const stocked = { project: own, sbom }
    expect(sbomWork(stocked).skip).toBe("switched off: an internal package")
    await expect(sbomAlone(stocked)).rejects.toThrow(
      "there is no SBOM: it is switched off: an internal package",
    )
  })
})

describe("a wheel", () => {
  const inWheel = { toml: ["[tool.shipwheel]", 'sbom = "wheel"'] }

  it("stays as it was built unless it shall hold its SBOM", async () => {
    const { calls, result } = await recordCalls(() => withSbom(input()))
    expect(calls.asked).toEqual([])
    expect(await chainOf(() => result)).toEqual(
      await chainOf(() => folder("dist")),
    )
  })

  it("gets it at the time of the build, in the surroundings of who builds it", async () => {
    const { calls } = await recordCalls(
      () => withSbom(input(inWheel), { TZ: "ELSEWHERE-14" }),
      ANSWERS,
    )
    const steps = await beyondTools(calls.of("python /embed.py"))
    expect(steps.slice(-5)).toEqual([
      "withMountedFile /embed.py <file src/sbom/embed.py>",
      "withEnvVariable SOURCE_DATE_EPOCH 1700000000",
      "withEnvVariable TZ ELSEWHERE-14",
      "withExec python /embed.py /plan.json /dist /embedded",
      "sync",
    ])
    expect(steps.join("\n")).not.toContain("environment")
  })

  it("holds none where it is switched off", () => {
    const off = { toml: [...inWheel.toml, 'skip = { sbom = "none" }'] }
    expect(project(off).gates.sbomInWheel).toBe(false)
    expect(project(inWheel).gates.sbomInWheel).toBe(true)
  })
})
