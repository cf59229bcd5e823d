import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** What a large project has: Python modules, tests, files that its frontend makes, and megabytes of data in its wheel. */
export const LARGE = {
  modules: 2000,
  tests: 20_000,
  pages: 3000,
  megabytes: 90,
}

/** How many tests stand in one file. */
const BESIDE = 50

/** A part of a large project; its data does not shrink when it is packed. */
export function sizesOf(part) {
  return Object.fromEntries(
    Object.entries(LARGE).map(([name, size]) => [name, Math.ceil(size * part)]),
  )
}

/** A committed and tagged project of these sizes, in a new folder. */
export function makeProject(folder, sizes, tag) {
  for (const [path, text] of files(sizes)) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
  const git = (...args) =>
    execFileSync("git", ["-C", folder, ...NOBODY, ...args], { stdio: "ignore" })
  git("init", "--quiet")
  git("add", "--all")
  git("commit", "--quiet", "--message", "All of it")
  git("tag", tag)
}

const NOBODY = [
  "-c",
  "user.name=Nobody",
  "-c",
  "user.email=nobody@example.org",
  "-c",
  "commit.gpgSign=false",
]

function* files({ modules, tests, pages, megabytes }) {
  yield ["pyproject.toml", PYPROJECT]
  yield ["README.md", "# Grown\n\nA project made to be large.\n"]
  yield ["CHANGELOG.md", "# Changelog\n\n## [1.0.0]\n\n- All of it.\n"]
  yield ["LICENSE", "Whoever wants it may have it.\n"]
  yield [".gitignore", "src/grown/static/\n"]
  yield ["src/grown/__init__.py", '"""Much."""\n']
  for (let at = 1; at < modules; at++)
    yield [
      `src/grown/m${at}.py`,
      `"""The module ${at}."""\n\n\ndef number() -> int:\n    """Say which it is."""\n    return ${at}\n`,
    ]
  for (let at = 0; at < tests / BESIDE; at++)
    yield [`tests/test_${at}.py`, testFile(at % modules || 1)]
  for (let at = 0; at < megabytes; at++)
    yield [`src/grown/data/${at}.bin`, randomBytes(1 << 20)]
  yield ["frontend/package.json", PACKAGE]
  yield ["frontend/package-lock.json", LOCK]
  yield ["frontend/build.mjs", frontendBuild(pages)]
}

function testFile(at) {
  return `import pytest

from grown.m${at} import number


@pytest.mark.parametrize("times", range(${BESIDE}))
def test_number(times: int) -> None:
    assert number() * times == ${at} * times
`
}

const PYPROJECT = `[build-system]
requires = ["hatchling==1.27.0"]
build-backend = "hatchling.build"

[project]
name = "grown"
version = "1.0.0"
description = "A project made to be large."
readme = "README.md"
license = "0BSD"
license-files = ["LICENSE"]
requires-python = ">=3.12"

[dependency-groups]
test = ["pytest>=8"]

[tool.hatch.build]
artifacts = ["src/grown/static"]

[tool.shipwheel]
pythons = ["3.12"]
skip = { installers = "what grows is elsewhere" }
audit = { python = "off", frontend = "off" }

[tool.shipwheel.frontend]
path = "frontend"
destination = "src/grown/static"
`

const PACKAGE = `${JSON.stringify(
  {
    name: "grown",
    version: "1.0.0",
    private: true,
    scripts: { build: "node build.mjs" },
  },
  undefined,
  2,
)}\n`

const LOCK = `${JSON.stringify(
  {
    name: "grown",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: { "": { name: "grown", version: "1.0.0" } },
  },
  undefined,
  2,
)}\n`

function frontendBuild(pages) {
  return `import { mkdirSync, writeFileSync } from "node:fs"

mkdirSync("dist/pages", { recursive: true })
writeFileSync("dist/index.html", '<!doctype html><html lang="en"><title>Grown</title><script src="pages/0.js"></script></html>')
for (let at = 0; at < ${pages}; at++) writeFileSync(\`dist/pages/\${at}.js\`, \`export default \${at}\\n\`)
`
}
