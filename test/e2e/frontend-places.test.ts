import { execFileSync } from "node:child_process"
import { cpSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { emptyProject } from "./helpers/project.js"
import { addFiles, type Files, tinyProject } from "./helpers/tiny.js"
import { type Web, webFolder } from "./helpers/web.js"

const TAG = ["--tag", "v1.2.0"]
const DATA = '[tool.setuptools.package-data]\ntiny = ["**/*.*"]\n'
const WRITES = 'require("node:fs").mkdirSync("dist", { recursive: true })\n'

/** A frontend whose build runs these lines, in a package with these files around it. */
function project(build: string, files: Files = {}, changes: Partial<Web> = {}) {
  const web = webFolder({ path: "frontend", title: "", ...changes })
  const { path = "frontend" } = changes
  return tinyProject(DATA, {
    ...web,
    "MANIFEST.in": "graft tiny\n",
    ...files,
    [`${path}/build.cjs`]: `const fs = require("node:fs")\n${build}`,
  })
}

/** The names of what the frontend gives. */
async function given(folder: string): Promise<string[]> {
  const { log, stdout } = await call(folder, ["frontend", "entries"])
  expect(stdout, log.slice(-3000)).not.toBe("")
  return stdout.trim().split("\n")
}

/** The names and texts of the wheel's files, for what is called with these options. */
async function wheel(
  folder: string,
  ...options: string[]
): Promise<Record<string, string>> {
  const dist = emptyProject()
  const checked = await call(folder, [...options, "check", ...TAG])
  expect(checked.stdout, checked.log.slice(-3000)).toContain("frontend")
  await call(folder, [...options, "build", ...TAG, "export", "--path", dist])
  const code =
    "import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))"
  const path = join(dist, "tiny-1.2.0-py3-none-any.whl")
  const text = execFileSync("python3", ["-c", code, path], { encoding: "utf8" })
  return JSON.parse(text) as Record<string, string>
}

describe("a build that writes into the package", () => {
  const INTO =
    'fs.mkdirSync("../tiny/static", { recursive: true })\nfs.writeFileSync("../tiny/static/app.js", "new")\n'

  test("is in the wheel without a line of configuration, beside what is written by hand", async () => {
    const byHand = {
      "tiny/static/logo.txt": "by hand",
      "tiny/static/__init__.py": "",
    }
    const files = await wheel(project(INTO, byHand))
    expect(files).toMatchObject({
      "tiny/static/app.js": "new",
      "tiny/static/logo.txt": "by hand",
      "tiny/static/__init__.py": "",
    })
  })

  test("takes what an earlier one left away with it, and is seen where it wrote the same again", async () => {
    const old = { "tiny/static/old.js": "old", "tiny/static/app.js": "new" }
    const empties = 'fs.rmSync("../tiny/static", { recursive: true })\n'
    const files = await wheel(project(empties + INTO, old))
    expect(files["tiny/static/app.js"]).toBe("new")
    expect(files).not.toHaveProperty(["tiny/static/old.js"])
  })

  test("that stopped writing is refused, whatever an earlier one left", async () => {
    const old = { "tiny/static/app.js": "old" }
    const { code, log } = await call(project("", old), ["frontend", "entries"])
    expect(code).not.toBe(0)
    expect(log).toContain(
      "`npm run build` wrote nothing into `frontend/dist`, nor elsewhere in the project",
    )
  })
})

describe("a frontend that reads beside its own folder", () => {
  const copies = (path: string) =>
    `${WRITES}fs.copyFileSync(${JSON.stringify(path)}, "dist/copy.txt")\n`

  test.each([
    ["a schema of the package", "../tiny/openapi.json"],
    ["the project's own metadata", "../pyproject.toml"],
  ])("finds %s", async (_, path) => {
    const files = { "tiny/openapi.json": "{}" }
    expect(await given(project(copies(path), files))).toEqual(["copy.txt"])
  })

  test.each(["npm", "pnpm"] as const)(
    "finds the package that its manifest names by a path: %s",
    async (tool) => {
      const files = {
        "tokens/package.json": '{ "name": "tokens", "version": "1.0.0" }',
        "tokens/index.js": 'module.exports = "blue"\n',
        ...(tool === "npm"
          ? { "frontend/package-lock.json": NPM_LOCK }
          : { "frontend/pnpm-lock.yaml": PNPM_LOCK }),
      }
      const build = `${WRITES}fs.writeFileSync("dist/tokens.txt", require("tokens"))\n`
      const manifest = { dependencies: { tokens: "file:../tokens" } }
      const folder = project(build, files, { tool, manifest })
      expect(await given(folder)).toEqual(["tokens.txt"])
    },
  )

  test("finds the packages of the workspace that it is, and what those need", async () => {
    const own = "frontend/packages"
    const files = {
      "frontend/pnpm-workspace.yaml": "packages: [packages/*]\n",
      "frontend/pnpm-lock.yaml": PNPM_WORKSPACE_LOCK,
      [`${own}/tokens/package.json`]:
        '{ "name": "tokens", "version": "1.0.0", "dependencies": { "ink": "workspace:*" } }',
      [`${own}/tokens/index.js`]: 'module.exports = require("ink")\n',
      [`${own}/ink/package.json`]: '{ "name": "ink", "version": "1.0.0" }',
      [`${own}/ink/index.js`]: 'module.exports = "blue"\n',
    }
    const build = `${WRITES}fs.writeFileSync("dist/tokens.txt", require("tokens"))\n`
    const manifest = { dependencies: { tokens: "workspace:*" } }
    const folder = project(build, files, { tool: "pnpm", manifest })
    expect(await given(folder)).toEqual(["tokens.txt"])
  })

  test("is told what it was not given, and the key that gives it", async () => {
    const folder = project(copies("../tiny/schema.py"), {
      "tiny/schema.py": "",
    })
    const { code, log } = await call(folder, ["frontend", "entries"])
    expect(code).not.toBe(0)
    expect(log).toContain('`reads = ["tiny/schema.py"]`')
  })
})

describe("a frontend beside the project in its repository", () => {
  const LOCKED = { name: "top", lockfileVersion: 3, requires: true }
  const TOKENS = { name: "tokens", version: "1.0.0" }
  const PAGE = { name: "page", version: "0.0.0" }

  test("is found by where it writes, and installed by the workspace above both", async () => {
    const backend = tinyProject(DATA, { "MANIFEST.in": "graft tiny\n" })
    const repository = emptyProject()
    cpSync(backend, join(repository, "backend"), { recursive: true })
    addFiles(repository, {
      "package.json": JSON.stringify({
        name: "top",
        workspaces: ["frontend", "tokens"],
      }),
      "package-lock.json": JSON.stringify({
        ...LOCKED,
        packages: {
          "": { name: "top", workspaces: ["frontend", "tokens"] },
          frontend: { ...PAGE, dependencies: { tokens: "1.0.0" } },
          "node_modules/page": { resolved: "frontend", link: true },
          "node_modules/tokens": { resolved: "tokens", link: true },
          tokens: TOKENS,
        },
      }),
      "tokens/package.json": JSON.stringify(TOKENS),
      "tokens/index.js": 'module.exports = "blue"\n',
      "frontend/package.json": JSON.stringify({
        ...PAGE,
        scripts: { build: "node build.cjs" },
        dependencies: { tokens: "1.0.0" },
      }),
      "frontend/build.cjs": `const fs = require("node:fs")
const to = "../backend/tiny/static"
fs.mkdirSync(to, { recursive: true })
fs.writeFileSync(to + "/app.css", require("tokens"))
`,
    })
    const files = await wheel(
      join(repository, "backend"),
      "--repository",
      repository,
    )
    expect(files["tiny/static/app.css"]).toBe("blue")
  })
})

describe("a build of Python that calls npm itself", () => {
  const SETUP = `import subprocess
from setuptools import setup
from setuptools.command.build_py import build_py

class Build(build_py):
    def run(self):
        subprocess.check_call(["npm", "run", "build"], cwd="js")
        super().run()

setup(cmdclass={"build_py": Build})
`
  const files = {
    "MANIFEST.in": "graft js\n",
    "setup.py": SETUP,
    "js/package.json": '{ "scripts": { "build": "node build.cjs" } }',
    "js/build.cjs":
      'require("node:fs").writeFileSync("../tiny/app.js", process.version)\n',
    "tests/test_app.py":
      'import pathlib, tiny\n\ndef test_app():\n    assert pathlib.Path(tiny.__file__).with_name("app.js").read_text().startswith("v")\n',
  }

  test("finds it where it is built, tested, and installed from its sdist", async () => {
    const folder = tinyProject(DATA, files)
    const installed = await call(folder, ["install", ...TAG])
    expect(installed.stdout, installed.log.slice(-3000)).toContain(
      "sdist on Python 3.12: installed",
    )
    const tested = await call(folder, ["test"])
    expect(tested.stdout, tested.log.slice(-3000)).toContain("1 passed")
  })
})

describe("a frontend that runs scripts of its own when it is installed", () => {
  const STEP =
    'require("node:fs").writeFileSync("step.txt", require("is-number")(7) ? "ran" : "")\n'

  test.each([
    ["npm", "postinstall"],
    ["npm", "prepare"],
    ["pnpm", "postinstall"],
    ["yarn", "postinstall"],
    ["berry", "postinstall"],
  ] as const)("has its files there: %s, %s", async (tool, script) => {
    const build = `${WRITES}fs.copyFileSync("step.txt", "dist/step.txt")\n`
    const scripts = { build: "node build.cjs", [script]: "node step.cjs" }
    const files = {
      "frontend/step.cjs": STEP,
      // Without an address, the registry is asked.
      ...(tool === "yarn" && { "frontend/yarn.lock": YARN_LOCK }),
    }
    const changes = { tool, manifest: { scripts } }
    expect(await given(project(build, files, changes))).toEqual(["step.txt"])
  })
})

const YARN_LOCK = `# yarn lockfile v1


is-number@7.0.0:
  version "7.0.0"
`

const NPM_LOCK = JSON.stringify({
  name: "page",
  version: "0.0.0",
  lockfileVersion: 3,
  packages: {
    "": {
      name: "page",
      version: "0.0.0",
      dependencies: { tokens: "file:../tokens" },
    },
    "../tokens": { name: "tokens", version: "1.0.0" },
    "node_modules/tokens": { resolved: "../tokens", link: true },
  },
})

const PNPM_LOCK = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      tokens:
        specifier: file:../tokens
        version: file:../tokens

packages:

  tokens@file:../tokens:
    resolution: {directory: ../tokens, type: directory}

snapshots:

  tokens@file:../tokens: {}
`

const PNPM_WORKSPACE_LOCK = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      tokens:
        specifier: workspace:*
        version: link:packages/tokens

  packages/ink: {}

  packages/tokens:
    dependencies:
      ink:
        specifier: workspace:*
        version: link:../ink
`
