import { describe, expect, it } from "vitest"

import { outlineProject } from "../../src/project/outline.js"
import { resolveProject } from "../../src/project/project.js"
import { resolveTests } from "../../src/test/tests.js"
import {
  MATRIX,
  outline,
  PACKAGE,
  type Source,
  sourcesIn,
} from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const PYTEST = ["python", "-m", "pytest", "-p", "no:cacheprovider", "-rsfE"]
const ANY_SUITE = [...PYTEST, "-o", "python_files=test*.py *_test.py"]
const EXTRA = ["[project.optional-dependencies]", 'test = ["pytest", "httpx"]']

function tests(source: Source) {
  return accepted((problems) => resolveTests(outline(source), problems))
}

describe("the tests of a project", () => {
  it("are pytest's where the usual extra brings it and the usual folder has tests", () => {
    const paths = [PACKAGE, "tests/unit/test_berths.py"]
    expect(tests({ toml: EXTRA, paths })).toStrictEqual({
      lists: ["test"],
      requirements: ["httpx", "pytest"],
      unit: PYTEST,
      integration: undefined,
      reads: [],
      prose: [],
      unrun: undefined,
      remark: undefined,
      apart: undefined,
      offered: new Map(),
      services: [],
      system: [],
      fresh: false,
    })
  })

  it("are split where some need the built frontend", () => {
    const paths = [
      PACKAGE,
      "tests/test_berths.py",
      "tests/integration/test_page.py",
    ]
    const { integration, unit } = tests({ toml: EXTRA, paths })
    expect(unit).toStrictEqual([...PYTEST, "--ignore=tests/integration"])
    expect(integration).toStrictEqual([...PYTEST, "tests/integration"])
  })

  it.each([
    "tests/integration_tests",
    "tests/integration-tests",
    "tests/integrations",
  ])("are integration tests in %s, too", (folder) => {
    const paths = [PACKAGE, "tests/unit/test_a.py", `${folder}/test_b.py`]
    const { integration, unit } = tests({
      paths: [...paths, "tests/conftest.py"],
    })
    expect(unit).toStrictEqual([...PYTEST, `--ignore=${folder}`])
    expect(integration).toStrictEqual([...PYTEST, folder])
  })

  it("are the integration tests alone where there are no others", () => {
    const paths = [PACKAGE, "tests/integration/test_page.py"]
    const { integration, unit } = tests({ toml: EXTRA, paths })
    expect(unit).toBeUndefined()
    expect(integration).toStrictEqual([...PYTEST, "tests/integration"])
  })

  it.each([
    "tests/test_a.py",
    "test/test_a.py",
    "tests/deep/er/test_a.py",
    "tests/a_test.py",
  ])("are found by the file %s", (path) => {
    expect(tests({ toml: EXTRA, paths: [PACKAGE, path] }).unit).toStrictEqual(
      PYTEST,
    )
  })

  it("are those inside the package where there are no others", () => {
    const path = "src/quayside/tests/test_a.py"
    const inside = { toml: EXTRA, paths: [PACKAGE, path] }
    expect(tests(inside).unit).toStrictEqual([...PYTEST, "src/quayside/tests"])
    const both = { toml: EXTRA, paths: [PACKAGE, path, "tests/test_b.py"] }
    expect(tests(both).unit).toStrictEqual(PYTEST)
  })

  it.each([
    ["testing/test_a.py", "testing"],
    ["testing/deep/a_test.py", "testing"],
    ["src/quayside/test_a.py", "src/quayside"],
    ["src/quayside/core/test_a.py", "src/quayside"],
    ["src/quayside/test/test_a.py", "src/quayside/test"],
    ["test_a.py", "test_a.py"],
  ])("of %s alone are run from there", (path, place) => {
    const found = tests({ toml: EXTRA, paths: [PACKAGE, path] })
    expect(found.unit).toStrictEqual([...PYTEST, place])
    expect(found.unrun).toBeUndefined()
  })

  it("in several of these places are run once from each", () => {
    const paths = [
      PACKAGE,
      "test_b.py",
      "testing/test_a.py",
      "src/quayside/tests/test_a.py",
      "src/quayside/test_a.py",
    ]
    expect(tests({ toml: EXTRA, paths }).unit).toStrictEqual([
      ...PYTEST,
      "src/quayside",
      "test_b.py",
      "testing",
    ])
  })

  it.each([
    "tests/helper.py",
    "tests/test_data.json",
    "tests/test_a.pyi",
    "tests/latest_a.py",
    "node_modules/gyp/test_a.py",
    "examples/shop/test_a.py",
    "docs/test_a.py",
    "src/quayside/_vendor/six/test_six.py",
    "third_party/lib/tests/test_a.py",
    ".github/test_a.py",
    "templates/new/tests/test_a.py",
    "frontend/test_a.py",
  ])("are absent where there is only %s", (path) => {
    const paths = [PACKAGE, path, "frontend/package.json"]
    const found = tests({ toml: EXTRA, paths })
    expect(found.unit).toBeUndefined()
    expect(found.integration).toBeUndefined()
    expect(found.unrun?.what).toBe(
      "no file looks like a test, but the list `test` (`pytest`) says that there are some",
    )
    expect(tests({ paths }).unrun).toBeUndefined()
  })
})

describe("the tests in a package whose folder is a frontend as well", () => {
  it("are found", () => {
    const paths = [PACKAGE, "src/quayside/tests/test_a.py"]
    const texts = {
      "src/quayside/package.json": '{ "scripts": { "build": "vite build" } }',
      "src/quayside/package-lock.json": "{}",
    }
    const source = { toml: EXTRA, paths, texts }
    expect(outline(source).frontends).toEqual([{ path: "src/quayside" }])
    expect(tests(source).unit?.at(-1)).toBe("src/quayside/tests")
  })
})

describe("a folder with settings of pytest of its own", () => {
  const ini = "[pytest]\npython_files = check_*.py\n"
  const found = (...paths: string[]) =>
    tests({
      toml: EXTRA,
      paths: [PACKAGE, ...paths],
      texts: { "tests/pytest.ini": ini },
    })

  it("is given to pytest, which reads them then", () => {
    expect(found("tests/check_a.py")).toMatchObject({
      unit: [...PYTEST, "tests"],
      unrun: undefined,
    })
    expect(
      found("tests/check_a.py", "tests/integration/check_b.py"),
    ).toMatchObject({
      unit: [...PYTEST, "tests", "--ignore=tests/integration"],
      integration: [...PYTEST, "tests/integration"],
    })
  })

  it("stops the gate where other tests lie beside it", () => {
    const beside = "src/quayside/tests/test_b.py"
    expect(found("tests/check_a.py", beside).unrun?.what).toBe(
      `the settings of pytest in \`tests\` are for that folder alone, and nothing runs \`${beside}\``,
    )
  })

  it("is none where there is a conftest.py above it", () => {
    const { unit } = found("conftest.py", "tests/test_a.py")
    expect(unit).toStrictEqual(PYTEST)
  })
})

describe("pytest", () => {
  const FOUND = [PACKAGE, "tests/test_a.py"]

  it("comes by itself where no list brings it, and takes unittest's suites along", () => {
    expect(tests({ paths: FOUND })).toMatchObject({
      requirements: ["pytest"],
      unit: ANY_SUITE,
    })
    expect(tests({ paths: FOUND }).remark).toMatch(/^pytest came by itself: /)
  })

  it.each([
    ["the package", ['dependencies = ["pytest"]'], []],
    [
      "a plugin",
      ["[dependency-groups]", 'dev = ["pytest-cov"]'],
      ["pytest-cov"],
    ],
  ])("does not come by itself where %s brings it", (_, toml, requirements) => {
    expect(tests({ toml, paths: FOUND })).toMatchObject({
      requirements,
      unit: PYTEST,
      remark: undefined,
    })
  })

  it("comes to what the list that is named after tests brings", () => {
    const toml = ["[dependency-groups]", 'test = ["nose2", "httpx"]']
    expect(tests({ toml, paths: FOUND }).requirements).toStrictEqual([
      "httpx",
      "nose2",
      "pytest",
    ])
  })

  it.each(["tests/tests.py", "tests/testberths.py", "test.py"])(
    "runs the suite of unittest in %s where nobody wants pytest",
    (path) => {
      expect(tests({ paths: [PACKAGE, path] }).unit?.slice(0, 8)).toStrictEqual(
        ANY_SUITE,
      )
      expect(
        tests({ toml: EXTRA, paths: [PACKAGE, path] }).unit,
      ).toBeUndefined()
    },
  )

  it.each([
    ["a conftest.py", { paths: ["tests/conftest.py"] }],
    ["settings", { toml: ["[tool.pytest.ini_options]"] }],
    ["a pytest.ini", { texts: { "pytest.ini": "" } }],
  ])("keeps its own names of files where there is %s", (_, source) => {
    const { paths = [] } = source as Source
    const found = tests({ ...source, paths: [...FOUND, ...paths] })
    expect(found.unit).toStrictEqual(PYTEST)
    expect(found.requirements).toStrictEqual(["pytest"])
  })

  it.each([
    [
      "pyproject.toml",
      {
        toml: [
          "[tool.pytest.ini_options]",
          'testpaths = ["checks"]',
          'python_files = ["check_*.py"]',
        ],
      },
    ],
    [
      "pytest.ini",
      {
        texts: {
          "pytest.ini":
            "[pytest]\ntestpaths = checks\npython_files = check_*.py\n",
        },
      },
    ],
    [
      "setup.cfg",
      {
        texts: {
          "setup.cfg":
            "[tool:pytest]\ntestpaths =\n  checks\npython_files =\n  check_*.py\n",
        },
      },
    ],
  ])("looks where %s tells it to look", (_, source) => {
    const paths = [PACKAGE, "checks/check_a.py", "scripts/test_b.py"]
    const found = tests({ ...source, paths })
    expect(found).toMatchObject({ unit: PYTEST, reads: ["checks"] })
    expect(found.unrun).toBeUndefined()
  })
})

describe("tests beside a usual suite", () => {
  const paths = [PACKAGE, "tests/test_a.py", "e2e/ui/test_b.py"]
  const found = (texts: Record<string, string>, ...more: string[]) => {
    const { apart, unit, unrun } = tests({
      toml: EXTRA,
      paths: [...paths, ...more],
      texts,
    })
    expect(unrun).toBeUndefined()
    return { apart, more: unit?.slice(PYTEST.length) }
  }

  it.each([
    ["scripts/run-tests.sh", "python -m pytest --ignore=e2e -s $@\n"],
    ["Makefile", "test:\n\tpytest --cov quayside tests\n"],
    [".github/workflows/ci.yml", "  run: uv run pytest tests\n"],
  ])("are left out where %s leaves them out", (path, text) => {
    expect(found({ [path]: text })).toStrictEqual({
      apart: `\`${path}\` runs the tests without \`e2e\`, and so does this; \`unit\` in \`[tool.shipwheel.test]\` says otherwise.`,
      more: ["--ignore=e2e"],
    })
  })

  it.each([
    ["nobody says what runs them", {}],
    ["their author runs them as well", { Makefile: "test:\n\tpytest -v\n" }],
    ["what is run is not plain", { Makefile: "test:\n\tpytest $(T)/a\n" }],
    ["only they are named", { Makefile: "e2e:\n\tpytest e2e\n" }],
  ])("run with it where %s", (_, texts) => {
    expect(found(texts as Record<string, string>)).toStrictEqual({
      apart: undefined,
      more: [],
    })
  })

  it("in examples and pages are nobody's, unless their author runs them", () => {
    const foreign = ["examples/a/test_c.py", "docs/test_d.py"]
    expect(found({}, ...foreign)).toStrictEqual({
      apart: undefined,
      more: ["--ignore=docs", "--ignore=examples"],
    })
    const tox = "[testenv]\ncommands = pytest tests examples e2e {posargs}\n"
    expect(found({ "tox.ini": tox }, ...foreign).more).toStrictEqual([
      "--ignore=docs",
    ])
  })

  it("are what pytest does not find by itself, where it is told where to look", () => {
    const ini = { "pytest.ini": "[pytest]\ntestpaths = tests\n" }
    expect(found(ini, "docs/test_d.py").more).toStrictEqual([])
  })
})

const FOLDER = "src/quayside/tests"

describe("tests that nothing runs", () => {
  const next = (place: string) =>
    `Say in \`[tool.shipwheel.test]\` what runs them, such as \`unit = ["python", "-m", "pytest", "${place}"]\`, or that there are none: \`unit = []\`.`

  it.each([
    ["scripts/test_a.py", "scripts"],
    ["packages/other/tests/test_a.py", "packages/other/tests"],
    ["e2e/login_test.py", "e2e"],
  ])("are named with the line that runs them: %s", (path, place) => {
    const { unit, unrun } = tests({ paths: [PACKAGE, path] })
    expect(unit).toBeUndefined()
    expect(unrun).toStrictEqual({
      what: `nothing runs \`${path}\``,
      next: next(place),
    })
  })

  it("are named with the command of their author, where that is in plain words", () => {
    const next = (...calls: string[]) =>
      tests({
        paths: [
          ...[PACKAGE, "python_tests/test_a.py", "python_tests/test_b.py"],
          "e2e_tests/test_c.py",
        ],
        texts: { Makefile: calls.join("\n") },
      }).unrun?.next
    const e2e = "pytest e2e_tests"
    expect(next(e2e, "pytest --cov=quayside python_tests -v")).toContain(
      '`unit = ["python", "-m", "pytest", "python_tests", "-v"]`',
    )
    expect(next(e2e)).toContain(
      '`unit = ["python", "-m", "pytest", "e2e_tests", "python_tests"]`',
    )
  })

  it.each([
    [
      "noxfile.py",
      'def tests(session):\n    session.run("x")\n',
      "def tests(session",
    ],
    ["noxfile.py", 'session.run("pytest")\n', "pytest"],
    ["tox.ini", "[testenv]\ncommands = nose2\n", "nose2"],
    [".github/workflows/ci.yml", "run: hatch test\n", "hatch test"],
    [".gitlab-ci.yml", "script: [nosetests]\n", "nosetests"],
    ["Makefile", "test:\n\tpytest\n", "pytest"],
  ])(
    "are asked for where %s runs some and none is found",
    (path, text, says) => {
      const { unrun } = tests({ paths: [PACKAGE], texts: { [path]: text } })
      expect(unrun).toStrictEqual({
        what: `no file looks like a test, but \`${path}\` (\`${says}\`) says that there are some`,
        next: next("src/quayside"),
      })
    },
  )

  it("are asked for with the command of their author, where that is in plain words", () => {
    const commands =
      "commands = coverage run --source wren -m unittest discover -p '*tests.py'"
    const texts = { "tox.ini": `[testenv]\n${commands}\n` }
    const { unrun } = tests({ paths: [PACKAGE], texts })
    expect(unrun?.next).toContain(
      'such as `unit = ["python", "-m", "unittest", "discover", "-p", "*tests.py"]`',
    )
  })

  it("are asked for with their author's pytest, where that has a place", () => {
    const texts = {
      "tox.ini": "[testenv]\ncommands = pytest example/checks/\n",
    }
    const paths = [PACKAGE, "example/checks/a.py"]
    expect(tests({ paths, texts }).unrun?.next).toContain(
      '`unit = ["python", "-m", "pytest", "example/checks/"]`',
    )
  })

  it.each([
    [{}, ["python", "-m", "pytest", "-o", "python_files=*.py"], [FOLDER]],
    [{ [`${FOLDER}/__main__.py`]: "" }, ["python", "-m"], ["quayside.tests"]],
  ])(
    "are asked for where a folder of tests has Python that nothing runs, beside %j",
    (more, command, rest) => {
      const smoke = "class Smoke(unittest.TestCase):\n    ...\n"
      const texts = { [`${FOLDER}/smoke.py`]: smoke, ...more }
      const { unit, unrun } = tests({ paths: [PACKAGE], texts })
      expect(unit).toBeUndefined()
      expect(unrun?.what).toBe(
        `no file looks like a test, but \`${FOLDER}\` (\`unittest\`) says that there are some`,
      )
      expect(unrun?.next).toContain(
        `\`unit = ${JSON.stringify([...command, ...rest]).replaceAll(",", ", ")}\``,
      )
    },
  )

  it.each([
    [["[dependency-groups]", 'test = ["ruff", "pytest>=8"]'], "test"],
    [["[dependency-groups]", 'unit-tests = ["pytest-cov"]'], "unit-tests"],
    [["[project.optional-dependencies]", 'testing = ["pytest"]'], "testing"],
  ])("are asked for where a list of tests brings pytest: %j", (toml, list) => {
    expect(tests({ toml, paths: [PACKAGE] }).unrun).toStrictEqual({
      what: `no file looks like a test, but the list \`${list}\` (\`pytest\`) says that there are some`,
      next: next("src/quayside"),
    })
    const none = [...toml, "[tool.shipwheel.test]", "unit = []"]
    expect(tests({ toml: none, paths: [PACKAGE] }).unrun).toBeUndefined()
  })

  it("may not be there where developers have pytest at hand", () => {
    const toml = ["[dependency-groups]", 'dev = ["ruff", "pytest>=8"]']
    expect(tests({ toml, paths: [PACKAGE] })).toMatchObject({
      unit: undefined,
      unrun: undefined,
    })
  })

  it("are asked for where a folder of the package has settings of pytest", () => {
    const paths = [PACKAGE, "src/quayside/checks/pytest.ini"]
    expect(tests({ paths }).unrun?.what).toBe(
      "no file looks like a test, but `src/quayside/checks/pytest.ini` says that there are some",
    )
  })

  it("are asked for where pytest has settings, or a conftest.py", () => {
    const source = {
      toml: ["[tool.pytest.ini_options]"],
      paths: [PACKAGE, "tests/conftest.py"],
    }
    expect(tests(source).unrun?.what).toBe(
      "no file looks like a test, but what is set for pytest, `tests/conftest.py` say that there are some",
    )
  })

  it.each([
    ["a comment", { "noxfile.py": "# session.run('pytest')\n" }],
    ["lint", { "tox.ini": "[testenv:lint]\ncommands = ruff check\n" }],
    ["a page", { "docs/Makefile": "test: pytest\n" }],
  ])("are no question where only %s might say so", (_, texts) => {
    expect(tests({ paths: [PACKAGE], texts }).unrun).toBeUndefined()
  })

  it.each(["[]", '["make", "check"]'])(
    "are no question where `unit = %s` answers it",
    (unit) => {
      const toml = ["[tool.shipwheel.test]", `unit = ${unit}`]
      const found = tests({ toml, paths: [PACKAGE, "scripts/test_a.py"] })
      expect(found.unrun).toBeUndefined()
      expect(found.unit).toStrictEqual(
        unit === "[]" ? undefined : ["make", "check"],
      )
      expect(found.requirements).toStrictEqual([])
    },
  )
})

describe("the tests of a Django app", () => {
  const manage = "execute_from_command_line(sys.argv)"
  const paths = [PACKAGE, "src/quayside/test/test_a.py"]

  it.each(["manage.py", "testmanage.py"])(
    "are run by %s where nobody wants pytest",
    (name) => {
      const { requirements, unit } = tests({ paths, texts: { [name]: manage } })
      expect(unit).toStrictEqual(["python", name, "test"])
      expect(requirements).not.toContain("pytest")
    },
  )

  it.each(["runtests.py", "run_tests.py", "tests/runtests.py"])(
    "are run by %s where there is no such file",
    (name) => {
      const runner = { [name]: "TestRunner = get_runner(settings)" }
      const unit = (texts: Record<string, string>) =>
        tests({ paths, texts }).unit
      expect(unit(runner)).toStrictEqual(["python", name])
      expect(unit({ ...runner, "manage.py": manage })).toContain("manage.py")
      expect(unit({ [name]: "main()" })).toContain("pytest")
    },
  )

  const TOX = [
    "[testenv]",
    "commands =",
    "    python -W error \\",
    "        -m coverage run --source wren \\",
  ].join("\n")
  const inTox = (...lines: string[]) => ({
    "tox.ini": `${TOX}\n        ${lines.join("\n")}\n`,
  })

  it.each([
    [
      "a manage.py elsewhere",
      inTox("./tests/manage.py test core {posargs}"),
      ["tests/manage.py", "test", "core"],
    ],
    ["a script of its own", inTox("tests/settings.py"), ["tests/settings.py"]],
    [
      "Django's own program",
      inTox("-m django test {posargs:tests} --settings=tests.settings"),
      ["-m", "django", "test", "tests", "--settings=tests.settings"],
    ],
    [
      "that with the settings beside it",
      inTox(
        "-m django test",
        "setenv = DJANGO_SETTINGS_MODULE = tests.settings",
      ),
      ["-m", "django", "test", "--settings=tests.settings"],
    ],
    ...[
      "django-admin",
      "{envbindir}/django-admin",
      "python -W error -m coverage run --source wren {envbindir}/django-admin",
      "coverage run django-admin.py",
      "{envbindir}/coverage run --source wren {envbindir}/django-admin",
      "{envbindir}/coverage run -m django",
      "python -W error -m coverage run `which django-admin`",
      "coverage run $(which django-admin)",
      "$$(command -v django-admin)",
    ].map((call): [string, Record<string, string>, string[]] => [
      call,
      {
        "tox.ini": `[testenv]\ncommands =\n    unittest: ${call} test -v2\nsetenv =\n    DJANGO_SETTINGS_MODULE = tests.settings\n`,
      },
      ["-m", "django", "test", "-v2", "--settings=tests.settings"],
    ]),
  ])("are run as its author runs them: %s", (_, texts, words) => {
    const more = {
      "tests/manage.py": manage,
      "tests/settings.py": "from app_helper import runner",
    }
    expect(tests({ paths, texts: { ...texts, ...more } }).unit).toStrictEqual([
      "python",
      ...words,
    ])
  })

  it("are run by a manage.py among them, where nothing is said", () => {
    const texts = { "tests/manage.py": manage }
    expect(tests({ paths, texts }).unit).toStrictEqual([
      ...["python", "tests/manage.py", "test", "tests"],
    ])
  })

  const WITHIN = "commands = coverage run --source wren ./manage.py test"
  it.each<[string, Record<string, string>, string[]]>([
    [
      "that tox changes to",
      { "tox.ini": `[testenv]\nchangedir = shipyard\n${WITHIN}\n` },
      ["shipyard"],
    ],
    [
      "that tox changes to from its own",
      {
        "tox.ini": `[testenv]\nchangedir={toxinidir}/shipyard/\n${WITHIN} -v 2\n`,
      },
      ["-v", "2", "shipyard"],
    ],
    [
      "that the Makefile goes to, where it names the tests",
      { Makefile: "test:\n\tcd shipyard && python manage.py test core\n" },
      ["core"],
    ],
    [
      "that the CI works in",
      {
        ".github/workflows/ci.yml":
          "jobs:\n  test:\n    steps:\n      - run: python manage.py test\n        working-directory: ./shipyard\n",
      },
      ["shipyard"],
    ],
  ])("are run in the folder %s", (_, texts, words) => {
    const more = { "shipyard/manage.py": manage }
    expect(tests({ paths, texts: { ...texts, ...more } }).unit).toStrictEqual([
      ...["python", "shipyard/manage.py", "test", ...words],
    ])
  })

  it.each<[string, Record<string, string>]>([
    [
      "a folder of examples that tox changes to",
      { "tox.ini": `[testenv]\nchangedir = examples\n${WITHIN}\n` },
    ],
    ["another command of it", inTox("demo/manage.py migrate")],
    [
      "another command of Django's",
      { "tox.ini": "[testenv]\ncommands = django-admin check\n" },
    ],
    ["an example's", inTox("examples/manage.py test")],
    ["words that only a shell fills in", inTox("demo/manage.py test {env:A}")],
    ["Django without settings", inTox("-m django test")],
    ["no such command", {}],
  ])("are run by pytest beside %s", (_, texts) => {
    const more = { "demo/manage.py": manage, "examples/manage.py": manage }
    const { unit } = tests({ paths, texts: { ...texts, ...more } })
    expect(unit?.slice(0, 3)).toStrictEqual(PYTEST.slice(0, 3))
  })

  it("are run by pytest where a list brings it, or where the file at the top is another's", () => {
    expect(
      tests({ toml: EXTRA, paths, texts: { "manage.py": manage } }).unit,
    ).toStrictEqual([...PYTEST, "src/quayside/test"])
    expect(
      tests({ paths, texts: { "manage.py": "" } }).unit?.slice(0, 3),
    ).toStrictEqual(PYTEST.slice(0, 3))
  })
})

describe("tests above a member", () => {
  const files = {
    "backend/pyproject.toml": "[project]\nname = 'wren'\nversion = '1'\n",
    "backend/wren/__init__.py": "",
    "tests/wren/test_a.py": "",
  }
  const found = (more: Record<string, string> = {}) =>
    accepted((problems) => {
      const sources = sourcesIn("backend", { ...files, ...more })
      const looked = outlineProject(sources, problems)
      return resolveProject(looked, undefined, MATRIX, problems).tests
    })

  it("are run by nothing until they are named", () => {
    expect(found().unrun).toStrictEqual({
      what: "nothing runs `../tests/wren/test_a.py`, which seem to be this project's",
      next: 'Say in `[tool.shipwheel.test]` what runs them, such as `unit = ["python", "-m", "pytest", "../tests/wren"]`, or that there are none: `unit = []`.',
    })
  })

  it("are not asked for where it has its own", () => {
    expect(found({ "backend/tests/test_b.py": "" }).unrun).toBeUndefined()
  })
})

describe("[tool.shipwheel.test]", () => {
  it("stands above what is found", () => {
    const toml = [
      ...EXTRA,
      "[dependency-groups]",
      'more = ["anyio"]',
      "[tool.shipwheel.test]",
      'extras = ["more", "test"]',
      'unit = ["python", "-m", "unittest"]',
      'integration = ["make", "check"]',
      'reads = ["README.md"]',
    ]
    const paths = [PACKAGE, "tests/test_a.py", "tests/integration/test_b.py"]
    expect(tests({ toml, paths })).toStrictEqual({
      lists: ["more", "test"],
      requirements: ["anyio", "httpx", "pytest"],
      unit: ["python", "-m", "unittest"],
      integration: ["make", "check"],
      reads: ["README.md"],
      prose: [],
      unrun: undefined,
      remark: undefined,
      apart: undefined,
      offered: new Map(),
      services: [],
      system: [],
      fresh: false,
    })
  })

  const QA = ["[dependency-groups]", 'qa = ["pytest"]', 'lint = ["ruff"]']
  const chosen = (extras: string) =>
    tests({
      toml: [...EXTRA, ...QA, "[tool.shipwheel.test]", `extras = ${extras}`],
      paths: [PACKAGE, "tests/test_a.py"],
    })

  it("may bring requirements of its own, beside the extras or alone", () => {
    const requires = [
      "[tool.shipwheel.test]",
      'requires = ["pytest", "click<8.2"]',
    ]
    const paths = [PACKAGE, "tests/test_a.py"]
    expect(tests({ toml: requires, paths })).toMatchObject({
      requirements: ["click<8.2", "pytest"],
      unit: PYTEST,
    })
    expect(
      tests({ toml: [...EXTRA, ...requires], paths }).requirements,
    ).toStrictEqual(["click<8.2", "httpx", "pytest"])
  })

  it("may name an unusual group that brings pytest", () => {
    expect(chosen('["qa"]')).toMatchObject({
      requirements: ["pytest"],
      unit: PYTEST,
    })
  })

  it.each(['["lint"]', "[]"])(
    "leaves pytest to come by itself where the extras are %s, without it",
    (extras) => {
      expect(chosen(extras).remark).toMatch(/^pytest came by itself/)
    },
  )

  it("is told what else the lists would bring, for tests that are skipped without it", () => {
    const { offered } = tests({
      toml: [
        "[project.optional-dependencies]",
        'test = ["pytest"]',
        'fast = ["numpy>=2"]',
      ],
      paths: [PACKAGE, "tests/test_a.py"],
    })
    expect(offered).toStrictEqual(new Map([["numpy", "fast"]]))
  })

  it("is refused for every extra that is not there", () => {
    const toml = [
      ...EXTRA,
      "[tool.shipwheel.test]",
      'extras = ["tset", "test", "dve"]',
    ]
    const next =
      "Add it to `[project.optional-dependencies]`, or name one that is there."
    expect(
      refusal((problems) => resolveTests(outline({ toml }), problems)),
    ).toBe(
      [
        "2 problems, nothing was started:",
        `1. configuration: \`tool.shipwheel.test.extras\` names \`tset\`, which is no extra and no dependency group\n   ${next}`,
        `2. configuration: \`tool.shipwheel.test.extras\` names \`dve\`, which is no extra and no dependency group\n   ${next}`,
      ].join("\n\n"),
    )
  })
})
