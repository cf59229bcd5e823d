import { describe, expect, it } from "vitest"

import { buildsItself, resolveBuildNode } from "../../src/frontend/asks-node.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

/** What is found in a project of these files. */
function found(texts: Record<string, string>) {
  const pyproject = parsePyproject(texts["pyproject.toml"] ?? "")
  return resolveBuildNode({ pyproject, sources: sources(texts) })
}

const requires = (...names: string[]) =>
  lines("[build-system]", `requires = ${JSON.stringify(names)}`)

describe("the build of a package calls Node", () => {
  it.each<[string, Record<string, string>, string]>([
    [
      "jupyter-packaging is required",
      { "pyproject.toml": requires("setuptools", "jupyter_packaging>=0.10") },
      "the build requires `jupyter-packaging`",
    ],
    [
      "setup.cfg requires it",
      {
        "setup.py": "setup()",
        "setup.cfg": lines(
          "[options]",
          "setup_requires =",
          "  jupyter-packaging",
        ),
      },
      "the build requires `jupyter-packaging`",
    ],
    [
      "hatchling has the hook of Jupyter, which brings itself",
      {
        "pyproject.toml": lines(
          requires("hatchling"),
          "[tool.hatch.build.hooks.jupyter-builder]",
          'dependencies = ["hatch-jupyter-builder"]',
        ),
      },
      "the hook `jupyter-builder` of hatchling calls it",
    ],
    [
      "a hook of one target runs commands of npm",
      {
        "pyproject.toml": lines(
          requires("hatchling", "hatch-build-scripts"),
          "[[tool.hatch.build.targets.wheel.hooks.build-scripts.scripts]]",
          'commands = ["npm ci", "npm run build"]',
        ),
      },
      "the hook `build-scripts` of hatchling calls it",
    ],
    [
      "a backend of the project's own looks for npm",
      {
        "pyproject.toml": lines(
          requires("setuptools"),
          'build-backend = "_build"',
          'backend-path = ["."]',
        ),
        "_build.py": 'npm = shutil.which("npm")',
      },
      "`_build.py` calls it",
    ],
    [
      "setup.py runs npm as a list",
      { "setup.py": 'subprocess.check_call(["npm", "ci"], cwd="js")' },
      "`setup.py` calls it",
    ],
    [
      "setup.py runs yarn as a text",
      {
        "setup.py": 'subprocess.run("yarn install && yarn build", shell=True)',
      },
      "`setup.py` calls it",
    ],
    [
      "setup.py has a builder of npm",
      { "setup.py": 'build = npm_builder(build_cmd="webpack")' },
      "`setup.py` calls it",
    ],
    [
      "a hook of hatchling in a file of its own does",
      {
        "pyproject.toml": lines(
          "[tool.hatch.build.hooks.custom]",
          'path = "tools/hook.py"',
        ),
        "tools/hook.py": 'run(["pnpm", "install"])',
      },
      "`tools/hook.py` calls it",
    ],
  ])("where %s", (_, texts, why) => {
    expect(found(texts)?.why).toBe(why)
  })

  it.each<[string, Record<string, string>]>([
    ["setup.py only speaks of it", { "setup.py": "# built with npm\nsetup()" }],
    [
      "its classifiers name it",
      { "setup.py": 'setup(keywords="npm yarn", name="npmlike")' },
    ],
    [
      "a hook does something else",
      {
        "pyproject.toml": lines(
          "[tool.hatch.build.hooks.vcs]",
          'version-file = "npm/_version.py"',
        ),
      },
    ],
  ])("but not where %s", (_, texts) => {
    expect(found(texts)).toBeUndefined()
  })
})

describe("the Node of a build", () => {
  const HOOK = "[tool.hatch.build.hooks.jupyter-builder]"

  it("is what the files of the folder ask for that it builds", () => {
    const texts = {
      "setup.py": 'run(["yarn", "install"], cwd="js")',
      "js/package.json": '{ "engines": { "node": "20" } }',
      "js/yarn.lock": "# yarn lockfile v1\n",
    }
    expect(found(texts)).toMatchObject({
      path: "js",
      manager: { tool: "yarn", version: "1.22.22" },
      node: { asked: "20" },
    })
  })

  it("is the usual one where nothing asks for another, and a lockfile is not asked for", () => {
    expect(found({ "pyproject.toml": HOOK, "package.json": "{}" })).toEqual({
      path: "",
      manager: { tool: "npm", version: undefined },
      node: undefined,
      why: "the hook `jupyter-builder` of hatchling calls it",
    })
  })

  it("is that of the folder which the hook is told", () => {
    const kwargs = "[tool.hatch.build.hooks.jupyter-builder.build-kwargs]"
    const texts = {
      "pyproject.toml": lines(HOOK, kwargs, 'path = "./js/"'),
      "package.json": "{}",
      "js/package.json": "{}",
    }
    expect(found(texts)?.path).toBe("js")
  })
})

describe("what the backend builds itself", () => {
  it("is in the folder that it builds, and nowhere else", () => {
    const texts = {
      "setup.py": 'run(["npm", "ci"], cwd="js")',
      "js/package.json": "{}",
    }
    const built = found(texts)
    expect(buildsItself(built, "js")).toBe(true)
    expect(buildsItself(built, "js/deep")).toBe(true)
    expect(buildsItself(built, "web")).toBe(false)
    expect(buildsItself(undefined, "js")).toBe(false)
  })
})
