import type { Directory } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { type Finished, reproduce } from "../../src/build/reproduce-stage.js"
import { buildContainer, type BuildInput } from "../../src/build/stage.js"
import { toolsContainer } from "../../src/containers/images.js"
import { NOWHERE } from "../../src/git/whereabouts.js"
import { project, version } from "../helpers/builders.js"
import { beyond, type Chain } from "../helpers/call-chain.js"
import { chainOf, folder, recordCalls } from "../helpers/recorded-engine.js"

const input = (): BuildInput => ({
  tree: folder("tree"),
  epoch: 1_700_000_000,
  versioning: project().versioning,
  version: version("v1.2.0"),
  mirrors: {},
  python: "3.12",
  prefix: "",
  withheld: NOWHERE,
  hasGit: false,
  building: { node: undefined, variables: {}, pure: false },
  limit: 3600,
})

/** What goes out is what was built, unless a test says otherwise. */
const unchanged = (built: Directory) => Promise.resolve(built)

const COMPARE = "python /compare.py"

function compared(
  answer: string,
  finished: Finished = unchanged,
  without: readonly string[] = [],
) {
  return recordCalls(
    () => reproduce(input(), folder("dist"), finished, without),
    { [COMPARE]: answer },
  )
}

function mounted(chain: Chain, path: string): Chain {
  const found = chain.find(({ args }) => args["path"] === path)
  return found?.args["source"] as Chain
}

describe("a second build", () => {
  it("is compared with the first by the tools", async () => {
    const { calls } = await compared("[]")
    const base = await chainOf(() => toolsContainer({}))
    expect(beyond(base, calls.of(COMPARE))).toEqual([
      "withMountedFile /compare.py <file src/build/compare.py>",
      "withMountedDirectory /one <directory dist>",
      "withMountedDirectory /other <directory /dist>",
      "withExec python /compare.py /one /other",
      "stdout",
    ])
  })

  it("is as the first, but for another home, language, time zone, hash seed and folder", async () => {
    const { calls } = await compared("[]")
    const base = await chainOf(() => buildContainer(input()))
    expect(beyond(base, mounted(calls.of(COMPARE), "/other"))).toEqual([
      "withEnvVariable HOME /var/tmp/somebody",
      "withEnvVariable LANG C",
      "withEnvVariable LC_ALL C",
      "withEnvVariable PYTHONHASHSEED 271828",
      "withEnvVariable TZ ELSEWHERE-14",
      "withMountedFile /elsewhere.py <file src/build/elsewhere.py>",
      "withMountedDirectory /tree <directory tree>",
      "withExec timeout -k 10 3600 python /elsewhere.py /tree /var/tmp/else/where . python /build.py /dist",
      "directory /dist",
    ])
  })

  it("is made what goes out as the first was, in those surroundings", async () => {
    const seen: unknown[] = []
    const { calls } = await compared("[]", (built, surroundings) => {
      seen.push(surroundings?.["TZ"])
      return Promise.resolve(built.directory("finished"))
    })
    expect(mounted(calls.of(COMPARE), "/other").at(-1)).toMatchObject({
      args: { path: "finished" },
    })
    expect(seen).toEqual(["ELSEWHERE-14"])
  })

  it("that gave the same bytes passes", async () => {
    const { result } = await compared("[]")
    expect(result.summary).toMatch(/gave the same bytes$/)
  })

  it("that gave others fails with the first of them", async () => {
    const answer = [{ file: "quayside.whl", what: "its content differs" }]
    await expect(compared(JSON.stringify(answer))).rejects.toMatchObject({
      summary: "a second build gave other bytes for `quayside.whl`",
    })
  })

  it("is not given what git ignores, and a difference is told with that", async () => {
    const { calls } = await compared("[]", unchanged, ["local[1].json"])
    const build = mounted(calls.of(COMPARE), "/other")
    expect(mounted(build, "/tree").at(-1)).toMatchObject({
      operation: "filter",
      args: { exclude: ["local\\[1\\].json"] },
    })
    const answer = [{ file: "quayside.whl", what: "its content differs" }]
    await expect(
      compared(JSON.stringify(answer), unchanged, ["local.json"]),
    ).rejects.toMatchObject({
      details: expect.stringContaining(
        "It had nothing that git ignores, which no other clone has: `local.json`.",
      ) as string,
    })
  })
})
