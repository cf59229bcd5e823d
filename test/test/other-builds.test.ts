import { describe, expect, it } from "vitest"

import { onlyTests, withVariables } from "../../src/test/other-builds.js"

const PYTEST = ["python", "-m", "pytest", "tests"]
const PDM = {
  ...{ places: [], summary: "" },
  variables: ["PDM_BUILD_SCM_VERSION"],
}
const MISSED = "Cannot find the version from SCM or SCM isn't detected."

describe("a command", () => {
  it.each([
    [PYTEST, true],
    [["python3.12", "-m", "unittest"], true],
    [["pytest"], true],
    [["python", "-m", "tox", "--", "pytest"], false],
    [["uv", "run", "pytest"], false],
    [["env", "WREN=1", "python", "-m", "pytest"], false],
    [["pytest-of-my-own"], false],
  ])("%j runs tests and nothing besides: %j", (command, expected) => {
    expect(onlyTests(command)).toBe(expected)
  })
})

describe("a test that finds no version", () => {
  it("is told which variable it is not given, and the line that gives it", () => {
    const told = { summary: "1 failed", details: MISSED }
    expect(withVariables(told, PDM, PYTEST, "unit").details).toContain(
      '`unit = ["env", "PDM_BUILD_SCM_VERSION=0.0.0", "python", "-m", "pytest", "tests"]`',
    )
  })

  it.each([
    ["fails for another reason", "assert 1 == 2", PDM, PYTEST],
    ["is given it", MISSED, PDM, ["tox"]],
    [
      "is of a project that needs none",
      MISSED,
      { ...PDM, variables: [] },
      PYTEST,
    ],
  ])("is told nothing of it where it %s", (_, details, versioning, command) => {
    const told = { summary: "1 failed", details }
    expect(withVariables(told, versioning, command, "unit")).toBe(told)
  })
})
