import { describe, expect, it } from "vitest"

import { stampModule, stampPyproject } from "../../src/core/stamp.js"
import { lines, refusal } from "../helpers/refusal.js"

const REFUSED =
  "project: `version` in `[project]` of `pyproject.toml` can't be replaced\n" +
  '   Write it on a line of its own: `version = "1.2.3"`.'

const HOSTILE = lines(
  "# version = '0.0.1'",
  "[build-system]",
  'requires = ["setuptools>=77"]',
  "# as in [project]",
  "version = '0.0.2'",
  "",
  "[tool.before]",
  'version = "0.0.3"',
  "",
  "[project]\t # version = '0.0.4'",
  'name = "quayside"',
  "# version = '0.0.5'",
  'requires-python = ">=3.9"',
  'version-note = "0.0.6"',
  "version   = '1.1.0'  # the next one is 1.2.0",
  'classifiers = ["Programming Language :: Python :: 3.9"]',
  "",
  "[project.urls]",
  'version = "0.0.7"',
  "",
  "[tool.mypy]",
  'python_version = "3.9"',
  "[tool.ruff]",
  'target-version = "py39"',
  "[tool.bumpversion]",
  'current_version = "0.0.8"',
  'version = "0.0.9"',
  "[[tool.list]]",
  'version = "0.0.10"',
)

describe("the version in pyproject.toml", () => {
  it("is replaced in [project], and not a byte beside it", () => {
    expect(stampPyproject(HOSTILE, "1.2.0b1")).toBe(
      HOSTILE.replace("'1.1.0'", "'1.2.0b1'"),
    )
  })

  it("is replaced without touching line ends of Windows", () => {
    const text = HOSTILE.replaceAll("\n", "\r\n")
    expect(stampPyproject(text, "1.2.0")).toBe(
      text.replace("'1.1.0'", "'1.2.0'"),
    )
  })

  it.each([
    ['version = "1.1.0"', 'version = "1.2.0"'],
    ["version = '1.1.0'", "version = '1.2.0'"],
    ['version="1.1.0"', 'version="1.2.0"'],
    ['version\t=\t"1.1.0"\t# note', 'version\t=\t"1.2.0"\t# note'],
    ['version = ""', 'version = "1.2.0"'],
    ['version = "$1"', 'version = "1.2.0"'],
    ['version = "1.2.0"', 'version = "1.2.0"'],
  ])("written as %j becomes %j", (before, after) => {
    const text = (line: string) => `[project]\nname = "quayside"\n${line}`
    expect(stampPyproject(text(before), "1.2.0")).toBe(text(after))
  })

  it("is found when [project] is not the first table and has lists of lists", () => {
    const text = (version: string) =>
      lines(
        "[project]",
        "authors = [",
        '  { name = "A" },',
        "]",
        `version = "${version}"`,
        "[tool.x]",
        'version = "1"',
      )
    expect(stampPyproject(text("1.1.0"), "1.2.0")).toBe(text("1.2.0"))
  })

  it.each([
    ["is dynamic", '[project]\nname = "a"\ndynamic = ["version"]\n'],
    [
      "is in another table only",
      '[project]\nname = "a"\n[tool.x]\nversion = "1"\n',
    ],
    [
      "is in an indented table",
      '[project]\nname = "a"\n  [tool.x]\nversion = "1"\n',
    ],
    ["is a comment", '[project]\nname = "a"\n# version = "1"\n'],
    ["has no table", 'name = "a"\nversion = "1"\n'],
    ["is in an inline table", 'project = { name = "a", version = "1" }\n'],
    ["is written with a dotted key", 'project.version = "1"\n'],
    ["is in three quotes", '[project]\nversion = """1.1.0"""\n'],
    ["is in three single quotes", "[project]\nversion = '''1.1.0'''\n"],
    [
      "is written in a description",
      '[project]\ndescription = """\nversion = "1"\n"""\n',
    ],
    [
      "comes after one that is text",
      '[project]\ndescription = """\nversion = "1"\n"""\nversion = "2"\n',
    ],
  ])("is refused when it %s", (_, text) => {
    expect(refusal(() => stampPyproject(text, "1.2.0"))).toBe(REFUSED)
  })
})

describe("the version in a module", () => {
  it.each([
    ['__version__ = "1.1.0"', '__version__ = "1.2.0"'],
    ["__version__ = '1.1.0'", "__version__ = '1.2.0'"],
    ['__version__="1.1.0"', '__version__="1.2.0"'],
    ["__version__: str = '1.1.0'", "__version__: str = '1.2.0'"],
    [
      '__version__ : typing.Final = "1.1.0"  # here',
      '__version__ : typing.Final = "1.2.0"  # here',
    ],
    ['__version__\t:\tstr\t=\t"1.1.0"', '__version__\t:\tstr\t=\t"1.2.0"'],
    ['__version__ = ""', '__version__ = "1.2.0"'],
  ])("written as %j becomes %j", (before, after) => {
    expect(stampModule(before, "1.2.0")).toBe(after)
    expect(stampModule(`${before}\r\nx = 1\r\n`, "1.2.0")).toBe(
      `${after}\r\nx = 1\r\n`,
    )
  })

  it("is replaced in every place that assigns it, and nowhere else", () => {
    const text = (version: string) =>
      lines(
        '"""The harbour, at __version__ = "0.0.1"."""',
        "from ._meta import __version__",
        `__version__ = "${version}"`,
        '__version_info__ = "0.0.2"',
        'my__version__ = "0.0.3"',
        '# __version__ = "0.0.4"',
        'version = "0.0.5"',
        'if __version__ == "0.0.6":',
        "    print(\"__version__ = '0.0.7'\")",
        `__version__: str = '${version}'`,
      )
    expect(stampModule(text("1.1.0"), "1.2.0")).toBe(text("1.2.0"))
  })

  it.each([
    '__version__ = version("quayside")',
    "__version__ = VERSION",
    '__version__ = """1.1.0"""',
    "__version__ = '''1.1.0'''",
    "__version__ = \"1.1.0'",
    '__version__ =\n"1.1.0"',
    'def version(): return "1.1.0"',
    "",
  ])("is left to the module itself in %j", (text) => {
    expect(stampModule(text, "1.2.0")).toBe(text)
  })
})
