import { describe, expect, it } from "vitest"

import { testLike, testSigns } from "../../src/test/test-signs.js"
import { sources } from "../helpers/builders.js"

const signs = (texts: Readonly<Record<string, string>>) =>
  testSigns(sources(texts))

describe("a sign that there are tests", () => {
  it.each([
    "tox.ini",
    "tox.toml",
    "noxfile.py",
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Taskfile.yml",
    "tasks.py",
    "scripts/test",
    "run-tests.sh",
    ".github/workflows/ci.yaml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    ".travis.yml",
    "azure-pipelines.yml",
    "appveyor.yml",
    "Jenkinsfile",
    ".woodpecker.yml",
    ".woodpecker/test.yaml",
    ".buildkite/pipeline.yml",
  ])("is what runs them in %s", (path) => {
    expect(signs({ [path]: "  py.test -q\n" })).toStrictEqual([
      { path, says: "py.test" },
    ])
  })

  it.each([
    ...["pytest", "py.test", "unittest", "nosetests", "nose2"],
    ...["setup.py test", "hatch test", "manage.py test", "make test"],
    ...["run_tests.py", "stestr"],
  ])("is %s", (says) => {
    expect(signs({ Makefile: `check:\n\t${says}\n` })).toStrictEqual([
      { path: "Makefile", says },
    ])
  })

  it.each([
    ["python -m wren.tests", "-m wren.tests"],
    ["python -W error -m $(PKG).tests", "-m $(PKG).tests"],
    ["coverage run -m tests", "-m tests"],
  ])("is a suite that starts by itself: %s", (line, says) => {
    expect(signs({ Makefile: `check:\n\t${line}\n` })).toStrictEqual([
      { path: "Makefile", says },
    ])
  })

  it.each(["test", "tests", "unit", "unit_tests"])(
    "is a session of nox named %s",
    (name) => {
      const says = `def ${name}(session`
      expect(signs({ "noxfile.py": `${says}):\n    ...\n` })).toStrictEqual([
        { path: "noxfile.py", says },
      ])
      expect(signs({ Makefile: `${says}):\n` })).toStrictEqual([])
    },
  )

  it.each([
    [
      "tool.hatch.envs",
      { hatch: { envs: { qa: { scripts: { t: "pytest qa" } } } } },
    ],
    [
      "tool.pdm.scripts",
      { pdm: { scripts: { t: { cmd: ["pytest", "qa"] } } } },
    ],
    ["tool.poe.tasks", { poe: { tasks: { t: "pytest qa" } } }],
    ["tool.taskipy.tasks", { taskipy: { tasks: { t: "pytest qa" } } }],
    [
      "tool.tox",
      { tox: { legacy_tox_ini: "[testenv]\ncommands = pytest qa" } },
    ],
  ])("is a command of %s", (path, tool) => {
    expect(testSigns(sources({}), tool)).toStrictEqual([
      { path, says: "pytest" },
    ])
  })

  it("is not what an environment only installs", () => {
    const hatch = { envs: { qa: { dependencies: ["pytest"] } } }
    expect(testSigns(sources({}), { hatch })).toStrictEqual([])
  })

  it.each([
    ["tests/berths.robot", "robot"],
    ["features/berths.feature", "behave"],
    ["tests/bdd/berths.feature", "behave"],
  ])("is a suite of another tool: %s", (path, says) => {
    expect(signs({ [path]: "" })).toStrictEqual([{ path, says }])
    expect(signs({ [`docs/${path}`]: "" })).toStrictEqual([])
  })

  it("comes from every file that has one, the CI's last", () => {
    const texts = {
      ".gitlab-ci.yml": "script: pytest",
      ".circleci/config.yml": "run: nose2",
      Makefile: "all: pytest",
    }
    expect(signs(texts).map(({ path }) => path)).toStrictEqual([
      ...["Makefile", ".circleci/config.yml", ".gitlab-ci.yml"],
    ])
  })

  it.each([
    ["a comment", { Makefile: "  # pytest\n" }],
    ["part of a word", { Makefile: "pytestify\n" }],
    ["a session that lints", { "noxfile.py": "def lint(session):\n" }],
    ["the message of a commit", { Makefile: "git commit -m tests\n" }],
    ["another target", { Makefile: "make test-release latest\n" }],
    ["a page", { "docs/Makefile": "pytest\n" }],
    ["a workflow below another", { ".github/workflows/a/b.yml": "pytest" }],
  ])("is not %s", (_, texts) => {
    expect(signs(texts as Record<string, string>)).toStrictEqual([])
  })
})

describe("Python in a folder of tests", () => {
  const found = (path: string, text: string) =>
    testLike(sources({ [path]: text }), "src/wren")

  it.each([
    ["src/wren/tests/smoke.py", "import unittest", "unittest"],
    ["src/wren/birds/test/smoke.py", "def test_a(): ...", "def test"],
    ["tests/checks/smoke.py", "class TestWren:", "class Test"],
    ["tests/smoke.py", "assert wren", "assert"],
  ])("is tests by its text: %s", (path, text, says) => {
    const folder = path.replace(/(tests?)\/.*$/, "$1")
    expect(found(path, text)).toStrictEqual([{ path: folder, says }])
  })

  it.each([
    ["a fixture", "tests/data/song.py", "assert wren"],
    ["a helper", "tests/paths.py", "HERE = 1"],
    ["what others are helped by", "src/wren/testing/cases.py", "import pytest"],
    ["what another project has", "other/tests/smoke.py", "import pytest"],
    ["a template's", "templates/tests/smoke.py", "import pytest"],
    ["no Python", "tests/smoke.txt", "import pytest"],
  ])("is none where it is %s", (_, path, text) => {
    expect(found(path, text)).toStrictEqual([])
  })

  it("is the package where that is called so", () => {
    const files = sources({ "tests/smoke.py": "import pytest" })
    expect(testLike(files, "tests")).toStrictEqual([])
  })
})
