import { describe, expect, it } from "vitest"

import { versionSource } from "../../src/backends/backend-answers.js"
import type { Problems } from "../../src/errors.js"
import { outlineProject } from "../../src/project/outline.js"
import { placeName } from "../../src/version/version-place.js"
import {
  asInSdist,
  commonVariables,
  resolveVersioning,
  untaggedMetadata,
} from "../../src/version/versioning.js"
import { sources } from "../helpers/builders.js"
import { accepted, lines, refusal } from "../helpers/refusal.js"

const INIT = "src/quay/__init__.py"
const backend = (name: string, ...requires: string[]) => [
  "[build-system]",
  `requires = ${JSON.stringify(requires)}`,
  `build-backend = "${name}"`,
]
const SETUPTOOLS = backend("setuptools.build_meta", "setuptools>=77")
const HATCH = backend("hatchling.build", "hatchling")
const FLIT = backend("flit_core.buildapi", "flit_core")
const PDM = backend("pdm.backend", "pdm-backend")
const DYNAMIC = ["[project]", 'name = "quay"', 'dynamic = ["version"]']

type Texts = Readonly<Record<string, string>>

function versioning(toml: readonly string[], texts: Texts) {
  const manifest = toml.length > 0 ? { "pyproject.toml": lines(...toml) } : {}
  const files = sources({ [INIT]: "", ...manifest, ...texts })
  return (problems: Problems) => {
    const found = outlineProject(files, problems)
    const own = found.config["version-in"]
    return resolveVersioning(found, versionSource(found), problems, own)
  }
}

function placesOf(toml: readonly string[], texts: Texts): string[] {
  return accepted(versioning(toml, texts)).places.map(placeName)
}

describe("the place that is configured", () => {
  const CODE = ["[build-system]", "requires = []", 'build-backend = "maturin"']
  const own = (place: string) => ["[tool.shipwheel]", `version-in = ${place}`]
  const texts = {
    "Cargo.toml": '[package]\nversion = "1.0.0"\n',
    VERSION: "1.0",
  }

  it("is believed where none is found, and where another one is", () => {
    const pattern = "{ path = 'Cargo.toml', pattern = '^version = \"(.*)\"' }"
    expect(placesOf([...CODE, ...DYNAMIC, ...own(pattern)], texts)).toEqual([
      "the version in `Cargo.toml`",
    ])
    const written = ["[project]", 'name = "quay"', 'version = "1"']
    expect(
      placesOf([...SETUPTOOLS, ...written, ...own("[{ path = 'VERSION' }]")], {
        ...texts,
        [INIT]: '__version__ = "1"\n',
      }),
    ).toEqual(["`VERSION`", `\`__version__\` in \`${INIT}\``])
  })

  it("is named where it holds no version", () => {
    const none = [...SETUPTOOLS, ...DYNAMIC, ...own("{ path = 'NONE' }")]
    expect(refusal(versioning(none, texts))).toContain(
      "the version comes from `NONE`, which is not there",
    )
  })
})

describe("the version is written into", () => {
  it.each<[string, string[], Texts, string[]]>([
    [
      "[project], and a plain __version__ beside it",
      [...SETUPTOOLS, "[project]", 'name = "quay"', 'version = "1"'],
      { [INIT]: '__version__ = "1"\n' },
      [
        "`project.version` in `pyproject.toml`",
        `\`__version__\` in \`${INIT}\``,
      ],
    ],
    [
      "the module that __version__ is imported from",
      [...SETUPTOOLS, "[project]", 'name = "quay"', 'version = "1"'],
      {
        [INIT]: "from .data import (number as __version__, other)\n",
        "src/quay/data.py": 'number: str = "1"\n',
      },
      [
        "`project.version` in `pyproject.toml`",
        "`number` in `src/quay/data.py`",
      ],
    ],
    [
      "[project] alone where __version__ is computed",
      [...SETUPTOOLS, "[project]", 'name = "quay"', 'version = "1"'],
      {
        [INIT]:
          "V = (1, 2)\n__version__ = read(V)\ndef __getattr__(name): ...\n",
      },
      ["`project.version` in `pyproject.toml`"],
    ],
    [
      "the numbers that __version__ is joined from",
      [...SETUPTOOLS, "[project]", 'name = "quay"', 'version = "1"'],
      { [INIT]: "V = (1, 2)\n__version__ = '.'.join(map(str, V))\n" },
      ["`project.version` in `pyproject.toml`", `\`V\` in \`${INIT}\``],
    ],
    [
      "a forgotten setup.py too",
      [...SETUPTOOLS, "[project]", 'name = "quay"', 'version = "1"'],
      {
        "setup.py":
          "from setuptools import setup\nsetup(name='quay', version='0.1')\n",
      },
      [
        "`project.version` in `pyproject.toml`",
        "`setup(version=…)` in `setup.py`",
      ],
    ],
    [
      "poetry's table",
      [
        ...backend("poetry.core.masonry.api"),
        "[tool.poetry]",
        'name = "quay"',
        'version = "1"',
      ],
      { [INIT]: "__version__: str = '1'\n" },
      [
        "`tool.poetry.version` in `pyproject.toml`",
        `\`__version__\` in \`${INIT}\``,
      ],
    ],
    [
      "what setuptools' attr names",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { attr = "quay._version.version" }',
      ],
      { "src/quay/_version.py": "version = '1'\n" },
      ["`version` in `src/quay/_version.py`"],
    ],
    [
      "what setuptools' file names",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { file = ["VERSION"] }',
      ],
      { VERSION: "1\n" },
      ["`VERSION`"],
    ],
    [
      "hatch's path",
      [
        ...HATCH,
        ...DYNAMIC,
        "[tool.hatch.version]",
        'path = "src/quay/__about__.py"',
      ],
      { "src/quay/__about__.py": "__version__ = '1'\n" },
      ["the version in `src/quay/__about__.py`"],
    ],
    [
      "hatch.toml's path",
      [...HATCH, ...DYNAMIC],
      {
        "hatch.toml": `[version]\npath = "${INIT}"\n`,
        [INIT]: "__version__ = '1'\n",
      },
      [`the version in \`${INIT}\``],
    ],
    [
      "flit's module",
      [...FLIT, ...DYNAMIC],
      { [INIT]: "'''Docs.'''\n__version__ = '1'\n" },
      [`\`__version__\` in \`${INIT}\``],
    ],
    [
      "pdm's file",
      [
        ...PDM,
        ...DYNAMIC,
        "[tool.pdm.version]",
        'source = "file"',
        'path = "src/quay/v.py"',
      ],
      { "src/quay/v.py": "VERSION = '1'\n" },
      ["the version in `src/quay/v.py`"],
    ],
    [
      "setup.cfg alone",
      [],
      { "setup.cfg": "[metadata]\nname = quay\nversion = 1\n" },
      ["`version` in `[metadata]` of `setup.cfg`"],
    ],
    [
      "what setup.cfg's attr names",
      [],
      {
        "setup.cfg":
          "[metadata]\nname = quay\nversion = attr: quay.__version__\n",
        [INIT]: "__version__ = '1'\n",
      },
      [`\`__version__\` in \`${INIT}\``],
    ],
    [
      "setup.py alone",
      [],
      { "setup.py": "setup(name='quay', version='1')\n" },
      ["`setup(version=…)` in `setup.py`"],
    ],
    [
      "a name in setup.py",
      [],
      { "setup.py": "V = '1'\nsetup(name='quay', version=V)\n" },
      ["`V` in `setup.py`"],
    ],
    [
      "what a setup.py reads it from",
      [],
      {
        "setup.py": "setup(name='quay', version=open('VERSION').read())\n",
        VERSION: "1",
      },
      ["`VERSION`"],
    ],
    [
      "a file of the package that a setup.py reads",
      [],
      {
        "setup.py": lines(
          "path = os.path.join('src', 'quay', 'version.txt')",
          "setup(name='quay', version=open(path).read())",
        ),
        "src/quay/version.txt": "1.0\n",
      },
      ["`src/quay/version.txt`"],
    ],
    [
      "a file that __version__ is read from",
      [...FLIT, ...DYNAMIC],
      {
        [INIT]: "__version__ = (HERE / 'VERSION').read_text().strip()\n",
        "src/quay/VERSION": "1.0\n",
      },
      ["`src/quay/VERSION`"],
    ],
    [
      "a table that a setup.py calls setup with",
      [],
      {
        "setup.py": lines(
          "setup_args = {",
          "    'name': 'quay',",
          "    'version': '1.0',",
          "}",
          "setup(**setup_args)",
        ),
      },
      ["`setup(version=…)` in `setup.py`"],
    ],
    [
      "a file that a setup.py runs",
      [],
      {
        "setup.py": lines(
          "def get_version():",
          "    with open(os.path.join(HERE, 'src/quay/version.py')) as f:",
          "        ns = {}",
          "        exec(f.read(), ns)",
          "        return ns['VERSION']",
          "setup(name='quay', version=get_version())",
        ),
        "src/quay/version.py": 'VERSION = "1.0"\n',
      },
      ["`VERSION` in `src/quay/version.py`"],
    ],
    [
      "numbers of a function that a setup.py calls",
      [],
      {
        "setup.py": lines(
          "from quay import get_version",
          "setup(name='quay', version=get_version())",
        ),
        [INIT]: lines(
          "V = (4, 2, 0, 'final')",
          "def get_version():",
          "    version = '%s.%s' % (V[0], V[1])",
          "    if V[3] != 'final':",
          "        version += V[3]",
          "    return version",
        ),
      },
      [`\`V\` in \`${INIT}\``],
    ],
    [
      "a package.json that a setup.py reads",
      [],
      {
        "setup.py": lines(
          "data = json.loads((HERE / 'package.json').read_bytes())",
          "setup(name='quay', version=data['version'])",
        ),
        "package.json": '{ "version": "1.0.0" }',
      },
      ["`version` in `package.json`"],
    ],
    [
      "numbers that a setup.py joins",
      [],
      {
        "setup.py": lines(
          "from quay import VERSION",
          "setup(name='quay', version='.'.join(str(v) for v in VERSION))",
        ),
        [INIT]: "from .data import VERSION\n",
        "src/quay/data.py": "VERSION = (1, 1, 1)\n",
      },
      ["`VERSION` in `src/quay/data.py`"],
    ],
    [
      "Django's five, which a function reads",
      [...FLIT, ...DYNAMIC],
      {
        [INIT]:
          "from .v import get_version\nVERSION = (1, 2, 0, 'final', 0)\n__version__ = get_version(VERSION)\n",
      },
      [`\`VERSION\` in \`${INIT}\``],
    ],
    [
      "the first of Django's five, with what the others are read as",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { attr = "quay.__version__" }',
      ],
      {
        [INIT]: lines(
          'VERSION = (1, 2, 0, "final", 0)',
          '__version__ = ".".join(map(str, VERSION[:3])) + (',
          `    f"-{VERSION[3]}{VERSION[4] or ''}" if VERSION[3] != "final" else ""`,
          ")",
        ),
      },
      [`\`VERSION\` in \`${INIT}\``],
    ],
    [
      "the first numbers that a setup.py joins",
      [],
      {
        "setup.py": lines(
          "from quay import VERSION",
          "setup(name='quay', version='.'.join([str(v) for v in VERSION[:2]]))",
        ),
        [INIT]: "VERSION = (1, 1)\n",
      },
      [`\`VERSION\` in \`${INIT}\``],
    ],
    [
      "numbers whose first ones are joined, and then the rest",
      [],
      {
        "setup.py": lines(
          "from quay import __version__",
          "setup(name='quay', version=__version__)",
        ),
        [INIT]: lines(
          "VERSION = (1, 2, 3)",
          "__short_version__ = '.'.join(map(str, VERSION[0:2]))",
          "__version__ = ''.join(['.'.join(map(str, VERSION[0:3])), ''.join(VERSION[3:])])",
        ),
      },
      [`\`VERSION\` in \`${INIT}\``],
    ],
    [
      "a plain __version__, where the backend is not known",
      [...backend("sphinx_theme_builder"), ...DYNAMIC],
      { [INIT]: '__version__ = "1.0"\n' },
      [`\`__version__\` in \`${INIT}\``],
    ],
    [
      "numbers that setuptools' attr names",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { attr = "quay.VERSION" }',
      ],
      { [INIT]: "VERSION = [1, 1, '1rc1']\n" },
      [`\`VERSION\` in \`${INIT}\``],
    ],
    [
      "package.json",
      [...HATCH, ...DYNAMIC, "[tool.hatch.version]", 'source = "nodejs"'],
      { "package.json": '{ "version": "1.0.0" }' },
      ["`version` in `package.json`"],
    ],
    [
      "another package.json",
      [
        ...HATCH,
        ...DYNAMIC,
        "[tool.hatch.version]",
        'source = "nodejs"',
        'path = "js/package.json"',
      ],
      { "js/package.json": '{ "version": "1.0.0" }' },
      ["`version` in `js/package.json`"],
    ],
    [
      "Cargo.toml",
      [...backend("maturin"), ...DYNAMIC],
      { "Cargo.toml": '[package]\nversion = "1.0.0"\n' },
      ["`package.version` in `Cargo.toml`"],
    ],
  ])("%s", (_, toml, texts, places) => {
    expect(placesOf(toml, texts)).toStrictEqual(places)
  })
})

describe("a backend that asks git is told the version by", () => {
  const scm = [
    ...backend(
      "setuptools.build_meta",
      "setuptools",
      "setuptools_scm[toml]>=8",
    ),
    ...DYNAMIC,
  ]
  const both = [
    "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_QUAY",
    "SETUPTOOLS_SCM_PRETEND_VERSION",
  ]

  it.each<[string, string[], Texts, string[]]>([
    [
      "setuptools-scm",
      [
        ...scm,
        "[tool.setuptools_scm]",
        'version_file = "src/quay/_version.py"',
      ],
      {
        [INIT]: "from ._version import __version__\n",
        "src/quay/_version.py": "__version__ = '1'\n",
      },
      both,
    ],
    [
      "setuptools-scm in setup.py",
      [],
      { "setup.py": "setup(name='quay', use_scm_version=True)\n" },
      both,
    ],
    [
      "setuptools-scm in a table of setup.py",
      [],
      {
        "setup.py": lines(
          "args = dict(name='quay', use_scm_version=True)",
          "setup(**args)",
        ),
      },
      both,
    ],
    [
      "hatch-vcs",
      [...HATCH, ...DYNAMIC, "[tool.hatch.version]", 'source = "vcs"'],
      {},
      ["SETUPTOOLS_SCM_PRETEND_VERSION"],
    ],
    [
      "hatch's env",
      [
        ...HATCH,
        ...DYNAMIC,
        "[tool.hatch.version]",
        'source = "env"',
        'variable = "QUAY"',
      ],
      {},
      ["QUAY"],
    ],
    [
      "pdm's scm",
      [...PDM, ...DYNAMIC, "[tool.pdm.version]", 'source = "scm"'],
      {},
      ["PDM_BUILD_SCM_VERSION"],
    ],
    [
      "poetry-dynamic-versioning",
      [
        ...backend("poetry_dynamic_versioning.backend"),
        "[tool.poetry]",
        'name = "quay"',
        'version = "0.0.0"',
      ],
      {},
      ["POETRY_DYNAMIC_VERSIONING_BYPASS"],
    ],
    [
      "pbr",
      [],
      { "setup.py": "setup(name='quay', setup_requires=['pbr'], pbr=True)\n" },
      ["PBR_VERSION"],
    ],
  ])("%s, and no file is edited", (_, toml, texts, variables) => {
    expect(accepted(versioning(toml, texts))).toMatchObject({
      places: [],
      variables,
    })
  })
})

describe("a version that a tool reads in git's tags", () => {
  const texts = {
    "setup.py": "setup(name='quay', version=versioneer.get_version())\n",
    "src/quay/_version.py": '__version__ = "made when it is built"\n',
  }

  it("is written nowhere, but where the package has a plain one of its own", () => {
    expect(accepted(versioning([], texts))).toMatchObject({
      places: [],
      variables: [],
      inTags: { tool: "versioneer" },
      summary: "the tags of git, which `versioneer` reads",
    })
    const stated = { ...texts, [INIT]: '__version__ = "1.0"\n' }
    expect(accepted(versioning([], stated))).toMatchObject({
      inTags: { tool: "versioneer" },
      summary: `\`__version__\` in \`${INIT}\`, the tags of git, which \`versioneer\` reads`,
    })
  })
})

describe("the metadata of an sdist", () => {
  it("says a version to a tool that finds no repository", () => {
    expect(untaggedMetadata({ project: "quay" })).toBe(
      "Metadata-Version: 2.1\nName: quay\nVersion: 0.0.0\n",
    )
  })
})

describe("a version is refused with what to configure", () => {
  it.each<[string, string[], Texts]>([
    [
      "from a tool of hatch that nobody knows",
      [...HATCH, ...DYNAMIC, "[tool.hatch.version]", 'source = "calver"'],
      {},
    ],
    ["that nothing names", [...SETUPTOOLS, ...DYNAMIC], {}],
    [
      "that a backend nobody knows would compute",
      [...backend("sphinx_theme_builder"), ...DYNAMIC],
      { [INIT]: "__version__ = made()\n" },
    ],
    [
      "that flit would compute",
      [...FLIT, ...DYNAMIC],
      { [INIT]: "__version__ = '.'.join(V)\n" },
    ],
    [
      "that attr would compute",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { attr = "quay.V" }',
      ],
      { [INIT]: "V = made(1, 2)\n" },
    ],
    [
      "from pdm's call",
      [
        ...PDM,
        ...DYNAMIC,
        "[tool.pdm.version]",
        'source = "call"',
        'getter = "quay:v"',
      ],
      {},
    ],
    [
      "from a package.json that has none",
      [...HATCH, ...DYNAMIC, "[tool.hatch.version]", 'source = "nodejs"'],
      { "package.json": "{}" },
    ],
    [
      "that a setup.py joins from more than numbers",
      [],
      {
        "setup.py": lines(
          "from quay import VERSION",
          "setup(name='quay', version='.'.join(map(str, VERSION)))",
        ),
        [INIT]: "VERSION = (1, 2, 0, 'final', 0)\n",
      },
    ],
    [
      "in a file that no script names",
      [],
      {
        "setup.py": "setup(name='quay', version=made())\n",
        "src/quay/VERSION": "1",
      },
    ],
    [
      "from a file that is not there",
      [
        ...SETUPTOOLS,
        ...DYNAMIC,
        "[tool.setuptools.dynamic]",
        'version = { file = "VERSION" }',
      ],
      {},
    ],
    [
      "that setup.py computes from nothing known",
      [],
      { "setup.py": "setup(name='quay', version=made())\n" },
    ],
  ])("%s", (_, toml, texts) => {
    expect(refusal(versioning(toml, texts))).toMatch(
      /^project: .*\n {3}(Say in|Write) .*`version-in/,
    )
  })
})

it("a variable of one project alone gives its version to no other", () => {
  const alone = ["SETUPTOOLS_SCM_PRETEND_VERSION_FOR_QUAY", "QUAY"]
  const common = ["SETUPTOOLS_SCM_PRETEND_VERSION", "PBR_VERSION"]
  const variables = [...alone, ...common, "PDM_BUILD_SCM_VERSION"]
  const found = commonVariables({ variables })
  expect(found).toStrictEqual([...common, "PDM_BUILD_SCM_VERSION"])
  expect(asInSdist(found)).toStrictEqual(common)
})
