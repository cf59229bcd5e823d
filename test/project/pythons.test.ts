import { describe, expect, it } from "vitest"

import { resolvePythons } from "../../src/project/pythons.js"
import { MATRIX, outline } from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const classifiers = (...pythons: string[]) =>
  `classifiers = ${JSON.stringify(pythons.map((each) => `Programming Language :: Python :: ${each}`))}`
const configured = (...pythons: string[]) => [
  "[tool.shipwheel]",
  `pythons = ${JSON.stringify(pythons)}`,
]
const resolving = (toml: readonly string[]) => {
  const found = outline({ toml })
  return (problems: Parameters<typeof resolvePythons>[2]) =>
    resolvePythons(found, MATRIX, problems)
}
const resolve = (...toml: string[]) => accepted(resolving(toml))

describe("the versions of Python", () => {
  it("are those of the matrix where nothing is said", () => {
    expect(resolve()).toStrictEqual({ pythons: MATRIX, leftOut: [] })
  })

  it("are those that `requires-python` allows, by the newest patch of each", () => {
    expect(resolve('requires-python = ">=3.10.5,<3.12"')).toStrictEqual({
      pythons: ["3.10", "3.11"],
      leftOut: ["3.9", "3.12"].map((python) => ({
        python,
        reason: "`requires-python`",
      })),
    })
  })

  it.each([
    ["^3.10", ["3.10", "3.11", "3.12"]],
    ["~3.10 || ~3.12", ["3.10", "3.12"]],
    [">=3.10,<3.12", ["3.10", "3.11"]],
    ["*", MATRIX],
  ])("are those that poetry's table allows: %s", (range, pythons) => {
    const toml = ["[tool.poetry.dependencies]", `python = "${range}"`]
    expect(resolve(...toml).pythons).toStrictEqual(pythons)
  })

  it("are those that setup.cfg or setup.py allows", () => {
    const cfg =
      "[metadata]\nname = quayside\n[options]\npython_requires = >=3.11\n"
    const py = "setup(name='quayside', python_requires='>=3.11')\n"
    for (const texts of [{ "setup.cfg": cfg }, { "setup.py": py }]) {
      const legacy = outline({ texts: { "pyproject.toml": "", ...texts } })
      const { leftOut, pythons } = accepted((problems) =>
        resolvePythons(legacy, MATRIX, problems),
      )
      expect(pythons).toStrictEqual(["3.11", "3.12"])
      expect(leftOut[0]?.reason).toBe("`python_requires`")
    }
  })

  it("are those that the classifiers name, if they name one", () => {
    expect(resolve(classifiers("3", "3.9", "3.10"))).toStrictEqual({
      pythons: ["3.9", "3.10"],
      leftOut: ["3.11", "3.12"].map((python) => ({
        python,
        reason: "the classifiers",
      })),
    })
    expect(resolve(classifiers("3", "3.7")).pythons).toStrictEqual(MATRIX)
  })

  it("are those that are asked for, once each, whatever the classifiers name", () => {
    const own = configured("3.12", "3.12", "3.13")
    expect(resolve(classifiers("3.9"), ...own).pythons).toStrictEqual([
      ...["3.12", "3.13"],
    ])
  })

  it("are none where the range is no range, whichever are named", () => {
    const garbage = ['requires-python = "garbage"']
    expect(refusal(resolving([...garbage, ...configured("3.12")]))).toBe(
      'project: `requires-python = "garbage"` is no range of versions\n   Write it as PEP 440 has it, such as `>=3.9` or `>=3.9,<4`.',
    )
  })

  it("are refused where none is left", () => {
    expect(refusal(resolving(['requires-python = ">=3.13"']))).toBe(
      'project: `requires-python = ">=3.13"` leaves none of 3.9, 3.10, 3.11, 3.12\n   Correct it, or name the versions to use in `tool.shipwheel.pythons`.',
    )
  })
})
