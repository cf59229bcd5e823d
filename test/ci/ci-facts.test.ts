import { describe, expect, it } from "vitest"

import { ciFacts } from "../../src/ci/ci-facts.js"
import { project } from "../helpers/builders.js"

const facts = (...toml: string[]) => ciFacts(project({ toml }), PLAIN)

const PLAIN = {
  dagger: "0.21.8",
  lfs: false,
  mainBranch: undefined,
  passed: {},
  path: "",
  submodules: false,
  trusted: false,
}

describe("what a CI is told", () => {
  it("is which refs are looked at, released and promoted, and where they go", () => {
    expect(facts()).toStrictEqual({
      dagger: "0.21.8",
      announced: true,
      attesting: [],
      attested: false,
      github: false,
      lfs: false,
      longer: 0,
      passed: {},
      path: "",
      productionAnnounced: true,
      signed: false,
      submodules: false,
      tagPrefix: "",
      trusted: false,
      branches: ["develop", "main"],
      tags: ["v*", "[0-9]*", "staging/v*", "staging/[0-9]*"],
      production: ["v*", "[0-9]*"],
      approval: "pypi",
      indexes: ["testpypi"],
      tried: "testpypi",
    })
  })

  it("names each index and each ref once, as the environments have them", () => {
    const own = facts(
      "[tool.shipwheel.environments]",
      'check.refs = ["refs/heads/trunk"]',
      'development.refs = ["refs/heads/trunk"]',
      'production = { index = "company", approval = "harbour" }',
    )
    expect(own).toMatchObject({
      branches: ["trunk"],
      approval: "harbour",
      indexes: ["company", "testpypi"],
      tried: "company",
    })
  })

  it("is the branch that everything is merged into, where no pattern has it", () => {
    const branches = (mainBranch: string, ...toml: string[]) =>
      ciFacts(project({ toml }), { ...PLAIN, mainBranch }).branches
    expect(branches("master")).toEqual(["develop", "main", "master"])
    expect(branches("main")).toEqual(["develop", "main"])
    expect(
      branches(
        "stable/2",
        "[tool.shipwheel.environments]",
        'check.refs = ["refs/heads/stable/*"]',
      ),
    ).toEqual(["develop", "stable/*"])
  })

  it("is where a release is announced, and whether the files of one can be fetched from there", () => {
    const told = (...toml: string[]) => {
      const { announced, productionAnnounced } = facts(
        "[tool.shipwheel.environments]",
        ...toml,
      )
      return [announced, productionAnnounced]
    }
    expect(told()).toEqual([true, true])
    expect(told("production.github = false")).toEqual([false, false])
    expect(told("production.github = false", "staging.github = true")).toEqual([
      true,
      false,
    ])
  })

  it("is how much longer than usual a stage may take, in minutes", () => {
    const longer = (stage: number) =>
      facts("[tool.shipwheel.limits]", `stage = ${String(stage)}`).longer
    expect([600, 7200, 7230, 10_800].map(longer)).toEqual([0, 0, 1, 60])
  })
})
