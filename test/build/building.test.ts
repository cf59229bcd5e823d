import { describe, expect, it } from "vitest"

import {
  inBuilding,
  judgeCompiled,
  resolveBuilding,
  withoutNode,
} from "../../src/build/building.js"
import { parseConfig } from "../../src/config/config.js"
import { described } from "../helpers/described.js"
import { lines } from "../helpers/refusal.js"

const OPTIONAL = "setup(ext_modules=[Extension('a', ['a.c'], optional=True)])"
const WANTED = "setup(ext_modules=[Extension('a', ['a.c'])])"
const SWITCHED = lines('OFF = os.getenv("QUAY_NO_EXTENSIONS")', WANTED)

/** A project with this setup.py and these keys in `[tool.shipwheel]`. */
function clues(py: string, keys: object = {}, toml: string[] = []) {
  return { ...described(toml, { "setup.py": py }), config: parseConfig(keys) }
}
const judged = (...given: Parameters<typeof clues>) =>
  judgeCompiled(clues(...given))
const built = (...given: Parameters<typeof clues>) =>
  resolveBuilding(clues(...given))
const pure = "it only makes it faster"

describe("a compiled project", () => {
  it("is refused, with what builds it and the line that leaves it out", () => {
    expect(judged(WANTED)).toStrictEqual({
      what: "`ext_modules` in `setup.py` is compiled: such a package needs a wheel for each platform, and Shipwheel builds one wheel for all of them",
      next: 'Build those with cibuildwheel (https://cibuildwheel.pypa.io), which goes into a CI\'s file of its own. If the package does without, say in `[tool.shipwheel]` what leaves it out: `pure = "the reason"`.',
    })
  })

  it("is shown the variables that its script reads", () => {
    expect(judged(SWITCHED)).toMatchObject({
      next: expect.stringContaining(
        '`build-env = { QUAY_NO_EXTENSIONS = "1" }` (`setup.py` reads it)',
      ) as string,
    })
  })

  it("that can't be anything else is told so", () => {
    const maturin = ["[build-system]", 'build-backend = "maturin"']
    expect(judged("", {}, maturin)).toMatchObject({
      next: "Build those with maturin-action (https://github.com/PyO3/maturin-action), which goes into a CI's file of its own. Shipwheel can't release it.",
    })
    expect(judged("", { pure }, maturin)).toMatchObject({
      what: expect.stringContaining(
        "`maturin` compiles it, and can't be told to leave that out (`pure`): ",
      ) as string,
    })
  })

  it("of a hook that compiles is shown how hatchling leaves it out", () => {
    const toml = [
      ...["[build-system]", 'build-backend = "hatchling.build"'],
      ...["[tool.hatch.build.hooks.mypyc]", "dependencies = []"],
    ]
    const off = { HATCH_BUILD_NO_HOOKS: "true" }
    expect(judged("", {}, toml)).toMatchObject({
      next: expect.stringContaining(
        'build-env = { HATCH_BUILD_NO_HOOKS = "true" }',
      ) as string,
    })
    expect(judged("", { "build-env": off }, toml)).toHaveProperty("remark")
  })

  it("goes to an index that takes such wheels", () => {
    const company = {
      ...{ name: "company", url: "https://packages.example.org/simple/" },
      "publish-url": "https://packages.example.org/upload/",
    }
    expect(judged(WANTED, { index: [company] })).toHaveProperty("what")
    expect(
      judged(WANTED, { index: [{ ...company, takes: ["platform-tags"] }] }),
    ).toStrictEqual({
      remark:
        "The wheel is for the one platform that it is built on: `ext_modules` in `setup.py` is compiled.",
    })
  })
})

describe("a project that does without its compiled part", () => {
  it.each([
    ["says so in setup.py", OPTIONAL, {}, "its author calls it optional", true],
    ["says so in `pure`", WANTED, { pure }, pure, true],
    [
      "says so to its build",
      SWITCHED,
      { "build-env": { QUAY_NO_EXTENSIONS: "1" } },
      "`build-env` sets `QUAY_NO_EXTENSIONS`",
      false,
    ],
  ])("%s", (_, py, keys, reason, byPlugin) => {
    expect(judged(py, keys)).toStrictEqual({
      remark: `The wheel is for every platform, without what a compiler would make (${reason}): \`ext_modules\` in \`setup.py\` is compiled. Wheels with it are built by cibuildwheel (https://cibuildwheel.pypa.io), and an index takes them beside this one.`,
    })
    expect(built(py, keys).pure).toBe(byPlugin)
  })

  it("is not believed by a variable that nothing reads", () => {
    const keys = { "build-env": { QUAY_OTHER: "1" } }
    expect(judged(WANTED, keys)).toHaveProperty("what")
  })
})

describe("a build", () => {
  it("is started as it is, where the project adds nothing", () => {
    const command = ["uv", "build"]
    expect(inBuilding(built("setup()"), command)).toStrictEqual(command)
    expect(judged("setup()")).toBeUndefined()
  })

  it("finds the variables that the project sets, and the plugin", () => {
    const building = built(OPTIONAL, { "build-env": { QUAY: "a b" } })
    expect(inBuilding(building, ["uv", "build"])).toStrictEqual([
      ...["env", "QUAY=a b", "PYTHONPATH=/opt/pure"],
      ...["uv", "build"],
    ])
  })

  it("calls no Node where its project's own words do not say so, if what that makes is there", () => {
    const building = built("setup()", {
      "build-env": { JUPYTER_PACKAGING_SKIP_NPM: "0" },
    })
    expect(inBuilding(withoutNode(building), ["uv"])).toStrictEqual([
      ...["env", "JUPYTER_PACKAGING_SKIP_NPM=0"],
      ...["HATCH_JUPYTER_BUILDER_SKIP_NPM=1", "SKIP_HATCH_JS=1", "uv"],
    ])
  })

  it("is told to take the Node that is there, unless its project says otherwise", () => {
    const requires = 'requires = ["sphinx-theme-builder"]'
    const keys = { "build-env": { STB_RELAX_NODE_VERSION_CHECK: "false" } }
    const toml = ["[build-system]", requires]
    expect(inBuilding(built("", keys, toml), ["uv"])).toStrictEqual([
      ...["env", "STB_USE_SYSTEM_NODE=true"],
      ...["STB_RELAX_NODE_VERSION_CHECK=false", "uv"],
    ])
  })
})
