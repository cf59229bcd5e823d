import { describe, expect, it } from "vitest"

import { withGroups } from "../../src/reading/groups.js"
import { requirementsOf } from "../../src/reading/requirements.js"
import { pyproject, sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const EXTRAS = [
  "[project.optional-dependencies]",
  'test = ["pytest"]',
  "[dependency-groups]",
  'lint = ["ruff"]',
]

function asked(group: string, tox: string, more: Record<string, string> = {}) {
  const files = sources({ "tox.ini": tox, ...more })
  return requirementsOf(withGroups(pyproject(...EXTRAS), files), [group])
}

describe("what tox installs", () => {
  it.each([
    ["requirements", "deps = pytest>=8", ["pytest>=8"]],
    [
      "lines of them",
      "deps =\n  pytest # newest\n  # no\n  six",
      ["pytest", "six"],
    ],
    [
      "a requirements file",
      "deps = -r{toxinidir}/ci/requirements.txt",
      ["attrs", "pytest"],
    ],
    [
      "a requirements file beside it",
      "deps =\n  -r ci/requirements.txt",
      ["attrs", "pytest"],
    ],
    ["the project's extras", "deps = .[test]", ["pytest"]],
    ["its extras, editable", "deps = -e .[test]", ["pytest"]],
    ["extras by name", "extras = test", ["pytest"]],
    [
      "groups by name",
      "dependency_groups = lint\nextras =\n  test",
      ["pytest", "ruff"],
    ],
    [
      "what another section has",
      "deps =\n  six\n  {[base]deps}",
      ["mock", "six"],
    ],
    [
      "what is for every environment",
      "deps =\n  six\n  py39: tomli\n  !py39,lint: mock",
      ["six"],
    ],
    [
      "what of its extras and groups is for every environment",
      "dependency_groups =\n  typing: lint\nextras =\n  test\n  speed: fast",
      ["pytest"],
    ],
    [
      "an address",
      "deps = six @ https://example.org/six.whl",
      ["six @ https://example.org/six.whl"],
    ],
  ])("is %s", (_, lines_, expected) => {
    const tox = `[tox]\nenvlist = py39\n\n[testenv]\n${lines_}\ncommands = pytest\n\n[base]\ndeps = mock\n`
    const file = { "ci/requirements.txt": "attrs\n-c other.txt\npytest\n" }
    expect(asked("tox", tox, file)).toStrictEqual(expected)
  })

  it("in one environment is its own, and else that of all", () => {
    const tox = lines(
      "[testenv]",
      "deps = pytest",
      "[testenv:lint]",
      "deps = flake8==6.0.0",
      "[testenv:slow]",
      "commands = pytest --slow",
    )
    expect(asked("tox", tox)).toStrictEqual(["pytest"])
    expect(asked("tox:lint", tox)).toStrictEqual(["flake8==6.0.0"])
    expect(asked("tox:slow", tox)).toStrictEqual(["pytest"])
  })

  it("may refer to itself", () => {
    expect(
      asked("tox", "[testenv]\ndeps =\n  {[testenv]deps}\n  six\n"),
    ).toStrictEqual(["six"])
  })

  it("may be said in pyproject.toml or setup.cfg", () => {
    const inToml = pyproject(
      "[tool.tox]",
      'legacy_tox_ini = "[testenv]\\ndeps = six"',
    )
    expect(withGroups(inToml, sources({}))["dependency-groups"]).toMatchObject({
      tox: ["six"],
    })
    const setup = sources({ "setup.cfg": "[testenv]\ndeps = six\n" })
    expect(withGroups(pyproject(), setup)["dependency-groups"]).toMatchObject({
      tox: ["six"],
    })
  })

  describe("may be said in TOML of its own", () => {
    const TOML = [
      "[env_run_base]",
      'deps = ["pytest>=8", { replace = "ref", of = ["env", "a", "deps"] }]',
      'extras = ["test"]',
      "[env.lint]",
      'deps = "ruff"',
      'dependency_groups = ["lint"]',
    ]
    const wanted = {
      tox: ["pytest>=8", "quayside[test]"],
      "tox:lint": ["ruff", "quayside[test]", { "include-group": "lint" }],
    }

    it("in tox.toml", () => {
      const files = sources({ "tox.toml": lines(...TOML) })
      expect(withGroups(pyproject(), files)["dependency-groups"]).toEqual(
        wanted,
      )
    })

    it("in pyproject.toml", () => {
      const inside = TOML.map((line) => line.replace(/^\[/, "[tool.tox."))
      const { "dependency-groups": groups } = withGroups(
        pyproject(...inside),
        sources({}),
      )
      expect(groups).toEqual(wanted)
    })

    it("and is none where it says something else", () => {
      const files = sources({ "tox.toml": "env_run_base = 1\n" })
      expect(withGroups(pyproject(), files)["dependency-groups"]).toEqual({})
    })
  })
})
