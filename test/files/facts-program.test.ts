import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { expect, test } from "vitest"

import { parseFacts, pointPath } from "../../src/files/facts.js"
import { runProgram, wheelOf } from "../helpers/programs.js"
import { sdistFrom } from "../helpers/sdists.js"

const PROGRAM = fileURLToPath(
  new URL("../../src/files/facts.py", import.meta.url),
)
/** A wheel of half a megabyte that unpacks to half a gigabyte. */
const BOMB = `
import zipfile
with zipfile.ZipFile("boat-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as out:
    with out.open("boat/zero.bin", "w") as file:
        for _ in range(512):
            file.write(bytes(1 << 20))
    out.writestr("boat/key.pem", "a key\\n-----BEGIN RSA PRIVATE KEY-----\\nabc\\n")
    out.writestr("boat/words.txt", "not -----BEGIN RSA PRIVATE KEY-----")
    out.writestr("boat/long.txt", "x" * (1 << 20) + "-----BEGIN RSA PRIVATE KEY-----")
    out.writestr("boat/late.pem", "x" * ((1 << 20) - 7) + "\\n-----BEGIN PRIVATE KEY-----")
`

test("a wheel that unpacks to far more than it is takes no more memory for that, and a key in it is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "shipwheel-"))
  execFileSync("python3", ["-c", BOMB], { cwd: folder })
  const limited = 'ulimit -v 300000; exec python3 "$0" "$1"'
  const facts = execFileSync("sh", ["-c", limited, PROGRAM, folder], {
    encoding: "utf8",
  })
  const [wheel] = parseFacts(facts).files
  expect(
    wheel?.entries.map(({ name, secret, size }) => [name, size, secret]),
  ).toEqual([
    ["boat/zero.bin", 512 * 2 ** 20, undefined],
    ["boat/key.pem", 42, "a private key"],
    ["boat/words.txt", 35, undefined],
    ["boat/long.txt", 2 ** 20 + 31, undefined],
    ["boat/late.pem", 2 ** 20 + 21, "a private key"],
  ])
})

/** What looks like a secret of that kind, put together here so that this file holds none. */
const [AGE, DASH, KEY, LOW] = ["AgE", "-", "KEY", "_"]
const LETTERS = "aB3dE5fG7hI9jK1lM0nO2pQ4rS6tU8vW".repeat(3)
const SECRETS = {
  "pypi.cfg": ["a token of PyPI", `password = pypi-${AGE}${LETTERS}`],
  "tok.py": ["a token of GitHub", `T = "ghp${LOW}${LETTERS.slice(0, 36)}"`],
  "gitlab.txt": ["a token of GitLab", `glpat${DASH}${LETTERS.slice(0, 20)}`],
  "npm.txt": ["a token of npm", `npm${LOW}${LETTERS.slice(0, 36)}`],
  ".npmrc": [
    "a token of a registry",
    `//npm.example/:_authToken=${LETTERS.slice(0, 32)}`,
  ],
  ".yarnrc.yml": [
    "a token of a registry",
    `npmAuthToken: "${LETTERS.slice(0, 32)}"`,
  ],
  "config.json": [
    "a password of a registry",
    JSON.stringify({
      auths: { host: { auth: "dXNlcjpodW50ZXIyaHVudGVyMg==" } },
    }),
  ],
  "account.json": [
    "a private key",
    JSON.stringify({
      private_key: `-----BEGIN PRIVATE ${KEY}-----\n${LETTERS.slice(0, 64)}\n`,
    }),
  ],
  "tls.yaml": [
    "a private key",
    `data:\n  tls.key: |\n    -----BEGIN EC PRIVATE ${KEY}-----\n    ${LETTERS.slice(0, 64)}\n`,
  ],
  "secret.yaml": [
    "a private key",
    `tls.key: ${btoa(`-----BEGIN RSA PRIVATE ${KEY}-----\n${LETTERS}`)}`,
  ],
  "pgp.asc": [
    "a private key",
    `-----BEGIN PGP PRIVATE ${KEY} BLOCK-----\nVersion: GnuPG v2\n\n${LETTERS.slice(0, 64)}\n`,
  ],
  "age.txt": ["a private key", `AGE-SECRET-${KEY}-1${"QPZRY9X8GF".repeat(6)}`],
  "aws.ini": [
    "a key of AWS",
    `aws_secret_access_key = ${LETTERS.slice(0, 38)}/+\n`,
  ],
  "pip.conf": [
    "a password of an index",
    "[global]\nextra-index-url = https://ada:hunter2hunter2@pypi.example/simple\n",
  ],
  "late.txt": [
    "a token of npm",
    `${"x".repeat(2 ** 20 - 9)} npm${LOW}${LETTERS.slice(0, 36)}`,
  ],
} as const
const HARMLESS = {
  ".npmrc": "//npm.example/:_authToken=${NPM_TOKEN}",
  "README.md": `ghp_${"x".repeat(40)} and pypi-AgE… and npm_config_registry_of_the_whole_project`,
  "pem.py": 'HEAD = "-----BEGIN PRIVATE KEY-----\\n" + body',
  "aws.md": "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "pip.conf":
    "index-url = https://user:password@pypi.example/\nextra-index-url = https://user:${INDEX_PASSWORD}@pypi.example/\n",
  "ca.yaml": `ca.crt: ${btoa(`-----BEGIN CERTIFICATE-----\n${LETTERS}`)}`,
  "pem.md": "    -----BEGIN PRIVATE KEY-----\n    ...\n",
  "many.txt": '"auths": {'.repeat(100_000),
}

test("what opens something is found in any text by its kind, in JSON too, and never told itself", () => {
  const files = Object.entries(SECRETS).map(([name, [, text]]) => [name, text])
  const { facts } = secretsIn(Object.fromEntries(files) as typeof HARMLESS)
  const kinds = Object.entries(SECRETS).map(([name, [kind]]) => [name, kind])
  expect(facts.map(({ name, secret }) => [name.slice(5), secret])).toEqual(
    kinds,
  )
})

test("what opens something is found in UTF-16 too, as Windows writes it", () => {
  const [, key] = SECRETS["age.txt"]
  const wide = Buffer.from(`\ufefftoken = ${key}\r\n`, "utf16le")
  const { folder } = wheelOf({
    "boat/wide.txt": wide,
    "boat/big.txt": Buffer.from(wide).swap16(),
    "boat/picture.bin": Buffer.concat([Buffer.from(key), Buffer.alloc(40)]),
  })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  const found = wheel?.entries.map(({ name, secret }) => [name, secret])
  expect(found?.sort()).toEqual([
    ["boat/big.txt", SECRETS["age.txt"][0]],
    ["boat/picture.bin", undefined],
    ["boat/wide.txt", SECRETS["age.txt"][0]],
  ])
})

test("what only looks like that is none", () => {
  const { facts } = secretsIn(HARMLESS)
  expect(facts.filter(({ secret }) => secret !== undefined)).toEqual([])
})

function secretsIn(files: Readonly<Record<string, string>>) {
  const inPackage = Object.entries(files).map(([name, text]) => [
    `boat/${name}`,
    text,
  ])
  const { folder } = wheelOf(Object.fromEntries(inPackage) as typeof files)
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  const order = Object.keys(files)
  const facts = [...(wheel?.entries ?? [])].filter(({ name }) =>
    order.includes(name.slice(5)),
  )
  facts.sort(
    (one, other) =>
      order.indexOf(one.name.slice(5)) - order.indexOf(other.name.slice(5)),
  )
  return { facts }
}

test("the commands that an installer makes of a wheel's entry points are told", () => {
  const text =
    "[console_scripts]\nboat = boat:main\npip=boat:main\n\n[other]\nx = boat\n[gui_scripts]\nsail = boat:sail\n"
  const { folder } = wheelOf({ "boat-1.0.dist-info/entry_points.txt": text })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  const points = wheel?.entryPoints ?? []
  expect(points.map(pointPath)).toEqual([
    ...["bin/boat", "bin/pip", "entry-points/other/x", "bin/sail"],
  ])
  expect(points[3]).toEqual({
    ...{ group: "gui_scripts", name: "sail", value: "boat:sail" },
  })
})

test("the names at the top of a wheel that every Python has already are told", () => {
  const { folder } = wheelOf({
    "boat/typing.py": "",
    "typing.py": "",
    "pip/__init__.py": "",
    "boat-1.0.data/purelib/encodings/evil.py": "",
  })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.taken).toEqual(["encodings", "pip", "typing"])
})

test("a RECORD with a line that is none, and a hash that is none, is read as it stands", () => {
  const { folder } = wheelOf({
    "boat/__init__.py": "",
    "boat-1.0.dist-info/RECORD":
      "boat/__init__.py\nboat/ink.py,sha256=é,\n\nboat/quill.py,md5=abc,1\n",
  })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.record).toEqual({
    "boat/__init__.py": "",
    "boat/ink.py": "no hash",
    "boat/quill.py": "",
  })
})

test("of an sdist it is told what the source has with other bytes, at another path, or nowhere", () => {
  const { unlike } = sdistFrom(
    {
      ...{ "src/boat/__init__.py": "", "src/boat/hull.py": "wood" },
      "lib/moved.py": "same",
    },
    {
      ...{ "src/boat/__init__.py": "", "src/boat/hull.py": "steel" },
      ...{ "src/moved.py": "same", "made.py": "new" },
    },
  )
  expect(unlike).toEqual([
    ["boat-1.0/made.py", "made"],
    ["boat-1.0/src/boat/hull.py", "changed"],
    ["boat-1.0/src/moved.py", "moved"],
  ])
})

test("of an sdist a file is changed where the source has its bytes in another of that name alone", () => {
  const source = { "boat/auth.py": "asks", "fakes/auth.py": "always" }
  const taken = { ...source, "boat/auth.py": "always" }
  expect(sdistFrom(source, taken).unlike).toEqual([
    ["boat-1.0/boat/auth.py", "changed"],
  ])
  expect(sdistFrom(source, source).unlike).toEqual([])
})

/** What setuptools-scm and versioneer write, and what people write themselves. */
const SAYING = {
  "a/_version.py": "__version__ = '1.0'\n",
  "b/_version.py": [
    "# file generated by a tool",
    "from __future__ import annotations",
    '__all__ = ["__version__", "version"]',
    "TYPE_CHECKING = False",
    "if TYPE_CHECKING:",
    "    from typing import Tuple, Union",
    "    VERSION_TUPLE = Tuple[Union[int, str], ...]",
    "else:",
    "    VERSION_TUPLE = object",
    "version: str",
    "__version_tuple__: VERSION_TUPLE",
    "__version__ = version = '1.0'",
    "__version_tuple__ = version_tuple = (1, 0)",
    "",
  ].join("\n"),
  "c/_version.py":
    "import json\nversion_json = '''\n{\"version\": \"1.0\"}\n'''\n\n\ndef get_versions():\n    return json.loads(version_json)\n",
  "e/_version.py":
    "import json\nimport sys\n\nversion_json = ''\n\n\ndef get_versions():\n    return json.loads(version_json)\n",
  "f/version_info.py":
    "major, minor = 1, 2\ninfo: dict[str, str] = {'v': '%d.%d' % (major, minor)}\n__version__ = f'{major}.{minor}'\n",
  "d/version.py":
    "version = '1.0'\nshort = version.split('+')[0]\nrelease = 'dev' not in version\n",
}
const ACTING = {
  "acting/a/_version.py":
    "__version__ = '1.0'\nimport os\nos.environ['X'] = ''\n",
  "acting/b/_version.py": "__version__ = __import__('os').name\n",
  "acting/c/_version.py":
    "import json\nversion_json = ''\n\n\ndef get_versions():\n    return print(version_json)\n",
  "acting/d/version.py": "class A:\n    pass\n",
  "acting/e/version.py": "call = __builtins__['exec']\n",
  "acting/f/version.py": "version = ().__class__.split()\n",
  "acting/g/version.py": "version = [print for print in ()]\n",
  "acting/h/version.py": "from . import version\n",
  "acting/i/version.py": "version = (\n",
  "acting/j/version.py": "import sys\nsys.modules['os'].x = 1\n",
  "acting/m/version.py": "from json import __builtins__ as b\n",
  "acting/n/version.py": "from sys import path\npath[0:0] = ['/x']\n",
  "acting/o/version.py": "import json as version\n",
  "acting/p/version.py":
    "import sys\nversion = sys.modules.replace('a', 'b')\n",
  "acting/q/version.py": "import sys\nversion = sys['os'].replace('a', 'b')\n",
  "acting/r/version.py": "version = os.replace('a', 'b')\n",
  "acting/s/version.py": "version = ''\nversion.split = version\n",
  "acting/t/version.py": "__path__ = ['/x']\n",
  "acting/u/version.py": "version = 9**9**9\n",
  "acting/v/version.py": "version = 'x' * 999999999\n",
  "acting/w/version.py": "from typing import sys\n",
  "acting/x/version.py": "version = (a := '1')\n",
  "acting/y/version.py": "version = copy\ncopy = ''\n",
  "acting/k/version.py": `version = ${"(".repeat(5000)}1${")".repeat(5000)}\n`,
  "acting/l/version.py": `version = 1\n${"#".repeat(1 << 16)}\n`,
}

test("a module that is named after a version says it and nothing else, or is told", () => {
  const others = { ...SAYING, "boat/other.py": "print()\n" }
  const { folder } = wheelOf({ ...ACTING, ...others })
  const { files } = parseFacts(runProgram("files/facts.py", folder))
  const acting = files[0]?.entries.filter(({ acts }) => acts)
  expect(acting?.map(({ name }) => name).sort()).toEqual(
    Object.keys(ACTING).sort(),
  )
})

test("a module that the project's own template gives is its own word, and no other is", () => {
  const template = `__version__ = "{version}"\ninfo = tuple(int(each) for each in {version_tuple!r})\nempty = {{}}\n`
  const settings = (tool: string) =>
    `[tool.${tool}]\nversion_file_template = ${JSON.stringify(template)}\n`
  const written = template
    .replace("{version}", "1.0+g0a1")
    .replace("{version_tuple!r}", "(1, 0, 'g0a1')")
    .replace("{{}}", "{}")
  const acting = (toml: string, text: string) => {
    const source = { "pyproject.toml": toml }
    const files = { ...source, "boat/_version.py": text }
    return sdistFrom(source, files).acts
  }
  const toml = settings("setuptools_scm")
  expect(acting(toml, written)).toEqual([])
  for (const more of ["print()\n", ""])
    expect(acting(more ? toml : "[tool.other]\n", `${written}${more}`)).toEqual(
      ["boat-1.0/boat/_version.py"],
    )
  // What reads it may not try each way to take such a tuple apart.
  const endless = written.replace("(1, 0, 'g0a1')", `(${"x".repeat(200)}`)
  expect(acting(toml, endless)).toEqual(["boat-1.0/boat/_version.py"])
  const inside = written.replace("1.0+g0a1", '" + print() + "')
  expect(acting(toml, inside)).toEqual(["boat-1.0/boat/_version.py"])
})

const TRACKED =
  '__version__ = "0.0"\nUPDATES = "https://boat.example"\nSAFE = True\n'

test.each([
  ["the version alone", TRACKED.replace("0.0", "1.0"), []],
  [
    "its parts, its commit and its date",
    `${TRACKED.replace("0.0", "v1.0+g0a1b2c3")}version_info = (1, 0, "final")\ncommit = "0a1b2c3d"\ndate = "2026-01-02"\n`,
    [],
  ],
  ["an address", TRACKED.replace("boat.e", "evil.e"), ["boat/version.py"]],
  ["a switch", TRACKED.replace("True", "False"), ["boat/version.py"]],
  ["less", '__version__ = "1.0"\n', ["boat/version.py"]],
])(
  "of a module that the project has for its version a build may change lines that say the version: %s",
  (_, written, told) => {
    const path = "boat/version.py"
    const { acts } = sdistFrom({ [path]: TRACKED }, { [path]: written })
    expect(acts).toEqual(told.map((each) => `boat-1.0/${each}`))
  },
)

const PAGE = [
  '<script src="/app.js?v=0.9"></script>',
  '<p title="@VERSION@">Boat v1.0</p>',
  "",
].join("\r\n")

test.each([
  ["its line ends", PAGE, PAGE.replaceAll("\r\n", "\n"), true],
  ["the version", PAGE, PAGE.replace("v=0.9", "v=1.0"), true],
  ["a word for it", PAGE, PAGE.replace("@VERSION@", "1.0"), true],
  ["an older one", "/*! boat 0.9.9-rc.1 */", "/*! boat 1.0 */", true],
  ["a placeholder", 'echo "${version}"\n', 'echo "1.0"\n', true],
  [
    "its module",
    '__version__ = "0.9"\nx = 1\n',
    '__version__ = "1.0"\nx = 1\n',
    true,
  ],
  ["another version", PAGE, PAGE.replace("v=0.9", "v=2.0"), false],
  ["a line more", PAGE, `${PAGE}<b>1.0</b>`, false],
  ["a number", "let rate = 0.9\n", "let rate = 1.0\n", false],
  ["a call", "if (safe()) go()\n", "if (1.0) go()\n", false],
  ["two words", 'a("0.9.1", "0.9.2")', 'a("1.0", "1.0")', false],
  ["two lines", "v: 0.9.1\nw: 0.9.2", "v: 1.0\nw: 1.0", false],
  ["its script", PAGE, PAGE.replace("/app.js?v=0.9", "//evil?v=1.0"), false],
  ["a byte", "a\0 0.9.1", "a\0 1.0", false],
])(
  "of an sdist a text is told by whether it says no more than the version otherwise: %s",
  (_, here, there, alike) => {
    const path = "boat/page.html"
    const { stamped, unlike } = sdistFrom({ [path]: here }, { [path]: there })
    expect(unlike).toEqual([[`boat-1.0/${path}`, "changed"]])
    expect(stamped).toEqual(alike ? [`boat-1.0/${path}`] : [])
  },
)

test("of an sdist a link is the same where it leads to the same place", () => {
  const files = { "boat.py": "" }
  expect(sdistFrom(files, files, { link: "boat.py" }).unlike).toEqual([])
})

test("of an sdist setup.cfg is the same but for the section that setuptools writes", () => {
  const own = "[metadata]\nname = boat\n"
  const cfg = (text: string) => ({ "setup.cfg": text })
  const written = `${own}\n[egg_info]\ntag_build = \ntag_date = 0\n`
  expect(sdistFrom(cfg(own), cfg(written)).unlike).toEqual([])
  const other = written.replace("boat", "boat\nurl = evil")
  expect(sdistFrom(cfg(own), cfg(other)).unlike).toEqual([
    ["boat-1.0/setup.cfg", "changed"],
  ])
})

test("of an sdist setup.cfg is nothing new where it says only what setuptools writes there", () => {
  const cfg = (text: string) =>
    sdistFrom({ "boat.py": "" }, { "setup.cfg": text }).unlike
  const written = "[egg_info]\ntag_build = \ntag_date = 0\n"
  const made = [["boat-1.0/setup.cfg", "made"]]
  expect(cfg(written)).toEqual([])
  expect(cfg(`${written}egg_base = evil\n`)).toEqual(made)
  expect(cfg(`${written}[options]\ncmdclass = a = b\n`)).toEqual(made)
})

test.each(["pyproject.toml", "setup.py", "hatch.toml", "setup.cfg"])(
  "of an sdist %s is made where the project has it only somewhere else",
  (path) => {
    const text = "[options]\nzip_safe = 1\n"
    const here = { [`tests/sample/${path}`]: text }
    expect(sdistFrom(here, { ...here, [path]: text }).unlike).toEqual([
      [`boat-1.0/${path}`, "made"],
    ])
  },
)

const DYNAMIC = [
  "# As people write it.",
  "[project]",
  'name = "boat"',
  'dynamic = ["version", "classifiers"]',
  "dependencies = [",
  '  "six", # a comment',
  "]",
  'scripts.boat = "boat:main"',
  "[build-system]",
  'requires = ["pdm-backend"]',
  'build-backend = "pdm.backend"',
  "[tool.pdm]",
  "distribution = true",
].join("\n")
/** The same as a backend writes it that has looked for what is dynamic. */
const WRITTEN = [
  "[project]",
  'name = "boat"',
  "dynamic = []",
  'dependencies = ["six"]',
  'version = "1.0"',
  'classifiers = ["Topic :: Utilities"]',
  "[project.scripts]",
  'boat = "boat:main"',
  "[build-system]",
  'requires = ["pdm-backend"]',
  'build-backend = "pdm.backend"',
  "[tool.pdm]",
  "distribution = true",
].join("\n")

function rewritten(here: string, there: string) {
  const { unlike } = sdistFrom(
    { "pyproject.toml": here },
    { "pyproject.toml": there },
  )
  return unlike?.map(([, how]) => how)
}

test("of an sdist pyproject.toml is the same where a backend writes anew what it says, with what the project left to it", () => {
  expect(rewritten(DYNAMIC, WRITTEN)).toEqual([])
  const poetry = (version: string, more = "") =>
    `[tool.poetry]\n${more}version = "${version}"\n`
  const looking = "[tool.poetry-dynamic-versioning]\nenable = "
  const [own, found] = [
    `${poetry("0.0.0")}${looking}true`,
    `${poetry("1.0")}${looking}false`,
  ]
  expect(rewritten(own, found)).toEqual([])
  const renamed = poetry("1.0", 'name = "x"\n')
  expect(rewritten(poetry("0.0.0"), renamed)).toEqual(["changed"])
})

test.each([
  ["what builds it", '"pdm.backend"', '"evil"'],
  ["what its build requires", '["pdm-backend"]', '["pdm-backend", "evil"]'],
  ["how it is built", "distribution = true", "distribution = false"],
  [
    "how it is built, by another type",
    "distribution = true",
    "distribution = 1",
  ],
  ["a table of a tool", "[tool.pdm]", "[tool.pdm.build]\n[tool.pdm]"],
  ["what it requires", '["six"]', '["six", "evil"]'],
  ["a command", '"boat:main"', '"boat:evil"'],
  [
    "an extra",
    "[project.scripts]",
    "[project.optional-dependencies]\na = []\n[project.scripts]",
  ],
  [
    "an entry point",
    "[project.scripts]",
    '[project.entry-points.pytest11]\na = "b"\n[project.scripts]',
  ],
  ["that more is dynamic", "dynamic = []", 'dynamic = ["dependencies"]'],
  ["what nobody can read", "[project]", "[project"],
  ["what is no table", '[project]\nname = "boat"', 'project = "boat"\n[other]'],
])(
  "of an sdist pyproject.toml is changed where it says otherwise %s",
  (_, own, other) => {
    expect(WRITTEN).toContain(own)
    expect(rewritten(DYNAMIC, WRITTEN.replace(own, other))).toEqual(["changed"])
  },
)

test("a script of Python is told with the hash that it has in a wheel", () => {
  const rest = "import quay\nquay.main()\n"
  const { folder } = wheelOf({
    "scripts/plain": `#!python\n${rest}`,
    "scripts/own": `#!/usr/bin/env python3\n${rest}`,
    "scripts/windows": `#!/usr/bin/python\r\n${rest.replaceAll("\n", "\r\n")}`,
    "scripts/other": `#!/usr/bin/env python3\n${rest}# more\n`,
    "scripts/isolated": `#!/usr/bin/env python3 -I\n${rest}`,
    "scripts/shell": "#!/bin/sh\necho quay\n",
  })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  const found = new Map(wheel?.entries.map((each) => [each.name, each]))
  const inWheel = found.get("scripts/plain")?.sha256
  const scripts = [...found]
    .filter(([, { script }]) => script === inWheel)
    .map(([name]) => name)
  expect(scripts.sort()).toEqual([
    "scripts/own",
    "scripts/plain",
    "scripts/windows",
  ])
  expect(found.get("scripts/shell")?.script).toBeUndefined()
})

test.each([
  ["Wheel-Version: 1.0\nTag: py2-none-any\nTag: py3-none-any\n", []],
  ["Tag: py2.py3-none-any\r\n", []],
  ["Tag: cp39-cp39-win32\n", ["Tag: cp39-cp39-win32"]],
  ["Tag: nonsense\nBuild: 7\n", ["Tag: nonsense", "Build: 7"]],
  ["Wheel-Version: 2.0\n", ["Wheel-Version: 2.0"]],
  ["", []],
])("a wheel is told to say what its name does not say: %j", (text, lines) => {
  const name = "boat-1.0-py2.py3-none-any.whl"
  const { folder } = wheelOf({ "boat-1.0.dist-info/WHEEL": text }, name)
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.mislabelled ?? []).toEqual(lines)
})

const LABELS = "Wheel-Version: 1.0\nroot-is-purelib: true\nTag: py3-none-any\n"

test.each([
  [LABELS, undefined],
  [LABELS.replaceAll("\n", "\r\n"), undefined],
  [LABELS.replace("Wheel-Version: 1.0\n", ""), ["Wheel-Version"]],
  [LABELS.replace("1.0", ""), ["Wheel-Version"]],
  [`\uFEFF${LABELS}`, ["Wheel-Version", "Root-Is-Purelib", "Tag"]],
  [LABELS.replace(/Tag.*\n/, ""), ["Tag"]],
  [`\n${LABELS}`, ["Wheel-Version", "Root-Is-Purelib", "Tag"]],
])("a wheel is told to lack what installers ask for: %j", (text, lacking) => {
  const { folder } = wheelOf({ "boat-1.0.dist-info/WHEEL": text })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.unlabelled).toEqual(lacking)
})

test("a wheel without any WHEEL lacks all of it", () => {
  const { folder } = wheelOf({ "boat/__init__.py": "" })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.unlabelled).toHaveLength(3)
})

test.each([
  ["Wheel-Version: 1.0\nRoot-Is-Purelib: false\n", true],
  ["root-is-purelib:FALSE\r\n", true],
  ["Root-Is-Purelib: true\n", undefined],
])("a wheel says whether it is for one platform: %j", (text, platlib) => {
  const { folder } = wheelOf({ "boat-1.0.dist-info/WHEEL": text })
  const [wheel] = parseFacts(runProgram("files/facts.py", folder)).files
  expect(wheel?.platlib).toBe(platlib)
})
