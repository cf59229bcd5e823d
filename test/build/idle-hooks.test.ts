import { describe, expect, it } from "vitest"

import { judgeIdleHooks } from "../../src/build/idle-hooks.js"
import { parseConfig } from "../../src/config/config.js"
import { described } from "../helpers/described.js"

const HOOK = "[tool.hatch.build.hooks.jupyter-builder]"
const OFF = "enable-by-default = false"
const ENSURED = 'ensured-targets = ["js/out/style.js"]'
const KWARGS = "[tool.hatch.build.hooks.jupyter-builder.build-kwargs]"
const LAB = [HOOK, OFF, ENSURED, KWARGS, 'path = "js"']

/** What is said of a project with these tables, keys of `[tool.shipwheel]` and files. */
function judged(
  toml: readonly string[],
  keys: object = {},
  texts: Record<string, string> = {},
) {
  const config = parseConfig(keys)
  const files = { "js/package.json": "{}", ...texts }
  return judgeIdleHooks({ ...described([...toml], files), config })
}

describe("a hook of hatchling that builds a frontend", () => {
  it("and is off is refused, with the line that switches it on", () => {
    expect(judged(LAB)).toStrictEqual({
      what: "the hook `jupyter-builder` of hatchling builds a frontend, and `enable-by-default = false` in `tool.hatch.build.hooks.jupyter-builder` keeps it from running",
      next: 'Write `build-env = { HATCH_BUILD_HOOKS_ENABLE = "true" }` in `[tool.shipwheel]`; `"false"` there says that the package is released without what the hook makes.',
    })
    // Who was told that nothing is built said that there is none.
    expect(judged(LAB, { frontend: [] })).toBeDefined()
  })

  it.each<[string, string[], string]>([
    [
      "by commands, for one target",
      [
        "[tool.hatch.build.targets.wheel.hooks.build-scripts]",
        OFF,
        "[[tool.hatch.build.targets.wheel.hooks.build-scripts.scripts]]",
        'commands = ["npm run build"]',
      ],
      "",
    ],
    [
      "by its script",
      ["[tool.hatch.build.hooks.custom]", OFF],
      'run(["npm", "ci"])',
    ],
  ])("%s is one as well", (_, toml, script) => {
    expect(judged(toml, {}, { "hatch_build.py": script })).toBeDefined()
  })

  it.each<[string, string[], object, Record<string, string>]>([
    ["runs anyway", [HOOK, ENSURED], {}, {}],
    [
      "is switched on",
      LAB,
      { "build-env": { HATCH_BUILD_HOOKS_ENABLE: "true" } },
      {},
    ],
    [
      "is said to be off",
      LAB,
      { "build-env": { HATCH_BUILD_HOOKS_ENABLE: "false" } },
      {},
    ],
    ["made what is committed", LAB, {}, { "js/out/style.js": "" }],
    [
      "makes what is left out on purpose",
      LAB,
      { "not-shipped": { "js/out/": "for Jupyter alone" } },
      {},
    ],
    ["leaves it to Shipwheel", LAB, { frontend: [{ path: "./js" }] }, {}],
    ["compiles", ["[tool.hatch.build.hooks.mypyc]", OFF], {}, {}],
  ])("is not refused where it %s", (_, toml, keys, texts) => {
    expect(judged(toml, keys, texts)).toBeUndefined()
  })
})
