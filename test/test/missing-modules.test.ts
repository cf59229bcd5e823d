import { describe, expect, it } from "vitest"

import {
  listThatBrings,
  withMissingModules,
} from "../../src/test/missing-modules.js"

const failed = (...modules: string[]) => ({
  summary: "`python -m pytest` exited with 2",
  details: modules
    .map((each) => `E   ModuleNotFoundError: No module named '${each}'`)
    .join("\n"),
})
const OFFERED = new Map([
  ["twisted", "dev"],
  ["pyyaml", "files"],
])

it.each([
  'a.py:1: error: Cannot find implementation or library stub for module named "twisted.web"  [import-not-found]',
  'a.py:1:8 - error: Import "twisted" could not be resolved (reportMissingImports)',
])("a type checker misses a module in words of its own: %s", (details) => {
  const offered = new Map([["twisted", "dev"]])
  const told = withMissingModules({ summary: "mypy", details }, offered, [])
  expect(told.summary).toBe("mypy: `twisted` can't be imported")
  expect(told.details).toContain(
    "`dev` brings `twisted`: name it in `extras` of `[tool.shipwheel.test]`.",
  )
})

it("stubs of a module that is there are no missing module", () => {
  const details =
    'a.py:1:8 - warning: Import "colorama" could not be resolved from source (reportMissingModuleSource)'
  const said = { summary: "pyright", details }
  expect(withMissingModules(said, new Map(), [])).toStrictEqual(said)
})

describe("tests that can't import a module", () => {
  it("name it, and the list of the project that brings it", () => {
    const { details, summary } = withMissingModules(
      failed("twisted.trial", "twisted"),
      OFFERED,
      ["towncrier"],
    )
    expect(summary).toBe(
      "`python -m pytest` exited with 2: `twisted` can't be imported",
    )
    expect(details).toMatch(
      /^`dev` brings `twisted`: name it in `extras` of `\[tool\.shipwheel\.test\]`\.\n\nE {3}ModuleNotFoundError/,
    )
  })

  it("are told of `requires` where no list is known to bring it", () => {
    const { details } = withMissingModules(failed("numpy"), OFFERED, [])
    expect(details).toContain(
      "No list of the project is known to bring `numpy`: what does is named in `requires` of `[tool.shipwheel.test]`.",
    )
  })

  it.each(["quayside.berths", "tests.helpers", "conftest", "utils"])(
    "are told nothing of what is the project's own: %s",
    (module) => {
      const reason = failed(module)
      expect(withMissingModules(reason, OFFERED, ["quayside"])).toEqual(reason)
    },
  )

  it("that fail for another reason are told as they are", () => {
    const reason = { summary: "exited with 1", details: "assert 1 == 2" }
    expect(withMissingModules(reason, OFFERED, [])).toEqual(reason)
  })
})

it.each([
  ["yaml", "files"],
  ["twisted.trial", "dev"],
  ["numpy", undefined],
])("the list that brings %s is %s", (module, list) => {
  expect(listThatBrings(module, OFFERED)).toBe(list)
})
