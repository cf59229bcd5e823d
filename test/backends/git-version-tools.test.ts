import { describe, expect, it } from "vitest"

import { gitVersion } from "../../src/backends/git-version-tools.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

type Texts = Readonly<Record<string, string>>

const PROJECT = ["[project]", 'name = "quay-side"']
const DYNAMIC = [...PROJECT, 'dynamic = ["version"]']
const PRETEND = [
  "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_QUAY_SIDE",
  "SETUPTOOLS_SCM_PRETEND_VERSION",
]
const requires = (...names: string[]) => [
  "[build-system]",
  `requires = ${JSON.stringify(names)}`,
]

const asked = (toml: readonly string[], texts: Texts = {}) =>
  gitVersion({
    sources: sources(texts),
    pyproject: parsePyproject(lines(...toml)),
    name: "quay-side",
    found: undefined,
  })

describe("a tool that asks git", () => {
  it.each<[string, string[], Texts, string[]]>([
    [
      "requirement",
      [...DYNAMIC, ...requires("setuptools_scm>=8")],
      {},
      PRETEND,
    ],
    ["table", [...DYNAMIC, "[tool.setuptools_scm]"], {}, PRETEND],
    ["setup.py", [], { "setup.py": "setup(use_scm_version=True)" }, PRETEND],
    [
      "setup.cfg",
      [],
      { "setup.cfg": "[options]\nsetup_requires =\n  setuptools-scm\n" },
      PRETEND,
    ],
    ["flit", [...DYNAMIC, ...requires("flit_scm")], {}, PRETEND],
    [
      "pbr",
      [...PROJECT, ...requires("pbr")],
      { "setup.cfg": "" },
      ["PBR_VERSION"],
    ],
    ["pbr", [], { "setup.py": "setup(pbr=True)" }, ["PBR_VERSION"]],
  ])("in the project's %s is told the version by variables", (_, ...given) => {
    const [toml, texts, variables] = given
    expect(asked(toml, texts)).toStrictEqual({ variables })
  })

  it.each<[string, string[], Texts]>([
    ["vendored", [], { "setup.py": "x = versioneer.get_version()" }],
    ["required", [...requires("versioneer"), "[tool.versioneer]"], {}],
  ])("and nothing else is told it by a tag: versioneer, %s", (_, ...given) => {
    const [toml, texts] = given
    expect(asked(toml, texts)).toStrictEqual({
      inTags: { tool: "versioneer", project: "quay-side" },
    })
  })

  it.each([
    "versioningit",
    "setuptools-git-versioning",
    "setuptools-git-version",
  ])("and reads no variable is told it by a tag: %s", (name) => {
    const given = [...DYNAMIC, ...requires(name)]
    expect(asked(given)).toStrictEqual({
      inTags: { tool: name, project: "quay-side" },
    })
  })

  it.each<[string, string[], Texts]>([
    ["none is required", DYNAMIC, {}],
    [
      "the version is static",
      [...PROJECT, 'version = "1"', ...requires("setuptools-scm")],
      {},
    ],
    [
      "another place is named for the version",
      [...DYNAMIC, ...requires("setuptools-scm")],
      { "setup.py": "setup(version='1')" },
    ],
    [
      "the version is static, and a build only writes it",
      [...PROJECT, 'version = "1"', ...requires("versioningit")],
      {},
    ],
    ["pbr has no setup.cfg", [...PROJECT, ...requires("pbr")], {}],
  ])("is none where %s", (_, toml, texts) => {
    expect(asked(toml, texts)).toBeUndefined()
  })
})
