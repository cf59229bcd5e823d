import { describe, expect, it } from "vitest"

import { ownCommands, pythonCalls } from "../../src/test/own-commands.js"
import { sources } from "../helpers/builders.js"

const calls = (text: string) => pythonCalls({ path: "Makefile", text })

it("what a project's author runs is in tables and files, the CI's last", () => {
  const texts = {
    ".github/workflows/ci.yml": "make test",
    makefile: "# a comment\ntest:",
    "docs/Makefile": "html:",
  }
  const poe = { tasks: { test: "pytest", deps: ["pytest"] } }
  expect(ownCommands(sources(texts), { poe })).toStrictEqual([
    { path: "tool.poe.tasks", text: "pytest" },
    { path: "makefile", text: "\ntest:" },
    { path: ".github/workflows/ci.yml", text: "make test" },
  ])
})

describe("a call of Python", () => {
  it.each([
    ["\tpython -m unittest", "-m unittest"],
    ["run: python3.12 -b -W error -m wren.tests -v", "-m wren.tests -v"],
    ["python -m coverage run -a --source wren -m wren.tests", "-m wren.tests"],
    ["coverage run --rcfile x ./run_tests.py --fast", "run_tests.py --fast"],
    ["{envpython} {toxinidir}/run_tests.py {posargs}", "run_tests.py"],
    ["{envbindir}/coverage run --source wren -m wren.tests", "-m wren.tests"],
    [".venv/bin/coverage run run_tests.py", "run_tests.py"],
    ["$(VENV)/bin/python -m unittest", "-m unittest"],
    ["$(PYTHON) manage.py test $(ARGS)", "manage.py test"],
    ["python manage.py test {posargs:core}", "manage.py test core"],
    ["python manage.py test $${ARGS:-core}", "manage.py test core"],
    ["python manage.py \\\n    test core # all", "manage.py test core"],
    ["python -m unittest -p '*_tests.py' && ls", "-m unittest -p *_tests.py"],
  ])("is read in plain words: %s", (text, words) => {
    expect(calls(text)).toStrictEqual([["python", ...words.split(" ")]])
  })

  it.each([
    ["another program's", "mypython -m unittest"],
    ["that of a folder of other things", "vendor/python -m unittest"],
    ["what is no module and no file", "python -c 'import wren'"],
    ["words that only a shell fills in", "python -m $(PKG).tests"],
    ["files that a shell finds", "python -m unittest tests/*.py"],
    ["what a matrix fills in", "python -m unittest a/${{ matrix.name }}"],
    ["a list of TOML", '["python", "-m", "unittest"]'],
  ])("is not %s", (_, text) => {
    expect(calls(text)).toStrictEqual([])
  })
})
