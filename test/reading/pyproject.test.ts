import { describe, expect, it } from "vitest"

import {
  isProjectFile,
  isPythonProject,
  parsePyproject,
} from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const SPECIFIED = "as the specification of pyproject.toml has it (PEP 621)."

describe("pyproject.toml", () => {
  it("is read for what a release needs, and the rest is dropped", () => {
    const text = lines(
      "[build-system]",
      'requires = ["hatchling"]',
      'build-backend = "hatchling.build"',
      "[project]",
      'name = "quayside"',
      'dynamic = ["version"]',
      'readme = { file = "README.md", content-type = "text/markdown" }',
      'requires-python = ">=3.9"',
      'dependencies = ["fastapi"]',
      "[project.optional-dependencies]",
      'test = ["pytest"]',
      "[project.scripts]",
      'quayside = "quayside.cli:main"',
      "[dependency-groups]",
      'dev = ["ruff", { include-group = "docs" }]',
      "docs = []",
      "[tool.ruff]",
      "line-length = 100",
    )
    expect(parsePyproject(text)).toEqual({
      "build-system": {
        "build-backend": "hatchling.build",
        requires: ["hatchling"],
      },
      project: {
        name: "quayside",
        dynamic: ["version"],
        readme: { file: "README.md" },
        "requires-python": ">=3.9",
        classifiers: [],
        dependencies: ["fastapi"],
        "optional-dependencies": { test: ["pytest"] },
        scripts: { quayside: "quayside.cli:main" },
        urls: {},
      },
      "dependency-groups": {
        dev: ["ruff", { "include-group": "docs" }],
        docs: [],
      },
      tool: { ruff: { "line-length": 100 } },
    })
  })

  it.each(["", "# nothing\n", "\r\n"])("may be as empty as %j", (text) => {
    expect(parsePyproject(text)).toEqual({ "dependency-groups": {}, tool: {} })
  })

  it("may have line ends of Windows, after comments too", () => {
    const text = '# note\r\n[project] # note\r\nname = "quayside" # note\r\n'
    expect(parsePyproject(text).project?.name).toBe("quayside")
  })

  it.each([
    "[build-system]\nrequires = []\n",
    '[project]\nname = "q"\nreadme = { text = "A board." }\n',
  ])("may leave out what the specification does not ask for in %j", (text) => {
    expect(refusal(() => parsePyproject(text))).toBe("")
  })

  it("that is not TOML is refused with the place where it breaks", () => {
    expect(refusal(() => parsePyproject("[project]\nname = quayside\n"))).toBe(
      "project: `pyproject.toml` is not TOML: line 2, column 8: invalid value\n   Mend that line.",
    )
  })

  it.each([
    ["\uFEFF[project]", "begins with a byte order mark", "without one"],
    ["[project]\ndescription = 'M\uFFFDwe'", "not UTF-8 in line 2", "as UTF-8"],
  ])("in the encoding of %j is refused", (text, what, next) => {
    const said = refusal(() => parsePyproject(text))
    expect(said).toContain(what)
    expect(said).toContain(next)
  })

  it("with the same table twice is not TOML", () => {
    expect(
      refusal(() => parsePyproject('[project]\nname = "a"\n[project]\n')),
    ).toContain("`pyproject.toml` is not TOML: ")
  })

  it("is refused with every value of another kind than the specification's", () => {
    const text = lines(
      "[project]",
      'name = "quayside"',
      "version = 1",
      'dependencies = "fastapi"',
      "[project.optional-dependencies]",
      'test = "pytest"',
    )
    expect(refusal(() => parsePyproject(text))).toBe(
      [
        "3 problems, nothing was started:",
        `1. project: \`project.version\` in \`pyproject.toml\` is not what it has to be\n   Write a text, ${SPECIFIED}`,
        `2. project: \`project.dependencies\` in \`pyproject.toml\` is not what it has to be\n   Write a list, ${SPECIFIED}`,
        `3. project: \`project.optional-dependencies.test\` in \`pyproject.toml\` is not what it has to be\n   Write a list, ${SPECIFIED}`,
      ].join("\n\n"),
    )
  })
})

describe("a project's name", () => {
  const named = (name: string) => () =>
    parsePyproject(`[project]\nname = ${JSON.stringify(name)}\n`)

  it.each(["q", "quayside", "Quay-Side", "quay.side_2", "2q"])(
    "may be %s",
    (name) => {
      expect(named(name)().project?.name).toBe(name)
    },
  )

  it.each([
    "",
    "-q",
    "q-",
    "--help",
    "a b",
    "a;id",
    "$(id)",
    "a\nb",
    "ä",
    "a/b",
  ])("may not be %j", (name) => {
    expect(refusal(named(name))).toContain(
      "project: `project.name` in `pyproject.toml` is not what it has to be\n   Write a name of letters, ",
    )
  })
})

describe("a Python project", () => {
  it.each(["pyproject.toml", "setup.py", "setup.cfg"])(
    "is known by its %s",
    (name) => {
      expect(isProjectFile(`packages/wren/${name}`)).toBe(true)
      const seen = sources({ [name]: "", [`packages/wren/${name}`]: "" })
      expect(isPythonProject("", seen)).toBe(true)
      expect(isPythonProject("packages/wren", seen)).toBe(true)
      expect(isPythonProject("packages", seen)).toBe(false)
    },
  )

  it("is not known by a file that only ends alike", () => {
    expect(isProjectFile("packages/wren/old-setup.py")).toBe(false)
    expect(isProjectFile("package.json")).toBe(false)
    expect(isProjectFile("setup.py/")).toBe(false)
  })
})
