import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import {
  constraintsFor,
  lockedVersion,
  lockedVersions,
  UNLOCKED,
} from "../../src/reading/python-locks.js"
import { Sources } from "../../src/reading/sources.js"
import { pyproject, sources, sourcesIn } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const UV = `version = 1
[[package]]
name = "wren"
source = { editable = "." }
dependencies = [{ name = "rich" }]
[[package]]
name = "pytest"
version = "8.1.0"
source = { registry = "https://example.org/simple" }
dependencies = [{ name = "pluggy" }]
[[package]]
name = "Pluggy"
version = "1.4.0"
source = { registry = "https://example.org/simple" }
[[package]]
name = "sphinx"
version = "7.0"
source = { registry = "https://example.org/simple" }
[[package]]
name = "numpy"
version = "1.26.0"
source = { registry = "https://example.org/simple" }
resolution-markers = ["python_full_version < '3.10'", "sys_platform == 'win32'"]
[[package]]
name = "numpy"
version = "2.0.0"
source = { registry = "https://example.org/simple" }
resolution-markers = ["python_full_version >= '3.10'"]
`
const POETRY = `[[package]]
name = "pytest"
version = "8.1.0"
groups = ["dev"]
[package.dependencies]
pluggy = ">=1"
[[package]]
name = "pluggy"
version = "1.4.0"
[[package]]
name = "core"
version = "1.0"
[package.source]
type = "directory"
url = "../core"
[[package]]
name = "tomli"
version = "2.0"
[[package]]
name = "tomli"
version = "2.1"
`
const PDM = `[[package]]
name = "pytest"
version = "8.1.0"
dependencies = ["pluggy<2,>=1"]
[[package]]
name = "pluggy"
version = "1.4.0"
marker = "python_version >= \\"3.9\\""
[[package]]
name = "core"
version = "1.0"
path = "./core"
`
const PYLOCK = `lock-version = "1.0"
[[packages]]
name = "pytest"
version = "8.1.0"
dependencies = [{ name = "pluggy" }]
[[packages]]
name = "pluggy"
version = "1.4.0"
`
const PIPENV = JSON.stringify({
  default: { core: { path: "./core" } },
  develop: {
    pytest: { version: "==8.1.0" },
    pluggy: { version: "==1.4.0", markers: "python_version >= '3.9'" },
  },
})

const locked = (
  texts: Readonly<Record<string, string>>,
  asked?: string | false,
  ...toml: string[]
) => {
  const problems = new Problems()
  const found = lockedVersions(
    sources(texts),
    pyproject(...toml),
    asked,
    problems,
  )
  problems.throwIfAny()
  return found
}

describe("a lockfile", () => {
  it.each([
    ["uv.lock", UV, "pluggy==1.4.0"],
    ["poetry.lock", POETRY, "pluggy==1.4.0"],
    ["pdm.lock", PDM, 'pluggy==1.4.0 ; python_version >= "3.9"'],
    ["pylock.toml", PYLOCK, "pluggy==1.4.0"],
    ["Pipfile.lock", PIPENV, "pluggy==1.4.0 ; python_version >= '3.9'"],
  ])(
    "as %s decides on what is asked for and what that needs",
    (name, text, pluggy) => {
      const found = locked({ [name]: text })
      expect(found.from).toEqual([name])
      expect(constraintsFor(found, ["pytest>=7", "core"])).toEqual([
        pluggy,
        "pytest==8.1.0",
      ])
    },
  )

  it("has a version for each case, if it says when", () => {
    expect(constraintsFor(locked({ "uv.lock": UV }), ["numpy"])).toEqual([
      "numpy==1.26.0 ; python_full_version < '3.10'",
      "numpy==1.26.0 ; sys_platform == 'win32'",
      "numpy==2.0.0 ; python_full_version >= '3.10'",
    ])
  })

  it("lets nothing be newer than the newest, if it does not say when", () => {
    const found = locked({ "poetry.lock": POETRY })
    expect(constraintsFor(found, ["tomli"])).toEqual(["tomli<=2.1"])
    expect(lockedVersion(found, "tomli")).toBe("<=2.1")
  })

  it("has one version of those of groups that exclude each other", () => {
    const django = (version: string, ...markers: string[]) =>
      `[[package]]\nname = "django"\nversion = "${version}"\nsource = { registry = "https://example.org/simple" }\nresolution-markers = ${JSON.stringify(markers)}\n`
    const old = "python_full_version < '3.12'"
    const now = "python_full_version >= '3.12'"
    const texts = {
      "uv.lock": `version = 1\n${django("5.2.16", old, now)}${django("6.1rc1+local", now)}${django("6.0.7", now)}`,
    }
    expect(constraintsFor(locked(texts), ["django"])).toEqual([
      `django<=6.1rc1 ; ${now}`,
      `django==5.2.16 ; ${old}`,
    ])
  })

  it("is the one that is named, or none", () => {
    const both = { "uv.lock": UV, "deploy/pdm.lock": PDM }
    expect(locked(both, "deploy/pdm.lock").from).toEqual(["deploy/pdm.lock"])
    expect(locked(both, false)).toEqual(UNLOCKED)
  })

  it("may be that of the workspace above", () => {
    const seen = new Sources(
      new Set(),
      new Map([["../../uv.lock", UV]]),
      new Set(["../../uv.lock"]),
      "packages/wren",
    )
    const found = lockedVersions(seen, pyproject(), undefined, new Problems())
    expect(found.from).toEqual(["../../uv.lock"])
  })

  it.each([
    ["uv.lock", "<<<<<<< ours", "line 1"],
    ["Pipfile.lock", "{", "JSON"],
  ])(
    "that can't be read is refused, and not passed over: %s",
    (name, text, at) => {
      const said = refusal(() => locked({ [name]: text }))
      expect(said).toContain(`\`${name}\` can't be read: `)
      expect(said).toContain(at)
      expect(said).toContain("`lock = false`")
    },
  )

  it("that is named and is not there is refused, with the names that are known", () => {
    const said = refusal(() => locked({ "uv.lock": UV }, "poetry.lock"))
    expect(said).toContain(
      "names `poetry.lock`, which is no lockfile that is there",
    )
    expect(refusal(() => locked({ "a.txt": "" }, "a.txt"))).toContain(
      "`uv.lock`, ",
    )
  })

  it("tells the version of a package, where it is one", () => {
    expect(lockedVersion(locked({ "uv.lock": UV }), "pytest")).toBe("==8.1.0")
    expect(lockedVersion(locked({ "uv.lock": UV }), "numpy")).toBeUndefined()
    expect(lockedVersion(locked({ "uv.lock": UV }), "rich")).toBeUndefined()
  })
})

describe("constraints", () => {
  it("are in the files that lists and tox refer to, and in uv's own list", () => {
    const own = pyproject(
      "[tool.uv]",
      'constraint-dependencies = ["six<2"]',
      "[dependency-groups]",
      '"requirements-test.txt" = ["pytest"]',
    )
    const texts = {
      "requirements-test.txt": "pytest\n-c constraints.txt\n",
      "tox.ini": "[testenv]\ndeps =\n  -c{toxinidir}/more.txt\n",
      "constraints.txt": "pytest==8.1.0 ; os_name != 'nt'\nclick~=8.1\n",
      "more.txt": "rich<14\n",
    }
    const found = lockedVersions(sources(texts), own, undefined, new Problems())
    expect(found.from).toEqual(["constraints.txt", "more.txt"])
    const asked = ["pytest", "click", "rich", "six", "attrs"]
    expect(constraintsFor(found, asked)).toEqual([
      "click~=8.1",
      "pytest==8.1.0 ; os_name != 'nt'",
      "rich<14",
      "six<2",
    ])
  })

  const TOX = lines(
    "[testenv]",
    "deps =",
    "  -r ci/test.txt",
    "  # -c old.txt",
    "  py33: -c old.txt",
    "  {[base]deps}",
    "[base]",
    "deps = -c {toxinidir}/base.txt",
    "[testenv:docs]",
    "deps = -cdocs.txt",
    "[testenv:own]",
    "deps = -c./own.txt",
    "[testenv:same]",
  )
  const files = {
    "tox.ini": TOX,
    "ci/test.txt": "-r more.txt\n",
    "ci/more.txt": "six\n-c ../limits/ci.txt # all\n",
    "limits/ci.txt": "six<2\n",
    "base.txt": "click<9\n",
    "old.txt": "six<1\n",
    "docs.txt": "sphinx<7\n",
    "own.txt": "six<3\n",
  }
  const named = (...lists: string[]) =>
    lockedVersions(
      sources(files),
      pyproject(),
      undefined,
      new Problems(),
      lists,
    )

  it.each([
    ["all", []],
    ["all, where tests take an extra", ["test"]],
    ["all, where tests take it", ["tox"]],
    ["all, where the one that they take has none of its own", ["tox:same"]],
  ])("of tox are those of the environment of %s", (_, lists) => {
    expect(named(...lists)).toMatchObject({
      from: ["limits/ci.txt", "base.txt"],
      packages: [{ name: "six", specifier: "<2" }, { name: "click" }],
    })
  })

  it("of tox are those of the one environment whose list tests take", () => {
    expect(named("tox:own")).toMatchObject({
      from: ["own.txt"],
      packages: [{ name: "six", specifier: "<3" }],
    })
  })

  it("are told with the lines that name them", () => {
    const because = (found: { readonly because: string }) => found.because
    expect(because(named("tox:own"))).toBe(
      "`-c./own.txt` in `[testenv:own]` of `tox.ini`",
    )
    expect(because(named())).toBe(
      "`-c ../limits/ci.txt` in `ci/more.txt`, `-c {toxinidir}/base.txt` in `[testenv]` of `tox.ini`",
    )
    expect(because(locked({ "uv.lock": UV }))).toBe("its name")
    expect(because(locked({}))).toBe("there is no lockfile")
  })

  it("may be above the folder of a member", () => {
    const found = lockedVersions(
      sourcesIn("packages/wren", {
        "packages/wren/tox.ini": "[testenv]\ndeps = -c../limits.txt\n",
        "packages/limits.txt": "six<2\n",
      }),
      pyproject(),
      undefined,
      new Problems(),
    )
    expect(found.from).toEqual(["../limits.txt"])
  })

  it("yield to a lockfile", () => {
    const texts = {
      "requirements-test.txt": "-c constraints.txt\n",
      "constraints.txt": "pytest<8\n",
      "uv.lock": UV,
    }
    const found = locked(
      texts,
      undefined,
      "[dependency-groups]",
      '"requirements-test.txt" = []',
    )
    expect(constraintsFor(found, ["pytest"])).toContain("pytest==8.1.0")
    expect(constraintsFor(found, ["pytest"])).not.toContain("pytest<8")
  })
})
