import { describe, expect, it } from "vitest"

import {
  buildersInUse,
  IDLE,
  isBuilderHook,
  nodeOf,
} from "../../src/backends/frontend-builders.js"
import { described } from "../helpers/described.js"

const HOOK = "tool.hatch.build.hooks"
const requires = (...names: string[]) => [
  "[build-system]",
  `requires = ${JSON.stringify(names)}`,
]
const used = (...toml: string[]) => buildersInUse(described(toml))
const theme = (version: string) =>
  used(
    ...requires("sphinx-theme-builder >= 0.2.0a10"),
    "[tool.sphinx-theme-builder]",
    `node-version = "${version}"`,
  ).map(nodeOf)

describe("what builds a frontend in the build of a package", () => {
  it("is known by what the build requires", () => {
    const [found] = used(...requires("setuptools", "jupyter_packaging>=0.10"))
    expect(found?.why).toBe("the build requires `jupyter-packaging`")
    expect(used(...requires("setuptools", "wheel"))).toEqual([])
  })

  it("is known by each of its hooks, whatever requires it", () => {
    const found = used(
      ...[`[${HOOK}.hatch-js]`, 'path = "js"'],
      ...["[tool.hatch.build.targets.wheel.hooks.hatch-js]", 'path = "ts"'],
    )
    expect(found.map(({ settings }) => settings["path"])).toEqual(["js", "ts"])
    expect(found[0]?.why).toBe("the hook `hatch-js` of hatchling calls it")
    expect(isBuilderHook({ name: "jupyter-builder" })).toBe(true)
    expect(isBuilderHook({ name: "vcs" })).toBe(false)
  })

  it.each<[string, string[], unknown[]]>([
    ["hatch-js", [`[${HOOK}.hatch-js]`], ["."]],
    ["hatch-nodejs-build", [`[${HOOK}.nodejs-build]`], ["browser"]],
    [
      "hatch-node-build",
      [`[${HOOK}.node-build]`, 'source-dir = "./web"'],
      ["./web"],
    ],
    ["hatch-jupyter-builder", [`[${HOOK}.jupyter-builder]`], [undefined]],
    [
      "setuptools-nodejs",
      [
        ...requires("setuptools-nodejs"),
        "[tool.setuptools-nodejs]",
        'frontend-projects = [{ target = "a", source_dir = "web" }, {}]',
      ],
      ["web", "."],
    ],
    ["sphinx-theme-builder", requires("sphinx-theme-builder"), ["."]],
  ])("works with %s in the folders that it is told", (name, toml, folders) => {
    const [found] = used(...toml)
    expect(found?.name).toBe(name)
    expect(found?.folders?.(found.settings)).toEqual(folders)
  })
})

describe("the Node that it insists on", () => {
  it("is the one that it names, else the nearest before that", () => {
    expect(theme("20.9.0")).toEqual([
      {
        asked: ">=20.0.0 <=20.9.0",
        from: "tool.sphinx-theme-builder.node-version",
      },
    ])
    expect(theme("twenty")).toMatchObject([{ asked: "twenty" }])
  })

  it("is any where it names none", () => {
    expect(used(...requires("sphinx-theme-builder")).map(nodeOf)).toEqual([
      undefined,
    ])
    expect(used(`[${HOOK}.hatch-js]`).map(nodeOf)).toEqual([undefined])
  })
})

it("those who can be told to call no Node are told so", () => {
  expect(IDLE).toEqual({
    HATCH_JUPYTER_BUILDER_SKIP_NPM: "1",
    JUPYTER_PACKAGING_SKIP_NPM: "1",
    SKIP_HATCH_JS: "1",
  })
})
