import { describe, expect, it } from "vitest"

import { groupsElsewhere } from "../../src/backends/backend-answers.js"
import { backendOf, BACKENDS } from "../../src/backends/backends.js"
import { outlineProject } from "../../src/project/outline.js"
import { placeName } from "../../src/version/version-place.js"
import { pyproject, resolve, sources } from "../helpers/builders.js"
import { accepted, lines, refusal } from "../helpers/refusal.js"

const INIT = "src/quayside/__init__.py"
const builtBy = (backend: string, ...requires: string[]) => [
  "[build-system]",
  `requires = ${JSON.stringify(requires)}`,
  `build-backend = "${backend}"`,
]
/** A project that leaves its version to what builds it. */
const DYNAMIC = ["[project]", 'name = "quayside"', 'dynamic = ["version"]']

function source(...toml: string[]) {
  const own = { "pyproject.toml": lines(...toml) }
  return { texts: { ...own, [INIT]: "" } }
}

describe("a build backend", () => {
  it.each([
    ["setuptools.build_meta", "setuptools"],
    ["setuptools.build_meta:__legacy__", "setuptools"],
    ["pbr.build", "setuptools"],
    ["hatchling.build", "hatchling"],
    ["flit_core.buildapi", "flit"],
    ["flit_scm:buildapi", "flit"],
    ["poetry.core.masonry.api", "poetry-core"],
    ["poetry_dynamic_versioning.backend", "poetry-core"],
    ["pdm.backend", "pdm-backend"],
    ["uv_build", "uv_build"],
    ["sphinx_theme_builder", "sphinx-theme-builder"],
    ["scikit_build_core.build", "scikit-build-core"],
    ["maturin", "maturin"],
  ])("%s is that of %s", (module, name) => {
    expect(backendOf(pyproject(...builtBy(module))).name).toBe(name)
  })

  it("of the project's own, and none, are setuptools", () => {
    expect(backendOf(pyproject(...builtBy("_build"))).name).toBe("setuptools")
    expect(backendOf(pyproject()).name).toBe("setuptools")
  })

  it.each([
    [["poetry-core>=1.9"], "poetry-core"],
    [["hatchling", "hatch-vcs"], "hatchling"],
    [["hatchling", "setuptools>=64"], "setuptools"],
    [["tomli"], "setuptools"],
  ])("of the project's own that requires %s is that of %s", (own, name) => {
    expect(backendOf(pyproject(...builtBy("_build", ...own))).name).toBe(name)
  })

  it("is in the table once, under each of its modules", () => {
    const names = BACKENDS.flatMap(({ modules }) => modules)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain("setuptools")
  })
})

describe("the version", () => {
  it("of maturin is refused with the file that it is in", () => {
    const step = (toml: string[]) =>
      refusal((problems) => resolve(source(...toml), problems))
    expect(step([...builtBy("maturin"), ...DYNAMIC])).toBe(
      'project: maturin takes the version from `Cargo.toml`, which is not there\n   Say in `[tool.shipwheel]` which file holds it, such as `version-in = { path = "quayside/VERSION" }`, with a `pattern` where that holds more; or let setuptools-scm, hatch-vcs, pdm-backend or versioneer take it from git: those are told the version of the tag. Where `pyproject.toml` has a `[project]` table, it can have the `version` itself.',
    )
  })

  it.each(["maturin", "scikit_build_core.build", "uv_build"])(
    "of %s is written into [project] where that has one",
    (backend) => {
      const { versioning } = accepted((problems) =>
        resolve(
          source(
            ...builtBy(backend),
            "[project]",
            'name = "quayside"',
            'version = "1"',
          ),
          problems,
        ),
      )
      expect(versioning.places.map(placeName)).toStrictEqual([
        "`project.version` in `pyproject.toml`",
      ])
    },
  )

  it("is asked of git where setuptools leaves another field to a file", () => {
    const { versioning } = accepted((problems) =>
      resolve(
        source(
          ...builtBy("setuptools.build_meta", "setuptools", "setuptools-scm"),
          ...DYNAMIC,
          "[tool.setuptools.dynamic]",
          'readme = { file = "README.md" }',
        ),
        problems,
      ),
    )
    expect(versioning.variables).toContain("SETUPTOOLS_SCM_PRETEND_VERSION")
  })

  it("of hatchling is not looked for in a setup.cfg that it does not read", () => {
    const own = lines(...builtBy("hatchling.build"), ...DYNAMIC)
    const cfg = "[metadata]\nversion = 1\n"
    const texts = { "pyproject.toml": own, "setup.cfg": cfg, [INIT]: "" }
    expect(refusal((problems) => resolve({ texts }, problems))).toContain(
      "the version is neither in `[project]` nor where hatchling looks for it",
    )
  })
})

describe("the package", () => {
  const found = (...toml: string[]) => {
    const paths = ["one/__init__.py", "two/__init__.py"]
    const own = { "pyproject.toml": lines(...toml) }
    return accepted((problems) => outlineProject(sources(own, paths), problems))
      .packageDir
  }
  const tables = [
    "[project]",
    'name = "quayside"',
    "[tool.hatch.build.targets.wheel]",
    'packages = ["one"]',
    "[tool.poetry]",
    'packages = [{ include = "two" }]',
  ]

  it("is where the backend that builds it is told, and not one before", () => {
    expect(found(...builtBy("hatchling.build"), ...tables)).toBe("one")
    expect(found(...builtBy("poetry.core.masonry.api"), ...tables)).toBe("two")
  })

  it.each([
    ["maturin", "[tool.maturin]", 'python-source = "rust/py"'],
    [
      "scikit_build_core.build",
      "[tool.scikit-build]",
      'wheel.packages = ["rust/py/quayside"]',
    ],
  ])("is where %s is told", (backend, ...table) => {
    const own = lines(...builtBy(backend), ...tables.slice(0, 2), ...table)
    const files = sources({ "pyproject.toml": own }, [
      "rust/py/quayside/__init__.py",
      "other/__init__.py",
    ])
    const look = accepted((problems) => outlineProject(files, problems))
    expect(look.packageDir).toBe("rust/py/quayside")
  })
})

describe("requirements for work on a project", () => {
  it("are read from the tables of every tool", () => {
    const toml = [
      "[tool.uv]",
      'dev-dependencies = ["ruff"]',
      "[tool.pdm.dev-dependencies]",
      'docs = ["sphinx"]',
      "[tool.hatch.envs.types]",
      'dependencies = ["mypy"]',
      'extra-dependencies = ["types-toml"]',
      "[tool.poetry.group.test.dependencies]",
      'pytest = "^8.1"',
      'numpy = [{ version = "<2", python = "<3.10" }, { version = ">=2" }]',
    ]
    const described = { pyproject: pyproject(...toml), sources: sources({}) }
    expect(groupsElsewhere(described)).toStrictEqual({
      dev: ["ruff"],
      docs: ["sphinx"],
      types: ["mypy", "types-toml"],
      test: [
        "pytest>=8.1,<9.0",
        "numpy<2 ; python_version < '3.10'",
        "numpy>=2",
      ],
    })
  })
})
