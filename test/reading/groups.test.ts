import { describe, expect, it } from "vitest"

import { withGroups } from "../../src/reading/groups.js"
import { requirementsOf } from "../../src/reading/requirements.js"
import { pyproject, sources } from "../helpers/builders.js"

type Texts = Readonly<Record<string, string>>

const groups = (texts: Texts, ...toml: string[]) =>
  withGroups(pyproject(...toml), sources(texts))["dependency-groups"]

describe("a requirements file", () => {
  it.each([
    "requirements.txt",
    "requirements-dev.txt",
    "requirements_test.txt",
    "lint-requirements.txt",
    "requirements/mypy.txt",
    "tests/requirements.txt",
    "requirements.in",
    "test_requirements.txt",
    "requirements/test-requirements.txt",
    "requirements/requirements_test.txt",
    "requirements/unit-tests.txt",
    "tests/requirements-test.txt",
    "ci/requirements-dev.txt",
    "dev.requirements.txt",
    "py.requirements/testing.txt",
    "reqs/tests-base.in",
    "test-requirements.in",
  ])("is a group by its path: %s", (path) => {
    expect(groups({ [path]: "six\n" })).toStrictEqual({ [path]: ["six"] })
  })

  it.each([
    "requirements-docs.txt",
    "requirements/release.txt",
    "docs/requirements-test.txt",
    "examples/test-requirements.txt",
    "tests/data/requirements-test.txt",
    "tests/test.txt",
    "requirements-test.md",
  ])("of another name is none: %s", (path) => {
    expect(groups({ [path]: "six\n" })).toStrictEqual({})
  })

  it("is none where another is compiled from it", () => {
    const texts = { "requirements/test.in": "six\n" }
    const both = { ...texts, "requirements/test.txt": "six==1.17.0\n" }
    expect(groups(both)).toStrictEqual({
      "requirements/test.txt": ["six==1.17.0"],
    })
  })

  it.each([
    ["comments", "# all\nsix # of them\n", ["six"]],
    ["hashes", "six==1 \\\n  --hash=sha256:ab\n", ["six==1"]],
    ["an index", "--index-url https://example.org\n-i x\nsix\n", ["six"]],
    ["constraints", "-c other.txt\nsix\n", ["six"]],
    ["the ends of lines", "six\r\nattrs\r\n", ["six", "attrs"]],
  ])("is read without %s", (_, text, expected) => {
    expect(groups({ "requirements.txt": text })).toStrictEqual({
      "requirements.txt": expected,
    })
  })

  it.each([
    ["", ["-e .", ".[test]", "six"], ["six"]],
    ["with an extra", ["-e .[test]", "six"], ["pytest", "six"]],
  ])(
    "has nothing of the project itself, whose name its backend alone may know %s",
    (_, listed, expected) => {
      const own = pyproject(
        "[project.optional-dependencies]",
        'test = ["pytest"]',
      )
      const files = sources({
        "setup.py": "setup(name=read())",
        "requirements.txt": listed.join("\n"),
      })
      const grouped = withGroups(own, files)
      expect(requirementsOf(grouped, ["requirements.txt"])).toStrictEqual(
        expected,
      )
    },
  )

  it("has nothing of a folder whose project has no plain name", () => {
    const texts = {
      "requirements.txt": "-e ./core\nsix\n",
      "core/setup.py": "setup(name=read())",
      "core/pyproject.toml": "[tool.ruff]\n",
    }
    expect(groups(texts)).toStrictEqual({ "requirements.txt": ["six"] })
  })

  it("holds what it includes, from where it lies", () => {
    const texts = {
      "requirements/test.txt":
        "-r ../base.txt\n--requirement=./more.txt\nsix\n",
      "base.txt": "attrs\n",
      "requirements/more.txt": "mock\n",
    }
    expect(groups(texts)).toStrictEqual({
      "requirements/test.txt": ["attrs", "mock", "six"],
    })
  })

  it("may include itself, and what is not there", () => {
    const text = "-r requirements.txt\n-r none.txt\nsix\n"
    expect(groups({ "requirements.txt": text })).toStrictEqual({
      "requirements.txt": ["six"],
    })
  })
})

describe("the groups of a project", () => {
  it("are its own before those of its tools", () => {
    const own = pyproject("[dependency-groups]", 'dev = ["ruff"]')
    const elsewhere = { dev: ["black"], docs: ["sphinx"] }
    expect(
      withGroups(own, sources({}), elsewhere)["dependency-groups"],
    ).toStrictEqual({ dev: ["ruff"], docs: ["sphinx"] })
  })

  it("have beside them the folders that PDM and requirements files name", () => {
    const own = pyproject("[dependency-groups]", 'dev = ["ruff"]')
    const elsewhere = { dev: ["black", "core @ file:packages/core"] }
    const texts = {
      "requirements-test.txt": "-e ./packages/core\n-e .[test]\npytest\n",
      "packages/core/pyproject.toml": '[project]\nname = "core"\n',
    }
    expect(
      withGroups(own, sources(texts), elsewhere)["dependency-groups"],
    ).toStrictEqual({
      dev: ["ruff", "core @ file:packages/core"],
      "requirements-test.txt": [
        "core @ file:packages/core",
        "quayside[test] @ file:.",
        "pytest",
      ],
    })
  })
})
