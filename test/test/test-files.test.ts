import { describe, expect, it } from "vitest"

import { findTestFiles, placesOf } from "../../src/test/test-files.js"

const SETTINGS = { configured: false, testpaths: [], pythonFiles: undefined }
const NONE = { usual: [], other: [], elsewhere: [], foreign: [] }

interface More {
  readonly without?: readonly string[]
  readonly testpaths?: readonly string[]
  readonly pythonFiles?: readonly string[]
  readonly pytestWanted?: boolean
}

function found(paths: readonly string[], more: More = {}) {
  const { pytestWanted = true, without = [], ...settings } = more
  return findTestFiles(
    new Set(paths),
    "src/quayside",
    without,
    { ...SETTINGS, ...settings },
    pytestWanted,
  )
}

describe("test files", () => {
  it("are told apart by where they are", () => {
    const usual = ["test/test_a.py", "tests/deep/a_test.py"]
    const other = ["src/quayside/test_a.py", "test_a.py", "testing/test_a.py"]
    const elsewhere = ["e2e/test_a.py", "src/test_a.py"]
    const foreign = ["docs/test_a.py", "frontend/test_a.py"]
    const all = [...foreign, ...elsewhere, ...other, ...usual]
    expect(found(all, { without: ["frontend"] })).toStrictEqual({
      usual,
      other,
      elsewhere,
      foreign,
    })
  })

  it.each(["checks", "./checks", "checks/"])(
    "are in the usual place where pytest is told to look: %s",
    (path) => {
      expect(found(["checks/test_a.py"], { testpaths: [path] })).toStrictEqual({
        ...NONE,
        usual: ["checks/test_a.py"],
      })
    },
  )

  it.each([
    ["example/blog/tests", "example/blog/tests/test_a.py"],
    ["docs/", "docs/deep/test_a.py"],
    ["docs/test_a.py", "docs/test_a.py"],
  ])(
    "are in the usual place where pytest is told to look in what is else nobody's: %s",
    (told, path) => {
      const inside = "docs/node_modules/a/test_a.py"
      expect(found([path, inside], { testpaths: [told] })).toStrictEqual({
        ...NONE,
        usual: [path],
      })
      expect(found([path]).usual).toStrictEqual([])
    },
  )

  it("have the names that the project gives them, and no others", () => {
    const paths = ["tests/check_a.py", "tests/test_a.py", "tests/unit/b.py"]
    expect(found(paths, { pythonFiles: ["check_?.py", "unit/*.py"] })).toEqual({
      ...NONE,
      usual: ["tests/check_a.py", "tests/unit/b.py"],
    })
  })

  it.each(["tests.py", "test/tests.py", "tests/testberths.py"])(
    "of unittest alone count where nobody wants pytest: %s",
    (path) => {
      const { other, usual } = found([path], { pytestWanted: false })
      expect([...usual, ...other]).toStrictEqual([path])
      expect(found([path])).toStrictEqual(NONE)
    },
  )

  it.each([
    "node_modules/a/test_a.py",
    "examples/test_a.py",
    "src/quayside/_vendor/test_a.py",
    "{{cookiecutter.name}}/tests/test_a.py",
    ".tox/test_a.py",
    "frontend/test_a.py",
    "tests/test_a.txt",
    "tests/atest_a.py",
  ])("are not %s", (path) => {
    expect(found([path], { without: ["frontend"] })).toMatchObject({
      ...NONE,
      foreign: expect.any(Array) as unknown,
    })
  })
})

describe("the places of tests outside the usual one", () => {
  it.each([
    [["test_a.py"], ["test_a.py"]],
    [["testing/deep/test_a.py"], ["testing"]],
    [["src/quayside/tests/deep/test_a.py"], ["src/quayside/tests"]],
    [["src/quayside/core/test_a.py"], ["src/quayside"]],
    [
      ["src/quayside/tests/test_a.py", "src/quayside/test_b.py"],
      ["src/quayside"],
    ],
  ])("of %j are %j", (files, places) => {
    expect(placesOf(files, "src/quayside")).toStrictEqual(places)
  })

  it("are in no package where there is none", () => {
    expect(placesOf(["testing/test_a.py"], undefined)).toEqual(["testing"])
  })
})
