import { describe, expect, it } from "vitest"

import {
  buildScripts,
  requiredByBuild,
} from "../../src/reading/build-scripts.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

function clues(texts: Record<string, string>) {
  const pyproject = parsePyproject(texts["pyproject.toml"] ?? "")
  return { pyproject, sources: sources(texts) }
}

describe("what a build requires", () => {
  it("is named by pyproject.toml, setup.cfg and setup.py", () => {
    const all = clues({
      "pyproject.toml": '[build-system]\nrequires = ["setuptools>=77"]',
      "setup.cfg": lines(
        "[options]",
        "setup_requires =",
        "  Jupyter_Packaging",
      ),
      "setup.py": 'setup(setup_requires=["pbr"])',
    })
    expect(requiredByBuild(all)).toEqual([
      "setuptools",
      "jupyter-packaging",
      "pbr",
    ])
  })

  it("is nothing where nothing is named", () => {
    expect(requiredByBuild(clues({}))).toEqual([])
  })
})

describe("the scripts of a build", () => {
  it("are those that backends run by themselves or by their settings, where they are there", () => {
    const all = clues({
      "pyproject.toml": lines(
        "[tool.hatch.build.hooks.custom]",
        'path = "tools/hook.py"',
        "[tool.pdm.build]",
        'run-setup = "gone.py"',
      ),
      "tools/hook.py": "",
      "setup.py": "",
    })
    expect(buildScripts(all)).toEqual(["setup.py", "tools/hook.py"])
  })

  it.each([
    ["_build", ["."], "_build.py"],
    ["backend.main:api", ["tools"], "tools/backend/main.py"],
    ["backend", ["tools"], "tools/backend/__init__.py"],
  ])(
    "are the project's own backend too: %s in %j",
    (backend, folders, path) => {
      const system = [
        "[build-system]",
        "requires = []",
        `build-backend = "${backend}"`,
        `backend-path = ${JSON.stringify(folders)}`,
      ]
      const texts = { "pyproject.toml": lines(...system), [path]: "" }
      expect(buildScripts(clues(texts))).toEqual([path])
    },
  )
})
