import { describe, expect, it } from "vitest"

import { testSigns } from "../../src/test/test-signs.js"
import { sources } from "../helpers/builders.js"

const signs = (texts: Readonly<Record<string, string>>) =>
  testSigns(sources(texts))

describe("a sign that there are tests", () => {
  it.each([
    "tox.ini",
    "tox.toml",
    "noxfile.py",
    "Makefile",
    "justfile",
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
    ...["setup.py test", "hatch test"],
  ])("is %s", (says) => {
    expect(signs({ Makefile: `check:\n\t${says}\n` })).toStrictEqual([
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
    ["a page", { "docs/Makefile": "pytest\n" }],
    ["a workflow below another", { ".github/workflows/a/b.yml": "pytest" }],
  ])("is not %s", (_, texts) => {
    expect(signs(texts as Record<string, string>)).toStrictEqual([])
  })
})
