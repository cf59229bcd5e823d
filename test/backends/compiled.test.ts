import { describe, expect, it } from "vitest"

import { compiledPart } from "../../src/backends/compiled.js"
import { described } from "../helpers/described.js"

const builtBy = (backend: string, ...more: string[]) => [
  "[build-system]",
  "requires = []",
  `build-backend = "${backend}"`,
  ...more,
]
const part = (...given: Parameters<typeof described>) =>
  compiledPart(described(...given))
const setup = (py: string) => part([], { "setup.py": py })

describe("a package is compiled", () => {
  it.each([
    ["maturin", "`maturin` compiles it", /^maturin-action/],
    [
      "scikit_build_core.build",
      "`scikit_build_core.build` compiles it",
      /^cibuildwheel/,
    ],
    ["mesonpy", "`mesonpy` compiles it", /^cibuildwheel/],
  ])("where the backend is there for that: %s", (backend, why, builder) => {
    const found = part(builtBy(backend))
    expect(found).toMatchObject({ why, optional: false, bySetuptools: false })
    expect(found?.builder).toMatch(builder)
  })

  it.each([
    ["setup(ext_modules=[Extension('quay', ['quay.c'])])", "ext_modules"],
    ["setup(ext_modules=cythonize('quay/*.pyx'))", "ext_modules"],
    ["setup(cffi_modules=['build.py:ffi'])", "cffi_modules"],
    ["setup(rust_extensions=[RustExtension('quay')])", "rust_extensions"],
    ["kwargs['ext_modules'] = extensions", "ext_modules"],
    ["class Wheel(bdist_wheel):\n  root_is_pure = False", "root_is_pure"],
  ])("where setup.py says so: %s", (py, said) => {
    expect(setup(py)).toMatchObject({
      why: `\`${said}\` in \`setup.py\` is compiled`,
      bySetuptools: true,
      optional: false,
    })
  })

  it.each([
    [
      "[[tool.setuptools.ext-modules]]",
      "`tool.setuptools.ext-modules` is compiled",
    ],
    [
      "[[tool.setuptools-rust.ext-modules]]",
      "`tool.setuptools-rust` is compiled",
    ],
  ])("where pyproject.toml does: %s", (table, why) => {
    expect(part([table, 'name = "quay.fast"'])).toMatchObject({ why })
  })

  it.each([
    [
      "hatchling.build",
      ["[tool.hatch.build.targets.wheel.hooks.mypyc]", "dependencies = []"],
      "the hook `mypyc` of hatchling compiles it",
    ],
    [
      "hatchling.build",
      ["[tool.hatch.build.hooks.cython]", "dependencies = []"],
      "the hook `cython` of hatchling compiles it",
    ],
    [
      "poetry.core.masonry.api",
      ["[tool.poetry.build]", 'script = "build.py"'],
      "a project with a build script (`tool.poetry.build`) gets a wheel for one platform from poetry-core",
    ],
    [
      "poetry.core.masonry.api",
      ["[tool.poetry]", 'build = "build.py"'],
      "a project with a build script (`tool.poetry.build`) gets a wheel for one platform from poetry-core",
    ],
    [
      "pdm.backend",
      ["[tool.pdm.build]", "run-setuptools = true"],
      "`run-setuptools` in `[tool.pdm.build]` compiles it",
    ],
  ])("where a hook of %s is told to: %s", (backend, table, why) => {
    expect(part(builtBy(backend, ...table))).toMatchObject({ why })
  })

  it("where a hook of the project's own says that its wheel is not pure", () => {
    const own = ["[tool.hatch.build.hooks.custom]"]
    const script = "build_data['pure_python'] = False\n"
    expect(
      part(builtBy("hatchling.build", ...own), { "hatch_build.py": script }),
    ).toMatchObject({
      why: "`hatch_build.py` makes its wheel one for a platform",
    })
  })
})

describe("a compiled part is optional", () => {
  it.each([
    ["Extension('a', ['a.c'], optional=True)", true],
    ["Extension('a', ['a.c'], optional=not FORCED)", true],
    ["Extension('a', ['a.c'], optional=False)", false],
    ["Extension('a', ['a.c'], optional=True), Extension('b', ['b.c'])", false],
  ])("where each extension says so: %s", (list, optional) => {
    expect(setup(`setup(ext_modules=[${list}])`)).toMatchObject({ optional })
  })

  it("whatever a variable makes of that", () => {
    const py = [
      'FORCED = os.environ.get("QUAY_USE_EXTENSION") == "yes"',
      "setup(ext_modules=[Extension('a', ['a.c'], optional=not FORCED)])",
    ]
    expect(setup(py.join("\n"))).toMatchObject({ optional: true })
  })

  it("where the tables of pyproject.toml do", () => {
    const table = ["[[tool.setuptools.ext-modules]]", 'name = "quay.fast"']
    expect(part([...table, "optional = true"])).toMatchObject({
      optional: true,
    })
    expect(part(table)).toMatchObject({ optional: false })
  })
})

describe("nothing is compiled", () => {
  it.each([
    "setup()",
    "setup(ext_modules=[])",
    "setup(ext_modules=None)",
    "# ext_modules = []",
    'USE = os.getenv("QUAY_USE_MYPYC", "0")\nsetup(ext_modules=mypycify(F) if USE else [])',
  ])("by a setup.py that says so: %s", (py) => {
    expect(setup(py)).toBeUndefined()
  })

  it.each([
    [
      "hatchling.build",
      [
        "[tool.hatch.build.targets.wheel.hooks.mypyc]",
        "enable-by-default = false",
      ],
    ],
    [
      "pdm.backend",
      ["[tool.pdm.build]", "run-setuptools = true", "is-purelib = true"],
    ],
    ["scikit_build_core.build", ["[tool.scikit-build]", "wheel.cmake = false"]],
    ["uv_build", []],
  ])("where %s is told not to: %s", (backend, table) => {
    expect(part(builtBy(backend, ...table))).toBeUndefined()
  })

  it("by a setup.py that another backend leaves unread", () => {
    const py = "setup(ext_modules=[Extension('a', ['a.c'])])"
    expect(
      part(builtBy("flit_core.buildapi"), { "setup.py": py }),
    ).toBeUndefined()
  })
})
