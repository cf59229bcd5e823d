import { describe, expect, it } from "vitest"

import { project } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const PATHS = ["quayside/__init__.py", "tests/test_a.py"]
const FILES = { "requirements/test.txt": "Django>=4\ncoverage\n" }
const DEPS = "deps =\n  coverage==7\n  djangorestframework\n  py39: tomli"
const DJANGO =
  "commands = coverage run -m django test --settings=tests.settings"
const REST = ["Django>=4", "coverage", "djangorestframework"]

function tested(
  tox: readonly string[],
  texts: Readonly<Record<string, string>> = FILES,
  toml: readonly string[] = [],
) {
  const own = { ...texts, "tox.ini": lines(...tox) }
  return project({ paths: PATHS, toml: [...toml], texts: own }).tests
}

describe("what tox installs where it runs the tests", () => {
  it("is installed beside the list that is named after them", () => {
    expect(tested(["[testenv]", DEPS, DJANGO])).toMatchObject({
      lists: ["requirements/test.txt", "tox"],
      requirements: REST,
      unit: ["python", "-m", "django", "test", "--settings=tests.settings"],
    })
  })

  it.each([
    "pytest",
    "py.test {posargs:tests}",
    "python -W error -m pytest",
    "{envpython} -b -m coverage run -m pytest {posargs}",
    "{envbindir}/coverage run --source quayside -m pytest",
    "unit: xvfb-run -a pytest",
  ])("is installed where it calls pytest: %s", (command) => {
    const texts = { "requirements-test.txt": "pytest\n" }
    const tox = ["[testenv]", DEPS, `commands = ${command}`]
    expect(tested(tox, texts).requirements).toStrictEqual([
      "coverage==7",
      "djangorestframework",
      "pytest",
    ])
  })

  it("is that of the extras and groups that it takes", () => {
    const toml = [
      "[project.optional-dependencies]",
      'all = ["pillow"]',
      "[dependency-groups]",
      'tests = ["pytest"]',
    ]
    const tox = lines(
      "[env_run_base]",
      'extras = ["all"]',
      'dependency_groups = ["tests"]',
      'commands = [["pytest", { replace = "posargs", extend = true }]]',
    )
    const { lists, requirements } = project({
      paths: PATHS,
      toml,
      texts: { "tox.toml": tox },
    }).tests
    expect(lists).toStrictEqual(["tests", "tox"])
    expect(requirements).toStrictEqual(["pillow", "pytest"])
  })

  it("is that of the only environment that runs them", () => {
    const tox = ["[testenv]", "deps = six", "[testenv:unit]", DEPS, DJANGO]
    expect(tested(tox)).toMatchObject({
      lists: ["requirements/test.txt", "tox:unit"],
      requirements: REST,
    })
  })

  it.each([
    [
      "two environments run them, and none for all",
      ["[testenv:old]", DEPS, DJANGO, "[testenv:new]", DJANGO],
    ],
    ["it runs something else", ["[testenv]", DEPS, "commands = flake8 tests"]],
    [
      "it only installs what runs them",
      ["[testenv]", DEPS, "commands = pip install django test"],
    ],
    [
      "the same program does something else",
      ["[testenv]", DEPS, "commands = django-admin check test"],
    ],
    ["what it brings is named", ["[testenv]", "deps = coverage", DJANGO]],
    [
      "what it brings reads code and runs none",
      [
        "[testenv]",
        "deps =\n  types-six\n  pygobject-stubs\n  pytest-ruff>=1",
        DJANGO,
      ],
    ],
    [
      "uv installs for itself what runs them",
      ["[testenv]", DEPS, DJANGO.replace("coverage", "uv")],
    ],
    [
      "what it brings installs the rest",
      [
        "[testenv]",
        "deps = poetry",
        DJANGO.replace("= ", "=\n  poetry install\n  "),
      ],
    ],
    [
      "what it brings has an address",
      ["[testenv]", "deps = six @ https://example.org/six.whl", DJANGO],
    ],
  ])("is left to tox where %s", (_, tox) => {
    const call = "python -m django test --settings=tests.settings"
    const { lists, unit } = tested(tox, {
      ...FILES,
      Makefile: `t:\n\t${call}\n`,
    })
    expect(unit).toStrictEqual(call.split(" "))
    expect(lists).toStrictEqual(["requirements/test.txt"])
  })

  it("is left to tox where there are no tests", () => {
    const tox = ["[testenv]", DEPS, "commands = coverage run demo/"]
    const toml = ["[tool.shipwheel.test]", "unit = []"]
    expect(tested(tox, FILES, toml).lists).toStrictEqual([
      "requirements/test.txt",
    ])
  })

  it("is left to tox where the lists are named", () => {
    const toml = [
      "[dependency-groups]",
      'unit = ["Django"]',
      "[tool.shipwheel.test]",
      'extras = ["unit"]',
    ]
    expect(tested(["[testenv]", DEPS, DJANGO], {}, toml)).toMatchObject({
      lists: ["unit"],
      requirements: ["Django"],
    })
  })

  it("has pytest-django told the settings that it is given there", () => {
    const tox = [
      "[testenv]",
      "setenv = DJANGO_SETTINGS_MODULE = tests.settings",
      "deps = pytest-django",
      "commands = pytest",
    ]
    const texts = { "requirements-test.txt": "pytest\n" }
    expect(tested(tox, texts).unit).toContain("--ds=tests.settings")
  })
})
