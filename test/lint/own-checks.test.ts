import { describe, expect, it } from "vitest"

import { isByHand, ownChecks } from "../../src/lint/own-checks.js"
import { Sources } from "../../src/reading/sources.js"
import { PACKAGE, project } from "../helpers/builders.js"

const SOURCES = new Sources(
  new Set([
    ...["src/wren/a.py", "tests/test_a.py", "docs/conf.py", "six.py"],
    "web/src/page.ts",
  ]),
  new Map(),
)
const RUFF = ["ruff", "check", "--no-cache", "."]
const USUAL = {
  black: ["black", "--check", "."],
  flake8: ["flake8", "--count"],
  format: ["ruff", "format", "--no-cache", "--check", "."],
  isort: ["isort", "--check-only", "."],
  ruff: RUFF,
} as const

function commands(
  usual: keyof typeof USUAL,
  ...runners: [path: string, text: string][]
): string[] {
  const read = runners.map(([path, text]) => ({ path, text }))
  const own = ownChecks(USUAL[usual], read, SOURCES)
  return (own.length > 0 ? own : [USUAL[usual]]).map((each) => each.join(" "))
}

describe("a linter looks at what its project has it look at", () => {
  it.each<[keyof typeof USUAL, string, ...string[]]>([
    ["black", "black --check src tests", "black --check src tests"],
    ["black", "uv run black src --check --diff -q", "black --check src --diff"],
    ["black", 'session.run("black", "--check", "src")', "black --check src"],
    ["black", 'A="src tests"\nblack --check $A', "black --check src tests"],
    [
      "flake8",
      "flake8 --exclude 'a b' \"src\"",
      "flake8 --count --exclude a b src",
    ],
    ["black", "python -m black --check six.py", "black --check six.py"],
    ["black", "black --check {posargs:src}", "black --check src"],
    ["black", "black --check -l 99 src", "black --check -l 99 src"],
    ["isort", "isort -c -q src tests/", "isort --check-only src tests/"],
    [
      "flake8",
      "flake8 src\nflake8 tests --max-line-length=99",
      "flake8 --count src",
      "flake8 --count tests --max-line-length=99",
    ],
    ["ruff", "ruff check --fix src/", "ruff check --no-cache src/"],
    [
      "ruff",
      "ruff check . --extend-select=C4,I --ignore E501,UP032 --target-version=py39",
      "ruff check --no-cache . --extend-select=C4,I --ignore E501,UP032 --target-version=py39",
    ],
    [
      "flake8",
      "flake8 --max-line-length 99",
      "flake8 --count --max-line-length 99",
    ],
    ["flake8", "flake8 src --exit-zero", "flake8 --count src"],
    ["ruff", "ruff check --select E", "ruff check --no-cache . --select E"],
    [
      "ruff",
      "ruff check -q --select E\nruff check src",
      "ruff check --no-cache src",
    ],
    [
      "ruff",
      "ruff check --fix\nruff check --select E src",
      "ruff check --no-cache .",
      "ruff check --no-cache --select E src",
    ],
    [
      "ruff",
      "ruff check\nruff check src",
      "ruff check --no-cache src",
      "ruff check --no-cache .",
    ],
    [
      "ruff",
      "ruff format src\nruff check src tests",
      "ruff check --no-cache src tests",
    ],
    [
      "format",
      "ruff format --diff src\nruff check tests",
      "ruff format --no-cache --check src",
    ],
  ])("%s: %j", (usual, text, ...wanted) => {
    expect(commands(usual, ["tox.ini", text])).toStrictEqual(wanted)
  })

  it("as tox says before the CI, the CI before what is for the hand, and what checks before what formats", () => {
    const [tox, ci, make] = ["tox.ini", ".github/workflows/a.yml", "Makefile"]
    const hand: [string, string] = [make, "black --check ."]
    const action: [string, string] = [ci, "  - run: black --check tests"]
    expect(
      commands("black", hand, action, [tox, "black --check src"]),
    ).toStrictEqual(["black --check src"])
    expect(commands("black", hand, action)).toStrictEqual([
      "black --check tests",
    ])
    expect(commands("black", hand, [tox, "black src"])).toStrictEqual([
      "black --check .",
    ])
    expect(commands("black", [tox, "black src"])).toStrictEqual([
      "black --check src",
    ])
  })

  it.each<[keyof typeof USUAL, string, string]>([
    ["black", "only a shell knows it", "black --check $SOURCES"],
    ["black", "it is not there", "black --check lib"],
    ["flake8", "its text goes on elsewhere", "flake8 --exclude 'a\n  b' src"],
    ["black", "it is a frontend", "black --check web"],
    ["black", "its settings are elsewhere", "black --check --config ../a src"],
    ["flake8", "it looks at nothing", "flake8 --version"],
    ["black", "it names nothing", "black --check --line-length 99"],
    ["ruff", "it runs another", "uv run nox -s ruff check src"],
    ["isort", "it is another's", "pylint src && pre-isort src"],
    ["ruff", "it is a report for a file", "ruff check -o found.txt src"],
  ])(
    "and at everything where %s's call is no such thing: %s",
    (usual, _, text) => {
      expect(commands(usual, ["tox.ini", text])).toStrictEqual([
        USUAL[usual].join(" "),
      ])
    },
  )

  const nox = (...call: string[]) =>
    commands("flake8", [
      "noxfile.py",
      ['PATHS = ("src", "tests")', `session.run(${call.join(", ")})`].join(
        "\n",
      ),
    ])

  it("as nox is given a list of texts by its name", () => {
    expect(nox('"flake8"', "*PATHS")).toStrictEqual([
      "flake8 --count src tests",
    ])
    expect(nox('"flake8"', '"src"', "*session.posargs")).toStrictEqual([
      "flake8 --count src",
    ])
  })

  it("and at everything where nox is given what Python alone knows", () => {
    const call = ['"flake8"', '"--max-line-length=99"']
    expect(nox(...call, "*more")).toStrictEqual(["flake8 --count"])
    expect(nox(...call, "str(path)")).toStrictEqual(["flake8 --count"])
  })

  it("and at everything where a frontend's script names less", () => {
    expect(
      commands("black", ["package.json", '{ "py": "black --check src" }']),
    ).toStrictEqual(["black --check ."])
  })

  it("but what has no such calls is asked as it was", () => {
    const usual = ["pyright"]
    const runners = [{ path: "tox.ini", text: "pyright src" }]
    expect(ownChecks(usual, runners, SOURCES)).toStrictEqual([])
  })
})

describe("a call that formats", () => {
  const make = (text: string) => isByHand("black", { path: "Makefile", text })
  it("is for the hand, unless tox or the CI makes it", () => {
    expect(make("\tblack src")).toBe(true)
    expect(make("\tblack --check src")).toBe(false)
    expect(make("\tisort src")).toBe(false)
    expect(isByHand("black", { path: "tox.ini", text: "black src" })).toBe(
      false,
    )
  })

  const black = (texts: Readonly<Record<string, string>>) => {
    const { left, linters } = project({ paths: [PACKAGE], texts }).linting
    return { left, names: linters.map(({ name }) => name) }
  }
  const Makefile = "format:\n\tblack src\n"

  it("by hand asks for no black where the CI or hooks run another linter", () => {
    const CI = ".github/workflows/lint.yml"
    const why = `\`Makefile\` formats with it by hand, and \`${CI}\` runs others`
    expect(
      black({ Makefile, [CI]: "  - run: ruff check src\n" }),
    ).toStrictEqual({ left: [{ name: "black", why }], names: ["ruff"] })
  })

  it("by hand asks for one where nothing else does", () => {
    expect(black({ Makefile })).toStrictEqual({ left: [], names: ["black"] })
  })
})

describe("a ruff without a table", () => {
  const ruff = (texts: Readonly<Record<string, string>>) => {
    const { linters } = project({ paths: [PACKAGE], texts }).linting
    return {
      stops: linters.every(({ reported }) => reported === undefined),
      commands: linters.map(({ commands: each }) =>
        each.map((words) => words.slice(0, 2).join(" ")),
      ),
    }
  }
  const hooks = (...ids: string[]) => ({
    ".pre-commit-config.yaml": `repos: [{ repo: "https://github.com/astral-sh/ruff-pre-commit", rev: v0.11.5, hooks: ${JSON.stringify(ids.map((id) => ({ id })))} }]`,
  })
  it.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{ "tox.ini": "[testenv:a]\ncommands = ruff check src\n" }, "ruff check"],
    [{ Makefile: "a:\n\truff format --diff src\n" }, "ruff format"],
    [hooks("ruff"), "ruff check"],
    [hooks("ruff-format"), "ruff format"],
    [hooks("ruff", "ruff-format"), "ruff check", "ruff format"],
  ])("does what asks for it, and stops the release: %j", (texts, ...wanted) => {
    expect(ruff(texts)).toStrictEqual({ stops: true, commands: [wanted] })
  })

  it("stops nothing where nothing asks for it", () => {
    expect(ruff({}).stops).toBe(false)
  })
})
