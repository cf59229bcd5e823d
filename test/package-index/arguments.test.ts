import type { Secret } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { passwordVariable } from "../../src/config/index-names.js"
import {
  givenOptions,
  type IndexArguments,
  isRehearsal,
  withIndex,
} from "../../src/package-index/arguments-stage.js"

// Nothing is asked of them: they are told apart by what they are.
const secret = (name: string) => ({ name }) as unknown as Secret
const [one, other, token] = ["one", "other", "token"].map(secret)
const both = { indexPassword: one, stagingPassword: other }

describe("of two passwords for indexes of one's own", () => {
  it("a staging tag shows its own, and any other tag the other one", () => {
    const trial = withIndex(both, { index: "trials", name: "staging" })
    expect(trial.indexPassword).toBe(other)
    const release = withIndex(both, { index: "company", name: "production" })
    expect(release.indexPassword).toBe(one)
    for (const each of [trial, release])
      expect(givenOptions(each)).toEqual(["--index-password"])
  })

  it("neither goes to a public index", () => {
    const args = { ...both, testPypiToken: token }
    const trial = withIndex(args, { index: "testpypi", name: "staging" })
    expect(givenOptions(trial)).toEqual(["--test-pypi-token"])
  })

  it("the one for trials alone makes no other release a rehearsal", () => {
    const alone: IndexArguments = { stagingPassword: other }
    expect(isRehearsal(alone)).toBe(false)
    const release = withIndex(alone, { index: "company", name: "production" })
    expect(release.index).toBe("company")
    expect(release.indexPassword).toBeUndefined()
  })

  it("the one for trials is no other index's that is chosen by hand", () => {
    const chosen = withIndex(
      { ...both, index: "elsewhere" },
      { index: "trials", name: "staging" },
    )
    expect(chosen.indexPassword).toBe(one)
    expect(givenOptions(chosen)).toContain("--staging-password")
  })
})

it.each([
  ["company", ["company"], "INDEX_PASSWORD"],
  ["company", [], "INDEX_PASSWORD"],
  ["company", ["company", "trials"], "INDEX_PASSWORD_COMPANY"],
  ["company.trials-2", ["company"], "INDEX_PASSWORD_COMPANY_TRIALS_2"],
])(
  "the password of %s beside those of %j is in %s",
  (option, own, variable) => {
    expect(passwordVariable(option, own)).toBe(variable)
  },
)
