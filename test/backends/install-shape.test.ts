import { describe, expect, it } from "vitest"

import { PACKAGE, project, type Source } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

/** The example's own form, in few words. */
const BACKEND = (name: string, ...more: string[]) => [
  "[build-system]",
  `requires = ["${REQUIRED[name] ?? name}"]`,
  `build-backend = "${name}"`,
  ...more,
]
const REQUIRED: Readonly<Record<string, string>> = {
  "setuptools.build_meta": "setuptools>=77",
  "hatchling.build": "hatchling",
  "flit_core.buildapi": "flit_core<4",
}
const SETUPTOOLS = BACKEND("setuptools.build_meta")
const unread = (toml: readonly string[], more: Omit<Source, "toml"> = {}) =>
  project({ ...more, toml }).unread

const MODULES = ["**/*.py", "!*.py", "!**/__init__.py"]

describe("an editable install", () => {
  it.each([
    ["setuptools.build_meta"],
    ["hatchling.build"],
    ["flit_core.buildapi"],
    ["uv_build"],
  ])("of %s reads no module but those that say what a package is", (name) => {
    expect(unread(BACKEND(name)).slice(0, MODULES.length)).toEqual(MODULES)
  })

  it("reads none because `MANIFEST.in` chooses files: it carries their names alone", () => {
    const paths = [PACKAGE, "MANIFEST.in"]
    expect(unread(SETUPTOOLS, { paths })).toEqual(unread(SETUPTOOLS))
    expect(unread(SETUPTOOLS)).not.toEqual([])
  })

  it("reads what the version is written in", () => {
    const toml = BACKEND(
      "hatchling.build",
      "[tool.hatch.version]",
      'path = "src/quayside/about.py"',
    )
    const texts = {
      "pyproject.toml": [
        "[project]",
        'name = "quayside"',
        'dynamic = ["version"]',
        ...toml,
      ].join("\n"),
      "src/quayside/about.py": '__version__ = "1.0.0"\n',
    }
    expect(unread([], { texts, paths: [PACKAGE] })).toContain(
      "!src/quayside/about.py",
    )
  })

  it.each<[string, readonly string[], Omit<Source, "toml">?]>([
    ["of a backend that nobody knows", BACKEND("own_backend")],
    ["of a wrapper of one", BACKEND("setuptools.build_meta:__legacy__")],
    ["of a backend in the tree", [...SETUPTOOLS, 'backend-path = ["."]']],
    [
      "with a plugin",
      SETUPTOOLS.map((each) => each.replace(">=77", '", "cython')),
    ],
    [
      "that may import the package for its version",
      BACKEND("flit_core.buildapi"),
      {
        texts: {
          "pyproject.toml": lines(
            "[project]",
            'name = "quayside"',
            'dynamic = ["version"]',
            ...BACKEND("flit_core.buildapi"),
          ),
          [PACKAGE]: "from .about import __version__\n",
          "src/quayside/about.py": '__version__ = "1.0.0"\n',
        },
      },
    ],
    ["with a setup.py", SETUPTOOLS, { paths: [PACKAGE, "setup.py"] }],
    [
      "with files of data outside of the package",
      [...SETUPTOOLS, "[tool.setuptools]", 'data-files = { share = ["a/*"] }'],
    ],
    [
      "with an extension module",
      [...SETUPTOOLS, "[tool.setuptools]", "ext-modules = []"],
    ],
    [
      "with a hook",
      BACKEND("hatchling.build", "[tool.hatch.build.hooks.custom]"),
    ],
    [
      "of a folder without `__init__.py`",
      SETUPTOOLS,
      { paths: ["src/quayside/board.py"] },
    ],
  ])("reads everything %s", (_, toml, more) => {
    expect(unread(toml, more)).toEqual([])
  })
})
