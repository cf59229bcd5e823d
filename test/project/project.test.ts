import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import { PACKAGE, project, resolve } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const SHIPWHEEL = "[tool.shipwheel]"

describe("a project", () => {
  it("needs no configuration", () => {
    expect(project()).toMatchObject({
      name: "quayside",
      pythons: ["3.9", "3.10", "3.11", "3.12"],
      leftOut: [],
      packageDir: "src/quayside",
      imports: ["quayside"],
      dependencies: [],
      tests: {
        requirements: [],
        unit: undefined,
        integration: undefined,
        reads: [],
      },
      smoke: [],
      indexes: [],
      indexWait: 300,
      frontends: [],
      notes: { changelog: undefined },
      readme: undefined,
      linting: { linters: [{ reported: "no linter is configured" }] },
      gates: resolveGates({}, []),
      contentsConfig: undefined,
    })
  })

  it("holds what its files and its configuration say", () => {
    const found = project({
      toml: [
        'readme = "README.md"',
        'dependencies = ["uvicorn", "fastapi"]',
        SHIPWHEEL,
        'imports = ["quayside.api", "quayside"]',
        'smoke = [["quayside", "--version"]]',
      ],
      paths: [PACKAGE, "CHANGES.md", "web/package-lock.json"],
      texts: { "web/package.json": '{ "scripts": { "build": "vite build" } }' },
    })
    expect(found).toMatchObject({
      imports: ["quayside.api", "quayside"],
      dependencies: ["fastapi", "uvicorn"],
      smoke: [["quayside", "--version"]],
      frontends: [{ path: "web", guessed: true }],
      notes: { changelog: "CHANGES.md" },
      readme: "README.md",
    })
  })

  it("that is a single module imports that", () => {
    expect(project({ paths: ["quayside.py"] })).toMatchObject({
      packageDir: "quayside.py",
      imports: ["quayside"],
    })
  })

  it("is refused with the problems of every part at once", () => {
    const message = refusal((problems) =>
      resolve(
        {
          toml: [
            'requires-python = ">=3.13"',
            "[tool.shipwheel.test]",
            'extras = ["tset"]',
          ],
          paths: [],
          texts: { "web/package.json": "{}" },
        },
        problems,
      ),
    )
    expect(message.match(/^(\d\. .*|\d problems.*)$/gm)).toStrictEqual([
      "5 problems, nothing was started:",
      "1. project: no import package was found for `quayside`",
      '2. project: `requires-python = ">=3.13"` leaves none of 3.9, 3.10, 3.11, 3.12',
      "3. frontend: `web/package.json` has no script `build`",
      "4. frontend: `web/package-lock.json` is not there",
      "5. configuration: `tool.shipwheel.test.extras` names `tset`, which is no extra and no dependency group",
    ])
  })
})

describe("the Pythons of a project", () => {
  it.each([
    ["", ["3.9", "3.10", "3.11", "3.12"], []],
    [">=3.9", ["3.9", "3.10", "3.11", "3.12"], []],
    [">=3.10", ["3.10", "3.11", "3.12"], ["3.9"]],
    [">=3.9.2", ["3.9", "3.10", "3.11", "3.12"], []],
    [">=3.10,<3.12", ["3.10", "3.11"], ["3.9", "3.12"]],
    ["~=3.11", ["3.11", "3.12"], ["3.9", "3.10"]],
    ["==3.11.*", ["3.11"], ["3.9", "3.10", "3.12"]],
    [">=3.9,!=3.10.*", ["3.9", "3.11", "3.12"], ["3.10"]],
  ])(
    "with requires-python %j are %j, without %j",
    (range, pythons, leftOut) => {
      const toml = [`requires-python = "${range}"`]
      const reason = "`requires-python`"
      expect(project({ toml })).toMatchObject({
        pythons,
        leftOut: leftOut.map((python) => ({ python, reason })),
      })
    },
  )

  it("are the configured ones, as far as requires-python has them", () => {
    const toml = [
      'requires-python = ">=3.10"',
      SHIPWHEEL,
      'pythons = ["3.9", "3.13"]',
    ]
    expect(project({ toml })).toMatchObject({
      pythons: ["3.13"],
      leftOut: [{ python: "3.9", reason: "`requires-python`" }],
    })
  })

  it("are each run once, however often they are named", () => {
    const toml = [SHIPWHEEL, 'pythons = ["3.9", "3.12", "3.9"]']
    expect(project({ toml }).pythons).toStrictEqual(["3.9", "3.12"])
  })

  it.each([">=4", "<3"])("are refused where requires-python is %j", (range) => {
    const toml = [`requires-python = "${range}"`]
    expect(refusal((problems) => resolve({ toml }, problems))).toBe(
      `project: \`requires-python = "${range}"\` leaves none of 3.9, 3.10, 3.11, 3.12\n   Correct it, or name the versions to use in \`tool.shipwheel.pythons\`.`,
    )
  })
})

describe("the readme of a project", () => {
  it.each([
    ['"README.md"', "README.md"],
    [
      '{ file = "docs/index.rst", content-type = "text/x-rst" }',
      "docs/index.rst",
    ],
    ['{ text = "A board.", content-type = "text/plain" }', undefined],
  ])("written as %s is %j", (value, readme) => {
    expect(project({ toml: [`readme = ${value}`] }).readme).toBe(readme)
  })
})

describe("the requirements of tests", () => {
  it("may be those that setup.cfg has for them", () => {
    const found = project({
      texts: {
        "setup.cfg": "[options]\ntests_require =\n  pytest\n  six\n",
        "tests/test_a.py": "",
      },
    })
    expect(found.tests.requirements).toStrictEqual(["pytest", "six"])
  })
})

describe("the configuration of check-wheel-contents", () => {
  it("is found in pyproject.toml first", () => {
    const toml = ["[tool.check-wheel-contents]", 'ignore = ["W002"]']
    const texts = { "tox.ini": "[check-wheel-contents]\n" }
    expect(project({ toml, texts }).contentsConfig).toBe("pyproject.toml")
  })

  it.each([
    ["tox.ini", "check-wheel-contents", true],
    ["setup.cfg", "tool:check-wheel-contents", true],
    ["setup.cfg", "check-wheel-contents", false],
    ["check-wheel-contents.cfg", "check-wheel-contents", true],
    [".check-wheel-contents.cfg", "check-wheel-contents", true],
    [".check-wheel-contents.cfg", "metadata", false],
  ])("in %s is [%s]: %j", (path, section, read) => {
    const found = project({
      texts: { [path]: `[${section}]\nignore = W002\n` },
    })
    expect(found.contentsConfig).toBe(read ? path : undefined)
  })
})
