import { describe, expect, it } from "vitest"

import {
  decidesHooks,
  hatchHooks,
  isOffByDefault,
} from "../../src/backends/hatch-hooks.js"
import { pyproject } from "../helpers/builders.js"

describe("the hooks of hatchling", () => {
  it("are those of the build and of its targets, each with its table", () => {
    const all = hatchHooks(
      pyproject(
        "[tool.hatch.build.hooks.vcs]",
        "[tool.hatch.build.targets.wheel.hooks.mypyc]",
        "enable-by-default = false",
      ),
    )
    expect(all.map((each) => [each.where, isOffByDefault(each)])).toEqual([
      ["tool.hatch.build.hooks.vcs", false],
      ["tool.hatch.build.targets.wheel.hooks.mypyc", true],
    ])
  })

  it.each([
    ["HATCH_BUILD_HOOKS_ENABLE", true],
    ["HATCH_BUILD_HOOK_ENABLE_CUSTOM", true],
    ["HATCH_BUILD_NO_HOOKS", true],
    ["HATCH_BUILD_CLEAN", false],
  ])("are decided by %s: %s", (name, decided) => {
    expect(decidesHooks({ [name]: "true" })).toBe(decided)
  })
})
