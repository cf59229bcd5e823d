import { readFileSync } from "node:fs"
import { join } from "node:path"

import { ExecError } from "@dagger.io/dagger"
import { describe, expect, it } from "vitest"

import { buildFailure } from "../../src/build/build-failure.js"

const PIN = "pin the last that worked: "

/** The build of a case fails in the words that were really printed. */
function failed(name: string, requires?: readonly string[]) {
  const folder = join(import.meta.dirname, "../pipeline/recorded/builds")
  const error = new ExecError("exit code: 2", {
    cmd: ["python", "/build.py", "/dist"],
    exitCode: 2,
    stdout: "",
    stderr: readFileSync(join(folder, `${name}.txt`), "utf8"),
  })
  return buildFailure("the build failed", error, { requires })
}

describe("a failed build", () => {
  it("begins with what the backend said last", () => {
    expect(failed("no-readme", ["hatchling"]).summary).toBe(
      "the build failed: OSError: Readme file does not exist: READ.md",
    )
  })

  it.each([
    ["takes any", ["wheel<1", "setuptools>=61"]],
    ["names none", undefined],
  ])("asks to pin a backend that lost a module, where it %s", (_, requires) => {
    expect(failed("gone-module", requires).details).toContain(
      `${PIN}\`setuptools==<version>\``,
    )
  })

  it.each([
    ["gone-module", ["setuptools==75.8.2"], "it is pinned"],
    ["gone-module", ["setuptools<82; python_version > '3'"], "it is bounded"],
    ["gone-module", ["hatchling"], "another builds"],
    ["undeclared", ["setuptools"], "the module is nobody's"],
    ["no-readme", ["hatchling"], "a file is missing"],
    ["npm-failed", ["setuptools"], "npm failed"],
    ["unreached", ["hatchling"], "the index was not reached"],
    ["no-interpreter", ["hatchling"], "no interpreter fits"],
    ["no-version", ["hatchling"], "there is no such version"],
    ["no-compiler", ["setuptools"], "there is no compiler"],
  ])("of %s asks to pin nothing of %j, because %s", (name, requires) => {
    expect(failed(name, requires).details).not.toContain(PIN)
  })

  it("gives other advice where that fits what the backend said", () => {
    const error = new ExecError("", {
      cmd: ["python"],
      exitCode: 2,
      stdout: "",
      stderr:
        "lost\nerror: Failed to build `/src`\n  cause: The build backend returned an error\n",
    })
    const advice = (backend: string) =>
      backend === "lost" ? "Find it." : undefined
    expect(buildFailure("no", error, { requires: [], advice }).details).toMatch(
      /\n\nFind it\.$/,
    )
  })

  const imported = (...lines: string[]) => {
    const stderr = [
      ...lines,
      'File "/src/quayside/__init__.py", line 1, in <module>',
      "    import numpy.linalg",
      "ModuleNotFoundError: No module named 'numpy'",
      "error: Failed to build `/src`",
      "  cause: The build backend returned an error",
    ].join("\n")
    const failure = { cmd: ["python"], exitCode: 2, stdout: "", stderr }
    return buildFailure("no", new ExecError("", failure), { requires: [] })
  }

  it("names the module of the project that imports what is not there, and the list for it", () => {
    const { details } = imported()
    expect(details).toContain(
      "The build imports `quayside/__init__.py`, which imports `numpy`,",
    )
    expect(details).toContain("has to name what brings `numpy`")
    expect(details).not.toContain("`attr`")
  })

  it("tells how setuptools reads a version without such an import", () => {
    const { details } = imported(
      'File "/site-packages/setuptools/config/expand.py", line 1, in read_attr',
    )
    expect(details).toContain("`quayside._version.__version__`")
  })

  it("is told like any other where it is none of a backend", () => {
    const { details, summary } = buildFailure(
      "no build",
      new Error("no disk"),
      {
        requires: [],
      },
    )
    expect({ details, summary }).toStrictEqual({
      summary: "no build: no disk",
      details: "no disk",
    })
  })
})
