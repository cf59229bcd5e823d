import { describe, expect, it } from "vitest"

import {
  packageData,
  setuptoolsLayout,
  setuptoolsName,
  testsRequire,
} from "../../src/backends/setuptools-backend.js"
import { described } from "../helpers/described.js"
import { lines } from "../helpers/refusal.js"

const NOWHERE = { roots: [], paths: [], modules: [] }

describe("setuptools' packages", () => {
  it("are where pyproject.toml says", () => {
    const toml = [
      "[tool.setuptools]",
      'py-modules = ["berth"]',
      "[tool.setuptools.package-dir]",
      '"" = "lib"',
      'quayside = "code"',
      "[tool.setuptools.packages.find]",
      'where = ["other"]',
    ]
    expect(setuptoolsLayout(described(toml))).toStrictEqual({
      roots: ["lib", "other"],
      paths: [{ path: "code" }],
      modules: ["berth"],
    })
  })

  it.each([
    [
      "setup.cfg",
      "[options]\npackage_dir =\n  = lib\npackages = find:\n[options.packages.find]\nwhere = lib\n",
      { roots: ["lib", "lib"] },
    ],
    [
      "setup.cfg",
      "[options]\npackages =\n  quayside\n  berth\n",
      {
        modules: ["quayside", "berth"],
      },
    ],
    [
      "setup.py",
      'setup(package_dir={"": "lib"}, packages=find_packages("lib"))\n',
      { roots: ["lib", "lib"] },
    ],
    [
      "setup.py",
      'setup(packages=["quayside"], py_modules=["berth"])\n',
      {
        modules: ["quayside", "berth"],
      },
    ],
    ["setup.py", "setup(packages=found())\n", {}],
  ])("are where %s says %j", (file, text, found) => {
    expect(setuptoolsLayout(described([], { [file]: text }))).toStrictEqual({
      ...NOWHERE,
      ...found,
    })
  })
})

it.each<[string, string[], Record<string, string>]>([
  [
    "setup.py",
    [],
    {
      "setup.py":
        'setup(packages=find_packages(include=["git", "git.*", "*", "sp*ce"]))\n',
    },
  ],
  [
    "setup.cfg",
    [],
    { "setup.cfg": "[options.packages.find]\ninclude =\n  git*\n  space\n" },
  ],
  [
    "pyproject.toml",
    ["[tool.setuptools.packages.find]", 'include = ["git*", "space*"]'],
    {},
  ],
])(
  "packages that patterns of %s name are setuptools', and no namespaces",
  (_, toml, texts) => {
    const files = { "git/__init__.py": "", "space/of/__init__.py": "" }
    const { modules } = setuptoolsLayout(
      described(toml, { ...files, ...texts }),
    )
    expect(modules).toEqual(["git"])
  },
)

describe("the name of a project that setuptools builds", () => {
  it.each([
    ["setup.cfg", "[metadata]\nname = quay\n", "quay"],
    ["setup.py", 'setup(name="quay")\n', "quay"],
    ["setup.py", "setup(name=NAME)\n", undefined],
  ])("is what %s says in %j", (file, text, name) => {
    expect(setuptoolsName(described([], { [file]: text }))).toBe(name)
  })

  const script = lines(
    'about = runpy.run_path("src/quay/__about__.py")',
    'setup(name=about["__title__"])',
  )
  const TITLE = '__title__ = "quay-lib"\n'
  it.each<[string, Record<string, string>, string | undefined]>([
    ["names", { "src/quay/__about__.py": TITLE }, "quay-lib"],
    [
      "names, whatever others say",
      {
        "src/quay/__about__.py": TITLE,
        "quay/other.py": '__title__ = "other"\n',
      },
      "quay-lib",
    ],
    [
      "may name, of several with one word",
      {
        "src/quay/__about__.py": TITLE,
        "heron/__about__.py": '__title__ = "heron"\n',
      },
      undefined,
    ],
    ["names, where it is plain", { "src/quay/__about__.py": "" }, undefined],
  ])("is in the module that setup.py %s", (_, texts, name) => {
    const all = { "setup.py": script, ...texts }
    expect(setuptoolsName(described([], all))).toBe(name)
  })
})

it("a name that setup.py takes of the package that it imports is that package's", () => {
  const script = "import quay\nsetup(name=quay.__title__)\n"
  const named = (texts: Record<string, string>) =>
    setuptoolsName(described([], { "setup.py": script, ...texts }))
  expect(named({ "quay/__init__.py": '__title__ = "quay-lib"\n' })).toBe(
    "quay-lib",
  )
  expect(named({ "heron/__init__.py": '__title__ = "heron"\n' })).toBe(
    undefined,
  )
})

describe("the name of a project whose setup.py reads package.json", () => {
  const named = (read: string, given: string, texts = {}) =>
    setuptoolsName(
      described([], {
        "package.json": '{ "name": "quay-lib" }',
        "setup.py": lines(
          `with open(${read}) as f:`,
          "    package = json.load(f)",
          `package_name = ${given}`,
          "setup(name=package_name)",
        ),
        ...texts,
      }),
    )
  const DASH = 'package["name"].replace(" ", "_").replace("-", "_")'

  it("is made of the one there as Dash's template makes it", () => {
    expect(named('"package.json"', DASH)).toBe("quay_lib")
    const inside = { "quay/package.json": '{ "name": "the quay" }' }
    const joined = 'os.path.join("quay", "package.json")'
    expect(named(joined, DASH, inside)).toBe("the_quay")
  })

  it("is that itself where nothing is made of it", () => {
    expect(named("'package.json'", "package['name']")).toBe("quay-lib")
  })

  it("is not known where something else is made of it, or no such file is read", () => {
    expect(named('"package.json"', 'package["name"].upper()')).toBeUndefined()
    expect(named('"names.json"', DASH)).toBeUndefined()
    expect(
      named('"package.json"', DASH, { "package.json": "{" }),
    ).toBeUndefined()
  })
})

it("`tests_require` is a group of its own", () => {
  const text = "[options]\ntests_require =\n  pytest\n  click<9; requests\n"
  expect(testsRequire(described([], { "setup.cfg": text }))).toStrictEqual({
    tests_require: ["pytest", "click<9", "requests"],
  })
  expect(testsRequire(described())).toStrictEqual({})
})

it("data goes into setuptools' wheel and sdist by a line each", () => {
  const path = "src/quayside/frontend"
  const folder = {
    isFolder: true,
    path,
    inner: "frontend",
    packageDir: "src/quayside",
  }
  expect(packageData.lines([folder], "quayside")).toStrictEqual([
    {
      file: "pyproject.toml",
      lines: [
        "[tool.setuptools.package-data]",
        '"quayside" = ["frontend/**/*"]',
      ],
    },
    { file: "MANIFEST.in", lines: [`graft ${path}`] },
  ])
})
