import { describe, expect, it } from "vitest"

import {
  knowsExtra,
  normalizeName,
  requirementName,
  requirementsOf,
  usualTestExtra,
} from "../../src/reading/requirements.js"
import { pyproject } from "../helpers/builders.js"

describe("a requirement's name", () => {
  it.each([
    ["pytest", "pytest"],
    ["  pytest >= 8", "pytest"],
    ["PyTest[extra]~=8.0", "pytest"],
    ['typing_extensions; python_version < "3.11"', "typing-extensions"],
    ["zope.interface==6", "zope-interface"],
    ["pytest@https://example.org/pytest.whl", "pytest"],
    ["-r requirements.txt", ""],
  ])("in %j is %j", (requirement, name) => {
    expect(requirementName(requirement)).toBe(name)
  })

  it.each(["a-b", "a_b", "A.B", "a-_.b"])(
    "in its normal form is a-b for %s",
    (name) => {
      expect(normalizeName(name)).toBe("a-b")
    },
  )
})

describe("the requirements of extras and groups", () => {
  it("are those of the extra and of the group of that name, sorted, each once", () => {
    const toml = pyproject(
      "[project.optional-dependencies]",
      'test = ["pytest>=8", "httpx"]',
      'other = ["mkdocs"]',
      "[dependency-groups]",
      'test = ["anyio", "httpx"]',
    )
    expect(requirementsOf(toml, ["test"])).toStrictEqual([
      "anyio",
      "httpx",
      "pytest>=8",
    ])
    expect(requirementsOf(toml, ["other", "test"])).toContain("mkdocs")
  })

  it.each([
    ["one extra", 'all = ["quayside[test]"]', ["pytest"]],
    ["several extras", 'all = ["quayside[test, docs]"]', ["mkdocs", "pytest"]],
    [
      "extras beside others",
      'all = ["ruff", "Quayside[docs]"]',
      ["mkdocs", "ruff"],
    ],
    ["an extra that includes it", 'all = ["quayside[all,docs]"]', ["mkdocs"]],
    ["another package's extra", 'all = ["uvicorn[test]"]', ["uvicorn[test]"]],
    ["an extra that is not there", 'all = ["quayside[no]"]', []],
  ])("of an extra that includes %s are complete", (_, all, expected) => {
    const toml = pyproject(
      "[project.optional-dependencies]",
      all,
      'test = ["pytest"]',
      'docs = ["mkdocs"]',
    )
    expect(requirementsOf(toml, ["all"])).toStrictEqual(expected)
  })

  it.each([
    [
      "another group",
      'all = ["ruff", { include-group = "test" }]',
      ["pytest", "ruff"],
    ],
    ["itself", 'all = ["ruff", { include-group = "all" }]', ["ruff"]],
    ["a group that is not there", 'all = [{ include-group = "no" }]', []],
    [
      "the same name in another spelling",
      'All = ["ruff", { include-group = "TEST" }]',
      ["pytest", "ruff"],
    ],
  ])("of a group that includes %s are complete", (_, all, expected) => {
    const toml = pyproject("[dependency-groups]", all, 'test = ["pytest"]')
    expect(requirementsOf(toml, ["all"])).toStrictEqual(expected)
  })

  it("of a group that names the package's own extras are complete, without the package", () => {
    const toml = pyproject(
      "[project.optional-dependencies]",
      'Fast_Test = ["pytest"]',
      "[dependency-groups]",
      'dev = ["quayside[fast-test]; python_version > \'3\'", "ruff", "quayside"]',
    )
    expect(requirementsOf(toml, ["dev"])).toStrictEqual(["pytest", "ruff"])
  })

  it.each(["fast-test", "Fast.Test", "FAST_TEST"])(
    "are found by every spelling of their name: %s",
    (name) => {
      const toml = pyproject(
        "[project.optional-dependencies]",
        'fast_test = ["pytest"]',
        "[dependency-groups]",
        'fast-test = ["ruff"]',
      )
      expect(requirementsOf(toml, [name])).toStrictEqual(["pytest", "ruff"])
      expect(knowsExtra(toml, name)).toBe(true)
    },
  )

  it("are without the blanks that are around them", () => {
    const toml = pyproject("[dependency-groups]", 'test = ["  six>=1  "]')
    expect(requirementsOf(toml, ["test"])).toStrictEqual(["six>=1"])
  })

  it("of no extra and of an unknown one are none", () => {
    const toml = pyproject("[dependency-groups]", 'test = ["pytest"]')
    expect(requirementsOf(toml, [])).toStrictEqual([])
    expect(requirementsOf(toml, ["docs"])).toStrictEqual([])
  })
})

describe("the usual test extra", () => {
  it.each([
    ["an extra", "[project.optional-dependencies]"],
    ["a group", "[dependency-groups]"],
  ])("is %s of a usual name with pytest in it", (_, table) => {
    for (const name of ["test", "tests", "testing", "dev"])
      expect(usualTestExtra(pyproject(table, `${name} = ["pytest"]`))).toBe(
        name,
      )
  })

  it("is the first of the usual names, whatever their order in the file", () => {
    const toml = pyproject(
      "[dependency-groups]",
      'dev = ["pytest", "ruff"]',
      'test = ["pytest"]',
    )
    expect(usualTestExtra(toml)).toBe("test")
  })

  it("is the next one where the first has no pytest", () => {
    const toml = pyproject(
      "[dependency-groups]",
      'test = ["pytest-cov"]',
      'dev = ["pytest"]',
    )
    expect(usualTestExtra(toml)).toBe("dev")
  })

  it("is any other one where no usual one has pytest", () => {
    const toml = pyproject("[dependency-groups]", 'qa = ["pytest"]')
    expect(usualTestExtra(toml)).toBe("qa")
  })

  const listed = (...groups: readonly string[]) =>
    pyproject("[dependency-groups]", ...groups)

  it.each([
    ["one that is named after tests", 'test = ["mock"]', "test"],
    [
      "the requirements file for tests",
      '"test-requirements.txt" = ["mock"]',
      "test-requirements.txt",
    ],
    ["what tox installs for all", 'tox = ["mock"]', "tox"],
    ["one with a plugin of pytest", 'qa = ["pytest-cov"]', "qa"],
  ])("is %s, where none names pytest", (_, group, name) => {
    expect(usualTestExtra(listed('dev = ["ruff"]', group))).toBe(name)
  })

  it.each([
    ["the package needs pytest", 'dependencies = ["pytest>=7"]', "mock"],
    ["it has a plugin of pytest", "", "pytest-cov"],
  ])(
    "is the one named after tests before one environment of tox, where %s",
    (_, line, requirement) => {
      for (const name of ["test", "tox"])
        expect(
          usualTestExtra(
            pyproject(
              line,
              "[dependency-groups]",
              '"tox:devel" = ["pytest @ git+https://example.org/pytest"]',
              `${name} = ["${requirement}"]`,
            ),
          ),
        ).toBe(name)
    },
  )

  it("is one environment of tox, where nothing else brings pytest", () => {
    expect(
      usualTestExtra(listed('test = ["mock"]', '"tox:py3" = ["pytest"]')),
    ).toBe("tox:py3")
  })

  it("is the list that names pytest, though the package needs it too", () => {
    const toml = pyproject(
      'dependencies = ["pytest"]',
      "[dependency-groups]",
      'test = ["mock"]',
      'hatch-test = ["pytest", "six"]',
    )
    expect(usualTestExtra(toml)).toBe("hatch-test")
  })

  it.each([[[]], [["[dependency-groups]", 'qa = ["pytest-runner", "ruff"]']]])(
    "is absent in %j",
    (toml) => {
      expect(usualTestExtra(pyproject(...toml))).toBeUndefined()
    },
  )
})

describe("a name", () => {
  const toml = pyproject(
    "[project.optional-dependencies]",
    "empty = []",
    "[dependency-groups]",
    "group = []",
  )
  it.each([
    ["empty", true],
    ["group", true],
    ["test", false],
  ])("%s is known as an extra or a group: %j", (name, known) => {
    expect(knowsExtra(toml, name)).toBe(known)
  })

  it("is unknown where there is no project", () => {
    expect(knowsExtra({ "dependency-groups": {}, tool: {} }, "test")).toBe(
      false,
    )
  })
})
