import { describe, expect, it } from "vitest"

import { PACKAGE, project } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const CI = ".github/workflows/ci.yml"
type Texts = Readonly<Record<string, string>>

/** Why a linter is only reported, and what it is asked. */
function asked(name: string, texts: Texts) {
  const paths = [PACKAGE, "tests/test_a.py"]
  const { linters } = project({ paths, texts }).linting
  const linter = linters.find((each) => each.name === name)
  return {
    reported: linter?.reported,
    commands: linter?.commands.map((each) => each.join(" ")),
  }
}
const flake8 = (texts: Texts) => asked("flake8", { ".flake8": "", ...texts })
const tox = (...more: string[]) => ({
  "tox.ini": lines("[testenv:lint]", ...more),
})
const step = (...more: string[]) => ({
  [CI]: lines("jobs:", "  a:", "    steps:", ...more),
})

describe("a linter whose author lets it fail", () => {
  it.each<[string, string, Texts]>([
    ["tox.ini", "--exit-zero", tox("commands = flake8 --exit-zero src")],
    ["tox.ini", "a dash", tox("commands =", "  - flake8 src")],
    [
      "tox.ini",
      "an environment that is ignored",
      tox("ignore_outcome = true", "commands = flake8 src"),
    ],
    [
      "tox.ini",
      "an environment that is ignored as all are",
      {
        "tox.ini": lines(
          "[testenv]",
          "ignore_outcome = true",
          "[testenv:lint]",
          "commands = flake8 src",
        ),
      },
    ],
    ["Makefile", "a dash of make", { Makefile: "lint:\n\t-flake8 src\n" }],
    [CI, "|| true", step("    - run: flake8 src || true")],
    [
      CI,
      "a step that goes on",
      step("    - run: flake8 src", "      continue-on-error: true"),
    ],
    [
      "noxfile.py",
      "codes that are none",
      {
        "noxfile.py": 'session.run("flake8", "src", success_codes=[0, 1])\n',
      },
    ],
    [
      "tox.toml",
      "a table of tox",
      { "tox.toml": '[env.lint]\ncommands = [["-", "flake8", "src"]]\n' },
    ],
  ])("in `%s` is reported and stops nothing: %s", (path, _, texts) => {
    expect(flake8(texts)).toStrictEqual({
      reported: `\`${path}\` lets it fail`,
      commands: ["flake8 --count src"],
    })
  })

  it("stops where another call there does, which is what it is asked", () => {
    const twice = step(
      "    - run: |",
      "        flake8 src --select=E9",
      "        flake8 . --exit-zero --max-complexity=10",
    )
    expect(flake8(twice)).toStrictEqual({
      reported: undefined,
      commands: ["flake8 --count src --select=E9"],
    })
    const elsewhere = step(
      "    - run: black . || true",
      "    - run: flake8 src",
      "    - run: 'true'",
      "      continue-on-error: true",
    )
    expect(flake8(elsewhere).reported).toBeUndefined()
    const judged = step(
      "    - { id: lint, run: flake8 src, continue-on-error: true }",
      "    - { run: exit 1, if: steps.lint.outcome == 'failure' }",
    )
    expect(flake8(judged).reported).toBeUndefined()
  })

  it("stops where tox lets it stop, whatever others do, and where nothing runs it", () => {
    const both = { ...tox("commands = flake8 src"), Makefile: "\t-flake8 .\n" }
    expect(flake8(both).reported).toBeUndefined()
    expect(flake8({}).reported).toBeUndefined()
    expect(flake8(tox("commands = flake8")).reported).toBeUndefined()
  })

  it("is a type checker as well", () => {
    const texts = { "mypy.ini": "", ...tox("commands = - mypy src tests") }
    expect(asked("mypy", texts)).toStrictEqual({
      reported: "`tox.ini` lets it fail",
      commands: ["mypy src tests"],
    })
  })

  it("is one whose hook passes whatever it finds", () => {
    const hook = (args: string) => ({
      ".pre-commit-config.yaml": `repos: [{ repo: "https://github.com/PyCQA/flake8", rev: 7.0.0, hooks: [{ id: flake8, args: [${args}] }] }]`,
    })
    expect(flake8(hook("--exit-zero, --ignore=E501"))).toStrictEqual({
      reported: "the hook of `.pre-commit-config.yaml` lets it fail",
      commands: ["flake8 --count --ignore=E501"],
    })
    expect(flake8(hook("--ignore=E501")).reported).toBeUndefined()
  })
})

describe("a linter without settings of its own", () => {
  const black = (run: string) => asked("black", step(`    - ${run}`)).reported

  it.each([
    "run: black --check -l $LENGTH $(cat files)",
    "{ uses: psf/black@stable, with: { options: --check -S } }",
  ])("is reported where its call can't be read: %s", (run) => {
    expect(black(run)).toBe(`\`${CI}\` has settings of it that can't be read`)
  })

  it.each([
    "run: black --check src -l 99",
    "uses: psf/black@stable",
    "{ uses: psf/black@stable, with: { version: 24 } }",
  ])("stops where it can: %s", (run) => {
    expect(black(run)).toBeUndefined()
  })

  it.each(["ruff check src --select=E", "ruff check --select=E", "ruff check"])(
    "stops where it is called without a place: %s",
    (run) => {
      const texts = {
        Makefile: "\truff check src\n",
        ...step(`    - run: ${run}`),
      }
      expect(asked("ruff", texts).reported).toBeUndefined()
    },
  )
})
