import { type Container, dag } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { pythonContainer } from "../../src/containers/images.js"
import type { PrivateIndex } from "../../src/containers/private-stage.js"
import { beyond, type Chain } from "../helpers/call-chain.js"
import { chainOf } from "../helpers/recorded-engine.js"

const INDEX = {
  url: "https://packages.example.org/simple/",
  explicit: true,
  default: false,
}
const own = (token: boolean): PrivateIndex => ({
  index: INDEX,
  user: "__token__",
  named: ["acme-core"],
  token: token ? dag.setSecret("python", "s3cret") : undefined,
})

/** Each step of an install, and the steps that make the wheels. */
async function steps(token = true, requirements = ["acme-core", "six"]) {
  const installed = (make: () => Container) => chainOf(make)
  const base = await installed(() => pythonContainer("3.12", {}))
  const chain = await installed(() =>
    pythonContainer("3.12", { private: own(token) }, requirements, ["six==1"]),
  )
  const mounted = chain.find(({ args }) => args["path"] === "/wheels")
  return {
    shown: beyond(base, chain),
    chain,
    fetched: (mounted?.args["source"] ?? []) as Chain,
  }
}

describe("what a private index has", () => {
  it("is fetched where nothing of the project is, and only there is the token", async () => {
    const { chain, fetched } = await steps()
    const shown = fetched.map(({ operation }) => operation)
    expect(shown.slice(shown.indexOf("withSecretVariable"))).toStrictEqual([
      ...["withSecretVariable", "withExec", "directory"],
    ])
    const own = chain.map(({ operation }) => operation)
    expect(own).not.toContain("withSecretVariable")
    const question = fetched.find(
      ({ args }) => args["path"] === "/question.json",
    )
    expect(JSON.parse(String(question?.args["contents"]))).toStrictEqual({
      index: INDEX,
      named: ["acme-core"],
      user: "__token__",
      python: "3.12",
      requirements: ["acme-core", "six"],
      constraints: ["six==1"],
    })
  })

  it("is installed by its files, which are gone after it", async () => {
    const { shown } = await steps()
    const install = shown.find((each) => each.includes("uv pip install"))
    expect(install).toContain(
      "python /with_wheels.py /wheels uv pip install --quiet --constraint /constraints.txt -- acme-core six",
    )
    expect(shown.slice(-2)).toStrictEqual([
      "withoutMount /with_wheels.py",
      "withoutMount /wheels",
    ])
  })

  it("is asked without a token where everybody may read, and of nothing where nothing is required", async () => {
    const { fetched } = await steps(false)
    expect(fetched.map(({ operation }) => operation)).not.toContain(
      "withSecretVariable",
    )
    expect((await steps(true, [])).fetched).toStrictEqual([])
  })
})
