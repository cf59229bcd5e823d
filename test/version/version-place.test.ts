import { describe, expect, it } from "vitest"

import { parseTag } from "../../src/version/version.js"
import {
  readPlace,
  spelledFor,
  type VersionPlace,
  writePlace,
} from "../../src/version/version-place.js"
import { lines, refusal } from "../helpers/refusal.js"

const PROJECT: VersionPlace = {
  kind: "toml",
  path: "pyproject.toml",
  key: ["project", "version"],
}
const MODULE: VersionPlace = {
  kind: "assignment",
  path: "quayside/__init__.py",
  name: "__version__",
}
const stampPyproject = (text: string, version: string) =>
  writePlace(PROJECT, text, version)
const stampModule = (text: string, version: string) =>
  writePlace(MODULE, text, version)

const REFUSED =
  "project: `project.version` in `pyproject.toml` can't be replaced by 1.2.0\n" +
  '   Write it as plain text on a line of its own, such as `version = "1.2.3"`.'

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

  it("is replaced in a table on one line", () => {
    const text = (version: string) =>
      `project = { name = "a", version = "${version}" } # version = "1"\n`
    expect(stampPyproject(text("1.1.0"), "1.2.0")).toBe(text("1.2.0"))
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
    ["is in three quotes", '[project]\nversion = """1.1.0"""\n'],
    ["is in three single quotes", "[project]\nversion = '''1.1.0'''\n"],
    [
      "is written in a description",
      '[project]\ndescription = """\nversion = "1"\n"""\n',
    ],
  ])("is refused when it %s", (_, text) => {
    expect(refusal(() => stampPyproject(text, "1.2.0"))).toBe(REFUSED)
  })
})

describe("the version in TOML of any form", () => {
  it.each([
    ["a dotted key", 'project.version = "1.1.0"\n'],
    ["quoted keys", '["project"]\n"version" = "1.1.0"\n'],
    [
      "a text before it",
      '[project]\nd = """\nversion = "1"\n"""\nversion = "1.1.0"\n',
    ],
    [
      "a list of lists before it",
      '[project]\nx = [\n[1],\n["version = 1"],\n]\nversion = "1.1.0"\n',
    ],
    ["a header with blanks", '[ project ] # here\nversion = "1.1.0"\n'],
    ["no line end", '[project]\nversion = "1.1.0"'],
  ])("is replaced with %s", (_, text) => {
    expect(stampPyproject(text, "1.2.0")).toBe(text.replace("1.1.0", "1.2.0"))
  })

  it("is replaced in a backend's own table", () => {
    const key = ["tool", "poetry", "version"]
    const text =
      '[tool.poetry.dependencies]\nversion = "1"\n[tool.poetry]\nversion = "1.1.0"\n'
    expect(writePlace({ ...PROJECT, key }, text, "1.2.0")).toBe(
      text.replace("1.1.0", "1.2.0"),
    )
  })
})

describe("the version in another file", () => {
  const cfg: VersionPlace = {
    kind: "ini",
    path: "setup.cfg",
    section: "metadata",
    option: "version",
  }
  const py: VersionPlace = {
    kind: "keyword",
    path: "setup.py",
    call: "setup",
    name: "version",
  }
  const file: VersionPlace = { kind: "file", path: "VERSION" }
  const pattern: VersionPlace = {
    kind: "pattern",
    path: "quayside/__about__.py",
    pattern:
      "(?i)^(__version__|VERSION)(?: ?\\: ?str)? *= *(['\"])v?(?P<version>.+?)\\2",
  }

  it.each([
    [
      "an option of setup.cfg",
      cfg,
      "[options]\nversion = 1\n[metadata]\nname = a\nversion = 1.1.0\n# version = 2\n[mypy]\npython_version = 3.9\n",
    ],
    ["an option with a colon", cfg, "[metadata]\r\nversion: 1.1.0\r\n"],
    [
      "a keyword of setup()",
      py,
      'import x\nsetup(\n    name="a",  # version="1"\n    install_requires=["b"],\n    extra(version="3"),\n    version=\'1.1.0\',\n    python_requires=">=3.9",\n)\n',
    ],
    ["a keyword behind a dot", py, 'setuptools.setup(version="1.1.0")\n'],
    ["a file of its own", file, "1.1.0\n"],
    ["a file without a line end", file, "  1.1.0"],
    ["hatch's pattern", pattern, "# version = '1'\nVERSION: str = 'v1.1.0'\n"],
    ["hatch's pattern in capitals", pattern, 'version = "1.1.0"\n'],
  ])("is replaced as %s, and not a byte beside it", (_, place, text) => {
    expect(writePlace(place, text, "1.2.0rc1")).toBe(
      text.replace("1.1.0", "1.2.0rc1"),
    )
  })

  it.each([
    ["a directive", cfg, "[metadata]\nversion =\n  attr: a\n"],
    ["a computed keyword", py, 'setup(version="1." + minor)\n'],
    ["a name", py, "setup(version=VERSION)\n"],
    ["a keyword of another call", py, 'other(version="1.1.0")\n'],
    ["two words", file, "version 1.1.0\n"],
    ["nothing", file, "\n"],
    ["what the pattern does not find", pattern, "__version__ = 1\n"],
    [
      "a pattern that only Python knows",
      { ...pattern, pattern: "(?P<version>(?(1)a|b))" },
      "a\n",
    ],
    [
      "a text that is not UTF-8",
      MODULE,
      '# Universit\uFFFDt\n__version__ = "1.1.0"\n',
    ],
  ])("is refused as %s", (_, place, text) => {
    expect(refusal(() => writePlace(place, text, "1.2.0"))).toMatch(
      /^project: /,
    )
  })

  it("is read where it is replaced", () => {
    expect(readPlace(file, "1.1.0\n")).toBe("1.1.0")
    expect(readPlace(file, "")).toBeUndefined()
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
    ['__version__ = """1.1.0"""', '__version__ = """1.2.0"""'],
    ['version = __version__ = "1.1.0"', 'version = __version__ = "1.2.0"'],
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
    "__version__ = \"1.1.0'",
    '__version__ =\n"1.1.0"',
    'def version(): return "1.1.0"',
    "",
  ])("is left to the module itself in %j", (text) => {
    expect(readPlace(MODULE, text)).toBeUndefined()
  })
})

describe("the version in a tuple", () => {
  const place: VersionPlace = { kind: "tuple", path: "quay.py", name: "V" }

  it.each([
    ["V = (1, 1, 1)", "1.1.1", "2.0.0", "V = (2, 0, 0)"],
    ["V = [1, 1]  # here", "1.1", "2.0.1", "V = [2, 0, 1]  # here"],
    ["V = (1, 1, '0b2')", "1.1.0b2", "2.0.0b1", 'V = (2, 0, "0b1")'],
    ["V: tuple = (1, 1,)", "1.1", "1.2.post1", 'V: tuple = (1, 2, "post1")'],
    ["V = (1, 1)", "1.1", "2", "V = (2,)"],
  ])("%s is %s, and as %s it is %s", (before, now, version, after) => {
    expect(readPlace(place, `${before}\n`)).toBe(now)
    expect(writePlace(place, `${before}\n`, version)).toBe(`${after}\n`)
  })

  it.each(["V = made(1, 1)", "V = (1, N)", "if x:\n    V = (1, 1)", "V = ()"])(
    "is none in %j",
    (text) => {
      expect(readPlace(place, text)).toBeUndefined()
    },
  )
})

describe("the version in a file that demands Semantic Versioning", () => {
  const json: VersionPlace = {
    ...{ kind: "json", key: ["version"] },
    path: "js/package.json",
  }
  const cargo: VersionPlace = {
    ...{ kind: "toml", key: ["package", "version"] },
    path: "Cargo.toml",
  }

  it.each([json, cargo])("is spelled so: $path", (place) => {
    const spelled = (tag: string) => spelledFor(place, parseTag(tag))
    expect(spelled("v2.0.0b1")).toBe("2.0.0-beta.1")
    expect(spelled("v2.0")).toBe("2.0.0")
    expect(refusal(() => spelled("v2.0.0.post1"))).toContain(
      "tag: `v2.0.0.post1` is version 2.0.0.post1, which",
    )
  })

  it("is that of the index in every other file", () => {
    expect(spelledFor(PROJECT, parseTag("v2.0.0-beta.1"))).toBe("2.0.0b1")
    expect(spelledFor(MODULE, parseTag("v2.0.0.post1"))).toBe("2.0.0.post1")
  })

  it("is written at the top of a package.json alone", () => {
    const text = '{ "x": { "version": "1.0.0" }, "version": "1.0.0" }'
    expect(writePlace(json, text, "2.0.0-beta.1")).toBe(
      '{ "x": { "version": "1.0.0" }, "version": "2.0.0-beta.1" }',
    )
    expect(readPlace(json, text)).toBe("1.0.0")
  })
})
