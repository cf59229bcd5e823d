import { describe, expect, it } from "vitest"

import { pytestCalls, reaches } from "../../src/test/pytest-calls.js"
import { sources } from "../helpers/builders.js"

const PATHS = ["tests/test_a.py", "wren/__init__.py", "e2e/test_b.py"]
const calls = (path: string, text: string, tool = {}) =>
  pytestCalls(sources(text === "" ? {} : { [path]: text }, PATHS), tool)

describe("a call of pytest", () => {
  it.each([
    ["Makefile", "test:\n\t@pytest -v tests/\n"],
    ["Makefile", "test:\n\tpython -W error -m pytest -v tests/\n"],
    ["Makefile", "test:\n\tcoverage run -m pytest -v tests/ $(ARGS)\n"],
    ["Makefile", "\t. venv/bin/activate && pytest -v tests/; true\n"],
    ["Makefile", "\tvenv/bin/pytest -v --cov wren --cov-report=xml tests/\n"],
    [
      "tox.ini",
      "[testenv]\ndeps = pytest\n  pytest\ncommands =\n  pytest -v {posargs:tests/}\n",
    ],
    [
      "tox.ini",
      "[testenv]\ncommands =\n  unit: pytest -v {toxinidir}/tests/\n",
    ],
    [
      "noxfile.py",
      'def t(session):\n  session.install("pytest")\n  session.run(\n    "pytest",\n    "-v",\n    "--cov=wren",\n    "tests/",\n    *session.posargs,\n    env={},\n  )\n',
    ],
    ["tasks.py", "def t(c):\n  c.run('pytest -v tests/')\n"],
    [
      ".github/workflows/ci.yml",
      "  - run: pip install pytest\n  - run: A=1 xvfb-run -a pytest -v tests/\n",
    ],
    [".gitlab-ci.yml", "  script:\n    - poetry run pytest -v tests/\n"],
    ["scripts/test.sh", 'bash -c "py.test -v tests/"\n'],
  ])("is read in %s: %j", (path, text) => {
    expect(calls(path, text)).toStrictEqual([
      {
        path,
        command: ["python", "-m", "pytest", "-v", "tests/"],
        places: ["tests"],
        ignored: [],
      },
    ])
  })

  it.each([
    { poe: { tasks: { test: "pytest tests" } } },
    { pdm: { scripts: { test: { cmd: ["pytest", "tests"] } } } },
    { hatch: { envs: { qa: { scripts: { t: "pytest {args:tests}" } } } } },
    { tox: { env_run_base: { commands: [["pytest", "tests"]] } } },
  ])("is read in a table: %j", (tool) => {
    expect(calls("", "", tool).map(({ places }) => places)).toStrictEqual([
      ["tests"],
    ])
  })

  it.each([
    ["what is installed", "Makefile", "\tpip install pytest\n"],
    ["what tox installs", "tox.ini", "[testenv]\ndeps =\n  pytest\n\n  six\n"],
    ["what nox installs", "noxfile.py", 'session.install("pytest", "six")\n'],
    ["a list", "noxfile.py", 'NEEDS = ["pytest"]\n'],
    ["a name", ".github/workflows/ci.yml", "- name: Test with pytest\n"],
    ["another program", "Makefile", "\tpytest-xdist tests\n"],
    ["words that only a shell fills in", "Makefile", "\tpytest $(T)/unit\n"],
    ["words that nox fills in", "noxfile.py", 'session.run("pytest", TESTS)'],
    ["a package's", "Makefile", "\tpytest --pyargs wren\n"],
    ["one in another folder", "Makefile", "\tcd a && pytest b/tests\n"],
  ])("is not %s", (_, path, text) => {
    expect(calls(path, text)).toStrictEqual([])
  })

  it.each([
    ["pytest", ["tests", "e2e", "wren"]],
    ["pytest .", ["tests", "e2e", "wren"]],
    ["pytest -n 4 -m tests -k e2e", ["tests", "e2e", "wren"]],
    ["pytest tests/test_a.py::test_one", ["tests"]],
    ["pytest ./tests e2e", ["tests", "e2e"]],
    ["pytest --ignore=e2e/ --cov wren", ["tests", "wren"]],
    ["pytest --ignore e2e --ignore ./wren", ["tests"]],
  ])("runs what it is given, less what it ignores: %s", (line, expected) => {
    const [call] = calls("Makefile", `\t${line}\n`)
    const reached = ["tests", "e2e", "wren"].filter(
      (each) => call && reaches(call, `${each}/test_a.py`),
    )
    expect(reached).toStrictEqual(expected)
  })
})
