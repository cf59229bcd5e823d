import { describe, expect, it } from "vitest"

import { ciFacts } from "../../src/ci/ci-facts.js"
import { project } from "../helpers/builders.js"

const facts = (...toml: string[]) =>
  ciFacts(project({ toml }).environments, {
    dagger: "0.21.8",
    github: true,
    lfs: false,
    path: "",
    submodules: false,
    tagPrefix: "",
    trusted: false,
    attested: false,
  })

describe("what a CI is told", () => {
  it("is which refs are looked at, released and promoted, and where they go", () => {
    expect(facts()).toStrictEqual({
      dagger: "0.21.8",
      github: true,
      lfs: false,
      path: "",
      submodules: false,
      tagPrefix: "",
      trusted: false,
      attested: false,
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
})
