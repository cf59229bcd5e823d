import { expect, test } from "vitest"

import { call, needed } from "./helpers/dagger.js"
import { edit } from "./helpers/project.js"
import { tinyProject } from "./helpers/tiny.js"

const VERSIONS = {
  ruff: "0.9.10",
  black: "24.10.0",
  isort: "5.13.2",
  flake8: "7.1.2",
  mypy: "1.15.0",
  pyright: "1.1.396",
}

const ALL = [
  "[dependency-groups]",
  `lint = ${JSON.stringify([...Object.entries(VERSIONS).map((each) => each.join("==")), "flake8-bugbear"])}`,
  ...["ruff", "black", "isort", "mypy", "pyright"].map(
    (each) => `[tool.${each}]`,
  ),
].join("\n")

const FLAKE8 = {
  ".flake8": "[flake8]\nextend-select = B\nmax-line-length = 100\n",
}

/** Types that only who has the dependency installed can tell. */
const CLEAN = `import os

import attrs


@attrs.define
class Berth:
    name: str


def home() -> str:
    return Berth(name=os.sep).name
`

const FAULTY = `import sys
import attrs, os


@attrs.define
class Berth:
    name: str


def home( default = [] ) -> int:
    return Berth(name="a").name
`

/** A package with a dependency, which setuptools reads from a file of its own. */
function project(toml: string, code: string): string {
  const dynamic =
    '[tool.setuptools.dynamic]\ndependencies = { file = "needs.txt" }\n'
  const folder = tinyProject(dynamic + toml, {
    ...FLAKE8,
    "needs.txt": "attrs\n",
    "tiny/berth.py": code,
    "tiny/py.typed": "",
  })
  edit(folder, "pyproject.toml", (text) =>
    text.replace(
      "requires-python",
      'dynamic = ["dependencies"]\nrequires-python',
    ),
  )
  return folder
}

test("every linter that a project configures runs in the version that the project asks for", async () => {
  const lint = await call(project(ALL, CLEAN), ["lint"])
  expect(lint.log).not.toContain("\nError: ")
  expect(lint.stdout).toBe(
    `ruff check, black, isort, flake8, mypy, pyright: nothing found; ${Object.entries(
      VERSIONS,
    )
      .map(
        ([name, version]) =>
          `${name} ${version} (\`${name}==${version}\` of \`lint\`)`,
      )
      .join(", ")}`,
  )
  // One go for each environment: the linters', and that of the package as it is installed.
  expect(needed(lint, "/lint.py")).toHaveLength(2)
})

test("what all of them find is said at once", async () => {
  const lint = await call(project(ALL, FAULTY), ["lint"])
  expect(lint.code).not.toBe(0)
  const error = lint.log.slice(lint.log.lastIndexOf("\nError: "))
  for (const said of [
    "### ruff check\n",
    "F401",
    "### black\n",
    "would reformat",
    "### isort\n",
    "Imports are incorrectly sorted",
    "### flake8\n",
    "B006",
    "### mypy\n",
    "Incompatible return value type",
    "### pyright\n",
    "reportReturnType",
    "mypy 1.15.0 (`mypy==1.15.0` of `lint`)",
  ])
    expect(error).toContain(said)
})

test("a linter that a plugin ends before it is done did not pass", async () => {
  const ending = "import os\n\nos._exit(0)\n"
  const files = {
    ".flake8":
      "[flake8]\n[flake8:local-plugins]\nextension = E9 = ending:Plugin\npaths = plugins\n",
    "plugins/ending.py": ending,
  }
  const plugin = '[tool.mypy]\nplugins = ["plugins/ending.py"]\n'
  const group = `[dependency-groups]\nlint = ["mypy==${VERSIONS.mypy}", "flake8==${VERSIONS.flake8}"]\n`
  const lint = await call(tinyProject(group + plugin, files), ["lint"])
  expect(lint.code).not.toBe(0)
  for (const command of ["flake8 --count", "mypy tiny"])
    expect(lint.log).toContain(
      `\`${command}\` exited with 0 and did not say that it was done`,
    )
  expect(lint.log).toContain("Run it by hand without its plugins")
  expect(lint.log).toContain('`skip = { mypy = "..." }`')
})

test("a project that formats with ruff is held to that", async () => {
  const files = { "tiny/berth.py": "x = {  'a':1 }\n" }
  const lint = await call(tinyProject("[tool.ruff]\n", files), ["lint"])
  expect(lint.code).not.toBe(0)
  expect(lint.log).toContain(
    "ruff format: `ruff format --no-cache --check .` exited with 1",
  )
  expect(lint.log).not.toContain("ruff check: `")
})

test("a project without a linter hears what ruff finds, and is not stopped by it", async () => {
  const folder = tinyProject("", { "tiny/berth.py": FAULTY })
  const lint = await call(folder, ["lint"])
  expect(lint.code).toBe(0)
  expect(lint.stdout).toMatch(
    /^ruff check: reported only; ruff format: reported only; ruff [0-9.]+ \(Shipwheel's own\)/,
  )
  expect(lint.stdout).toContain("F401")
  const plan = await call(folder, ["plan", "--tag", "v1.2.0"])
  expect(plan.stdout).toContain(
    "ruff (Shipwheel's own), by its defaults and reported only",
  )
})
