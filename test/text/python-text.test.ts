import { describe, expect, it } from "vitest"

import {
  assignedTexts,
  firstArgumentOf,
  importedFrom,
  keywordOf,
  listKeywordOf,
} from "../../src/text/python-text.js"

function assigned(source: string, name = "__version__"): string[] {
  return assignedTexts(source, name).map(({ end, start }) =>
    source.slice(start, end),
  )
}

describe("an assigned text", () => {
  it.each([
    ["plainly", '__version__ = "1"'],
    ["with an annotation", "__version__: str = '1'"],
    ["to several names", 'version = __version__ = "1"'],
    ["raw", '__version__ = r"1"'],
    ["in three quotes", '__version__ = """1"""'],
    ["after another statement", 'import os; __version__ = "1"'],
    ["before a comment", '__version__ = "1"  # not "2"'],
    ["after a mark at the start", '\uFEFF__version__ = "1"'],
    ["between line ends of Windows", 'a = 1\r\n__version__ = "1"\r\n'],
    ["after what is no Python", 'def f(:\n  x = 1\n__version__ = "1"\n'],
    ["after a docstring", '"""\n__version__ = "2"\n"""\n__version__ = "1"'],
  ])("is found when it is written %s", (_, source) => {
    expect(assigned(source)).toEqual(["1"])
  })

  it("is found in each place", () => {
    const source = '__version__ = "1"\nx = 1\n__version__ = "2"\n'
    expect(assigned(source)).toEqual(["1", "2"])
  })

  it.each([
    ["below a condition", 'if x:\n    __version__ = "1"'],
    ["in a class", 'class A:\n    __version__ = "1"'],
    ["joined of two", '__version__ = "1" "2"'],
    ["computed", '__version__ = "1" + x'],
    ["bytes", '__version__ = b"1"'],
    ["formatted", '__version__ = f"1"'],
    ["with an escape", '__version__ = "\\x31"'],
    ["over several lines", '__version__ = """\n1\n"""'],
    ["in a tuple", '__version__, x = "1"'],
    ["without an end", '__version__ = "1\n'],
    ["a member of it", 'a.__version__ = "1"'],
    ["a longer name", '__version__2 = "1"'],
  ])("is none when it is %s", (_, source) => {
    expect(assigned(source)).toEqual([])
  })
})

describe("an imported name", () => {
  it.each([
    ["from .about import version", ".about", "version"],
    ["from .about import number as version", ".about", "number"],
    ["from . import (\n    a,\n    version,\n)", ".", "version"],
    ["from ..one.two import a, version # b", "..one.two", "version"],
    ["try:\n    from ._v import version\nexcept: pass", "._v", "version"],
  ])("of %j is told with its module", (source, module, name) => {
    expect(importedFrom(source, "version")).toEqual({ module, name })
  })

  it.each([
    "import version",
    "from .about import version as number",
    "from .about import *",
    "# from .about import version",
  ])("is none in %j", (source) => {
    expect(importedFrom(source, "version")).toBeUndefined()
  })
})

describe("the keyword of a call", () => {
  const text = (source: string) => {
    const span = keywordOf(source, "setup", "version")?.text
    return span && source.slice(span.start, span.end)
  }

  it.each([
    'setup(name="a", version="1")',
    'setuptools.setup(**x, version = "1",)',
    'if x:\n    setup(version="1")',
    'setup(extras=dict(version="2"), version="1")',
  ])("is a text in %j", (source) => {
    expect(text(source)).toBe("1")
  })

  it.each([
    'args = dict(name="a", version="1")\nsetup(**args)',
    "args = {'name': 'a', 'version': '1'}\nsetup(name='b', **args)",
    'setup(**{"version": "1"})',
    'setup(**dict(version="1"))',
    'args = {}\nargs["version"] = "1"\nsetup(**args)',
    'args = {"version": "2"}\nargs["version"] = "1"\nsetup(**args)',
    'base = {"version": "1"}\nargs = dict(name="a", **base)\nsetup(**args)',
    'def main():\n    args = {"version": "1"}\n    setup(**args)',
    'args = {"version": "2"}\nsetup(version="1", **args)',
  ])("is a text of a table in %j", (source) => {
    expect(text(source)).toBe("1")
  })

  it.each([
    'args = dict(version="1")\nsetup(args)',
    'args = dict(version="1")\nsetup(*args)',
    'args = made(version="1")\nsetup(**args)',
    'args = {version: "1"}\nsetup(**args)',
    'args = {"other": {"version": "1"}}\nsetup(**args)',
    'other["version"] = "1"\nsetup(**args)',
    "args = dict(**args)\nsetup(**args)",
  ])("is in no table in %j", (source) => {
    expect(keywordOf(source, "setup", "version")).toBeUndefined()
  })

  it("is a name where it is one", () => {
    expect(keywordOf("setup(version=V)", "setup", "version")).toEqual({
      name: "V",
    })
  })

  it.each(['"1" + x', "read()", "about.V", 'f"{x}"', "None"])(
    "is neither when it is %s",
    (value) => {
      const source = `setup(version=${value})`
      expect(keywordOf(source, "setup", "version")).toEqual({})
    },
  )

  it.each([
    'other(version="1")',
    'def setup(version="1"): pass',
    'setup(dict(version="1"))',
    '"setup(version=1)"',
  ])("is none in %j", (source) => {
    expect(keywordOf(source, "setup", "version")).toBeUndefined()
  })

  it.each([
    ['["one", "two"]', ["one", "two"]],
    ['("one", x, "two")', ["one", "two"]],
    ['{"one": ["two"]}', ["one", "two"]],
    ["find_packages()", []],
    ['"one"', []],
  ])("of %s has these texts", (value, texts) => {
    const source = `setup(packages=${value}, other=["three"])`
    expect(listKeywordOf(source, "setup", "packages")).toEqual(texts)
  })
})

describe("the first argument of a call", () => {
  it("is told where it is a text", () => {
    const source = 'setup(packages=find_packages("src", exclude=[]))'
    expect(firstArgumentOf(source, "find_packages")).toBe("src")
  })

  it.each([
    "find_packages()",
    "find_packages(x)",
    'find_packages(where="src")',
  ])("is none in %s", (source) => {
    expect(firstArgumentOf(source, "find_packages")).toBeUndefined()
  })
})

/** Each took minutes, or never came to an end, when it was read by expressions. */
it("of twenty tables a keyword is found, and no more are looked up", () => {
  const nested = (depth: number) =>
    [
      "setup(**t0)",
      ...Array.from(
        { length: depth },
        (_, at) => `t${String(at)} = dict(**t${String(at + 1)})`,
      ),
      `t${String(depth)} = dict(version="1")`,
    ].join("\n")
  expect(keywordOf(nested(19), "setup", "version")).toBeDefined()
  expect(keywordOf(nested(20), "setup", "version")).toBeUndefined()
})

describe("what is no Python is read in a time that grows with its length:", () => {
  const END = '\n__version__ = "1"\n'
  it.each([
    [
      "a docstring without an end and 100,001 backslashes",
      `"""${"\\".repeat(100_001)}`,
    ],
    ["20,000 open brackets", `x = ${"(".repeat(20_000)}`],
    ["100,000 quotes", "'\"".repeat(50_000)],
    ["20,000 broken functions", "def (:\n".repeat(20_000)],
    [
      "2,000 levels",
      Array.from({ length: 2_000 }, (_, at) => `${" ".repeat(at)}if x:`).join(
        "\n",
      ),
    ],
  ])("%s", (_, source) => {
    expect(assigned(source + END).length).toBeLessThan(2)
    expect(
      keywordOf(`${source}${END}setup(`, "setup", "version"),
    ).toBeUndefined()
  })

  it("a module of 20,000 lines", () => {
    expect(assigned(`${"x = 1\n".repeat(20_000)}${END}`)).toEqual(["1"])
  })
})
