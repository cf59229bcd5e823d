import { describe, expect, it } from "vitest"

import { pytestSettings } from "../../src/test/pytest-settings.js"
import { pyproject, sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

type Texts = Readonly<Record<string, string>>

const settings = (texts: Texts, ...toml: string[]) =>
  pytestSettings(pyproject(...toml), sources(texts))

const NONE = { configured: false, testpaths: [], pythonFiles: undefined }
const INI = lines("testpaths = one two", "python_files =", "  check_*.py")
const FOUND = {
  configured: true,
  testpaths: ["one", "two"],
  pythonFiles: ["check_*.py"],
}

describe("pytest's settings", () => {
  it.each([
    ["pytest.ini", "pytest"],
    [".pytest.ini", "pytest"],
    ["tox.ini", "pytest"],
    ["setup.cfg", "tool:pytest"],
  ])("are read from %s", (path, section) => {
    expect(settings({ [path]: `[${section}]\n${INI}` })).toStrictEqual(FOUND)
  })

  it.each([
    ["[tool.pytest.ini_options]", '"one two"', '"check_*.py"'],
    ["[tool.pytest.ini_options]", '["one", "two"]', '["check_*.py"]'],
    ["[tool.pytest]", '["one", "two"]', '["check_*.py"]'],
  ])("are read from %s, with testpaths %s", (table, paths, files) => {
    const toml = [table, `testpaths = ${paths}`, `python_files = ${files}`]
    expect(settings({}, ...toml)).toStrictEqual(FOUND)
  })

  it.each(["pytest.toml", ".pytest.toml"])("are read from %s", (path) => {
    const text = lines(
      "[pytest]",
      'testpaths = ["one", "two"]',
      'python_files = ["check_*.py"]',
    )
    expect(settings({ [path]: text })).toStrictEqual(FOUND)
  })

  it.each([...["pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"]])(
    "are there in an empty %s",
    (path) => {
      expect(settings({ [path]: "" })).toStrictEqual({
        ...NONE,
        configured: true,
      })
    },
  )

  it.each([
    ["a setup.cfg without them", { "setup.cfg": "[pytest]\ntestpaths = a\n" }],
    ["an empty tox.ini", { "tox.ini": "" }],
    [
      "a folder's own below a conftest.py",
      { "conftest.py": "", "tests/pytest.ini": "[pytest]\n" },
    ],
  ])("are not there in %s", (_, texts) => {
    expect(settings(texts as Texts)).toStrictEqual(NONE)
  })

  it("are those of pytest.toml, then pytest.ini, then pyproject.toml, then tox.ini", () => {
    const toml = ["[tool.pytest.ini_options]", 'testpaths = ["toml"]']
    const tox = { "tox.ini": "[pytest]\ntestpaths = tox\n" }
    const own = { "pytest.ini": "[pytest]\ntestpaths = own\n" }
    const newest = { "pytest.toml": '[pytest]\ntestpaths = ["new"]\n' }
    expect(settings({ ...own, ...newest }, ...toml).testpaths).toEqual(["new"])
    expect(settings({ ...tox, ...own }, ...toml).testpaths).toEqual(["own"])
    expect(settings(tox, ...toml).testpaths).toEqual(["toml"])
    expect(settings(tox).testpaths).toEqual(["tox"])
  })

  it.each<[string, string]>([
    ["tests/pytest.toml", '[pytest]\npython_files = ["check_*.py"]\n'],
    ["test/.pytest.ini", "[pytest]\npython_files = check_*.py\n"],
    [
      "tests/pyproject.toml",
      '[tool.pytest.ini_options]\npython_files = "check_*.py"\n',
    ],
    ["testing/setup.cfg", "[tool:pytest]\npython_files = check_*.py\n"],
  ])("are those of a folder where the top has none: %s", (path, text) => {
    const [folder = ""] = path.split("/")
    expect(settings({ [path]: text })).toStrictEqual({
      ...{ configured: true, testpaths: [folder], folder },
      pythonFiles: ["check_*.py"],
    })
    const top = { "pytest.ini": "", [path]: text }
    expect(settings(top)).toStrictEqual({ ...NONE, configured: true })
  })

  it("that are of another kind say nothing", () => {
    const toml = ["[tool.pytest.ini_options]", "testpaths = 1"]
    expect(settings({}, ...toml)).toStrictEqual({ ...NONE, configured: true })
  })
})
