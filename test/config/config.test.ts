import { describe, expect, it } from "vitest"

import { parseConfig, soundPart } from "../../src/config/config.js"
import { refusal } from "../helpers/refusal.js"

const IMPORTS =
  'a list of modules and import statements, such as ["quayside.app", "from quayside import app"]'

describe("[tool.shipwheel]", () => {
  it.each([undefined, {}])(
    "may be %j, as everything is found by looking",
    (table) => {
      expect(parseConfig(table)).toStrictEqual({})
    },
  )

  it("is taken as it is written", () => {
    const table = {
      package: "backend/quayside",
      pythons: ["3.9", "3.13"],
      imports: ["quayside.api", "from quayside.api import app, state as s"],
      smoke: [["quayside", "--version"]],
      changelog: "docs/CHANGES.md",
      test: {
        extras: ["test"],
        unit: ["pytest", "tests/unit"],
        integration: ["pytest", "tests/integration"],
        reads: ["README.md"],
      },
      frontend: {
        path: "frontend",
        output: "out",
        destination: "backend/quayside/frontend",
        script: "export",
      },
    }
    const read = { ...table, frontend: [table.frontend] }
    expect(parseConfig(table)).toStrictEqual(read)
  })

  it("may have several frontends as an array of tables", () => {
    const frontend = [{ path: "site" }, { path: "admin", script: "export" }]
    expect(parseConfig({ frontend })).toStrictEqual({ frontend })
  })

  it("is refused with all that is wrong with it at once", () => {
    const table = { pythons: ["3.9", "2.7"], smoke: [[]], test: { units: [] } }
    expect(refusal(() => parseConfig(table))).toBe(
      [
        "3 problems, nothing was started:",
        '1. configuration: `tool.shipwheel.pythons.1` has a value of the wrong kind\n   Accepted is a version in quotes, such as "3.12".',
        '2. configuration: `tool.shipwheel.smoke.0` has a value of the wrong kind\n   Accepted is a list of arguments that starts with a program, such as ["quayside", "--version"].',
        "3. configuration: `tool.shipwheel.test.units` is not a known key\n   Did you mean `unit`? Known are `extras`, `requires`, `system`, `lock`, `fresh`, `unit`, `integration`, `reads`.",
      ].join("\n\n"),
    )
  })

  it.each([
    [
      "package",
      { pakage: "src/quayside" },
      "`tool.shipwheel.pakage` is not a known key\n   Did you mean `package`? Known are `package`, `pythons`, `imports`, ",
    ],
    [
      "test.reads",
      { test: { read: ["README.md"] } },
      "`tool.shipwheel.test.read` is not a known key\n   Did you mean `reads`? Known are `extras`, `requires`, `system`, `lock`, `fresh`, `unit`, `integration`, `reads`.",
    ],
    [
      "frontend.script",
      { frontend: { path: "web", scirpt: "build" } },
      "`tool.shipwheel.frontend.scirpt` is not a known key\n   Did you mean `script`? Known are `path`, `output`, `destination`, `reads`, `script`, `node`.",
    ],
    [
      "frontend.script of several",
      { frontend: [{ path: "web" }, { path: "ui", scirpt: "build" }] },
      "`tool.shipwheel.frontend.1.scirpt` is not a known key\n   Did you mean `script`? Known are `path`, ",
    ],
  ])("knows that a misspelt key is %s", (_, table, message) => {
    const told = refusal(() => parseConfig(table))
    expect(told.startsWith(`configuration: ${message}`)).toBe(true)
  })
})

describe("a value of the wrong kind", () => {
  const OUTPUT =
    "a path relative to the frontend's folder, such as `dist` or `../quayside/static`, or a list of those"
  const PATH = "a path inside the project, such as `frontend`"
  const BESIDE =
    "a path relative to the project, such as `CHANGELOG.md` or `../docs/changes.md`"
  const RUNNABLE =
    'a list of arguments that starts with a program and holds no zero byte, such as ["quayside", "--version"]'
  const PYTHONS = 'a list of at least one version, such as ["3.9", "3.13"]'
  const PYTHON = 'a version in quotes, such as "3.12"'
  it.each([
    ["package", 3, PATH],
    ["package", "", PATH],
    ["changelog", false, BESIDE],
    ["changelog", "/etc/passwd", BESIDE],
    ["pythons", "3.12", PYTHONS],
    ["pythons", [], PYTHONS],
    ["pythons.0", [3.12], PYTHON],
    ["pythons.0", ["3.12.1"], PYTHON],
    ["pythons.0", ["3"], PYTHON],
    ["pythons.0", [">=3.9"], PYTHON],
    ["imports", "quayside", IMPORTS],
    ["imports.1", ["quayside", 1], IMPORTS],
    ["imports.0", ["import os; os.abort()"], IMPORTS],
    [
      "smoke",
      "quayside --version",
      'a list of commands, such as [["quayside", "--version"]]',
    ],
    [
      "smoke.0",
      ["quayside --version"],
      'a list of arguments, such as ["quayside", "--version"]',
    ],
    ["smoke.0.1", [["quayside", 1]], "a text"],
    ["smoke.0", [[" ", "--version"]], RUNNABLE],
    ["smoke.0", [["quayside", "a\0b"]], RUNNABLE],
    ["test", true, "a table"],
    ["test.extras", { extras: "test" }, "a list of extras or groups"],
    ["test.extras.0", { extras: [1] }, "a name"],
    [
      "test.unit",
      { unit: "pytest" },
      'a list of arguments, such as ["python", "-m", "pytest", "tests/unit"], or [] for none',
    ],
    [
      "test.integration",
      { integration: "pytest" },
      'a list of arguments, such as ["python", "-m", "pytest", "tests/integration"], or [] for none',
    ],
    ["test.reads", { reads: "a" }, 'a list of paths, such as ["README.md"]'],
    ["test.reads.0", { reads: ["../a"] }, PATH],
    ["frontend", "web", "a table"],
    ["frontend.0", ["web"], "a table"],
    [
      "frontend.node",
      { path: "web", node: 22 },
      'a version in quotes, such as "22"',
    ],
    ["frontend.output", { path: "web", output: "/out" }, OUTPUT],
    ["frontend.destination", { path: "web", destination: ".." }, PATH],
    [
      "frontend.script",
      { path: "web", script: 1 },
      "the name of an npm script",
    ],
  ])(
    "of `%s`, such as %j, is told with what is accepted",
    (place, value, accepted) => {
      const [key = ""] = place.split(".")
      expect(refusal(() => parseConfig({ [key]: value }))).toBe(
        `configuration: \`tool.shipwheel.${place}\` has a value of the wrong kind\n   Accepted is ${accepted}.`,
      )
    },
  )

  it("in place of the whole table is refused as well", () => {
    expect(refusal(() => parseConfig("yes"))).toBe(
      "configuration: `tool.shipwheel` has a value of the wrong kind\n   Accepted is a table.",
    )
  })
})

describe("mirrors", () => {
  it.each([
    { index: "https://mirror.example.org/pypi/simple/" },
    { index: "http://10.0.0.1:3141/simple" },
    { npm: "https://mirror.example.org/npm/" },
    { images: "registry.example.org/mirror" },
    { images: "10.0.0.1:5000" },
    { images: "registry.example.org:5000/docker_hub/library" },
  ])("such as %j are taken", (mirrors) => {
    expect(parseConfig({ mirrors })).toStrictEqual({ mirrors })
  })

  const OPEN =
    "Accepted is a URL that begins with `https://` or `http://`, such as `https://mirror.example.org/simple/`, without blanks and `\\`, and without user, password, `?` and `#`: `pyproject.toml` is no place for secrets, and those may hold one."
  const IMAGES =
    "Accepted is a registry and a path without user and password, such as `registry.example.org/mirror`."

  it.each([
    ["index", "https://kim:parsley@mirror.example.org/simple/", OPEN],
    ["index", "https://parsley@mirror.example.org/simple/", OPEN],
    ["index", "https://:parsley@mirror.example.org/simple/", OPEN],
    ["index", "https://mirror.example.org/simple/?token=parsley", OPEN],
    ["index", "file:///srv/parsley", OPEN],
    ["index", 1, OPEN],
    ["npm", "https://kim:parsley@mirror.example.org/npm/", OPEN],
    ["npm", "mirror.example.org/parsley", OPEN],
    ["images", "kim:parsley@registry.example.org", IMAGES],
    ["images", "https://registry.example.org/parsley", IMAGES],
    ["images", "registry.example.org/parsley/", IMAGES],
    ["images", "registry.example.org/parsley && true", IMAGES],
    ["images", 1, IMAGES],
  ])("of `%s` as %j are refused, and not repeated", (key, value, accepted) => {
    const said = refusal(() => parseConfig({ mirrors: { [key]: value } }))
    expect(said).toBe(
      `configuration: \`tool.shipwheel.mirrors.${key}\` has a value of the wrong kind\n   ${accepted}`,
    )
  })

  it("for anything else are no known key", () => {
    expect(refusal(() => parseConfig({ mirrors: { image: "a" } }))).toContain(
      "Did you mean `images`? Known are `index`, `npm`, `osv`, `images`.",
    )
  })
})

describe("a path", () => {
  it.each(["frontend", "a/b", "..a/b..", ".", "a b", "a/...", "ünï"])(
    "such as %j is inside the project",
    (path) => {
      expect(parseConfig({ package: path })).toStrictEqual({ package: path })
    },
  )

  it.each(["/etc", "..", "a\nb", "../a", "a/../../b", "a/..", "a/../b"])(
    "such as %j is refused, as it leaves the project or may do so",
    (path) => {
      expect(refusal(() => parseConfig({ package: path }))).toContain(
        "`tool.shipwheel.package` has a value of the wrong kind",
      )
    },
  )
})

describe("what is installed for the tests", () => {
  it.each([
    ...["pytest", "click<8.2", "pytest>=8,<9 ; python_version > '3.9'"],
    ...["a[b,c]==1.*", "a @ https://example.org/a.whl", "a (>=1)", "a~=2.0"],
  ])("may be a requirement: %s", (requirement) => {
    const test = { requires: [requirement] }
    expect(parseConfig({ test }).test).toStrictEqual(test)
  })

  it.each([
    ...["-r /etc/passwd", "--index-url=http://x", "pytest<", "", "a b", "./a"],
  ])("is no option and nothing else: %j", (requirement) => {
    expect(
      refusal(() => parseConfig({ test: { requires: [requirement] } })),
    ).toContain('such as ["pytest", "click<8.2"]; options of pip are none')
  })

  it.each(["../x", "", "a b"])("is an extra by its name, not %j", (extra) => {
    expect(refusal(() => parseConfig({ test: { extras: [extra] } }))).toContain(
      "Accepted is a name",
    )
  })
})

it("a prefix of tags is not what makes a trial of any tag", () => {
  expect(refusal(() => parseConfig({ "tag-prefix": "staging/" }))).toContain(
    "what comes behind `staging/`, which makes a trial of any tag",
  )
})

describe("the sound part of a configuration", () => {
  it.each([
    [{ pythonz: 1, package: "lib/q" }, { package: "lib/q" }],
    [{ smoke: "q", changelog: "NEWS.md" }, { changelog: "NEWS.md" }],
    ["yes", {}],
    [undefined, {}],
  ])("of %j is %j", (table, sound) => {
    expect(soundPart(table)).toStrictEqual(sound)
  })
})
