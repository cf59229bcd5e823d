import { describe, expect, it } from "vitest"

import { isForTests, workFiles } from "../../src/reading/requirements-files.js"

describe("requirements files for work on a project", () => {
  it("stand in one order: the kind of work, the shortest name, the usual place", () => {
    const wanted = [
      "requirements-test.txt",
      "requirements_test.txt",
      "test-requirements.txt",
      "requirements/test.txt",
      "test/requirements.txt",
      "requirements/test-ci.txt",
      "requirements-tests.txt",
      "requirements/requirements-dev.txt",
      "requirements/lint.txt",
      "requirements-mypy.txt",
      "requirements-ci.txt",
    ]
    expect(workFiles([...wanted].reverse())).toStrictEqual(wanted)
  })

  it("are none where they are what a CI is set up with", () => {
    expect(workFiles(["ci/requirements.txt"])).toStrictEqual([])
  })

  it.each([
    ["requirements/test-ci.txt", true],
    ["unit_requirements.in", true],
    ["requirements-dev.txt", false],
    ["requirements/latest.txt", false],
  ])("are for tests by a word of the name: %s", (path, expected) => {
    expect(isForTests(path)).toBe(expected)
  })
})
