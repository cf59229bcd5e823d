import { describe, expect, it } from "vitest"

import { allows, pythonRange } from "../../src/project/python-range.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const found = (toml: readonly string[], texts: Record<string, string> = {}) =>
  pythonRange({
    pyproject: parsePyproject(lines(...toml)),
    sources: sources(texts),
  })

const PROJECT = ["[project]", 'name = "quay"', 'requires-python = ">=3.10"']
const POETRY = ["[tool.poetry.dependencies]", 'python = "^3.9 || ^4.1"']
const CFG = { "setup.cfg": "[options]\npython_requires = >=3.8\n" }
const PY = { "setup.py": "setup(python_requires='>=3.11')" }

describe("the range of Pythons", () => {
  it.each([
    ["[project]", [...PROJECT, ...POETRY], CFG, "requires-python", ">=3.10"],
    [
      "poetry's table",
      POETRY,
      {},
      "tool.poetry.dependencies.python",
      "^3.9 || ^4.1",
    ],
    ["setup.cfg", [], { ...CFG, ...PY }, "python_requires", ">=3.8"],
    ["setup.py", [], PY, "python_requires", ">=3.11"],
  ])("is that of %s", (_, toml, texts, key, written) => {
    expect(found(toml, texts)).toMatchObject({ key, written })
  })

  it("is none where nothing says it, and where `[project]` leaves a setup.cfg unread", () => {
    expect(found([])).toBeUndefined()
    expect(found(["[project]", 'name = "quay"'], CFG)).toBeUndefined()
  })

  it("allows a Python that one of its alternatives allows", () => {
    const range = found(POETRY)
    expect(range?.alternatives).toStrictEqual([">=3.9,<4.0", ">=4.1,<5.0"])
    const alternatives = ["==3.9.*", ">=3.11"]
    const allowed = ["3.9", "3.10", "3.11"].filter((python) =>
      allows({ written: "", key: "", alternatives }, python),
    )
    expect(allowed).toStrictEqual(["3.9", "3.11"])
  })
})
