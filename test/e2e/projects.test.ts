import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { edit, emptyProject } from "./helpers/project.js"

/** Projects that nobody here wrote, each with a tag for its next version. */
const SOUND = [
  ["tektra==0.2.1", "v0.3.0-beta.1", "setuptools, with a stale setup.py"],
  ["zipp==3.21.0", "v3.22.0", "setuptools-scm"],
  ["iniconfig==2.1.0", "v2.2.0", "hatch-vcs"],
  ["idna==3.10", "v3.11", "flit-core, __version__ imported from elsewhere"],
  ["tomlkit==0.13.2", "0.14.0", "poetry-core"],
  ["typer==0.15.2", "0.16.0", "pdm-backend"],
  ["websockets==15.0.1", "v15.1", "setuptools, with an optional extension"],
] as const

/** What is built as well, and then stopped with good reason. */
const CONTENT_TYPE = "`long_description_content_type` missing"
const STOPPED = [
  ["sphinx-rtd-theme==3.0.2", "v3.1.0", "3.1.0", CONTENT_TYPE],
  ["h11==0.14.0", "v0.15.0", "0.15.0", CONTENT_TYPE],
  ["httpx==0.28.1", "0.29.0rc1", "0.29.0rc1", "`tests/fixtures/.netrc`"],
] as const

const folders = new Map<string, string>()

beforeAll(() => {
  for (const [requirement] of [...SOUND, ...STOPPED]) {
    const folder = emptyProject()
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps"]
    const options = ["--no-binary", ":all:", "--dest", folder, requirement]
    execFileSync("python3", [...pip, ...options], { stdio: "pipe" })
    const [sdist = ""] = readdirSync(folder)
    const source = join(folder, "source")
    mkdirSync(source)
    const strip = ["--strip-components", "1", "--directory", source]
    execFileSync("tar", ["-xzf", join(folder, sdist), ...strip])
    folders.set(requirement, source)
  }
})

describe("a project from PyPI with no configuration", () => {
  test.each(SOUND)("passes every check: %s as %s, %s", async (name, tag) => {
    const checked = await call(sourceOf(name), ["check", "--tag", tag])
    expect(checked.code, checked.log.slice(-3000)).toBe(0)
    expect(checked.stdout).toContain("names, metadata, record")
  })

  test.each(STOPPED)(
    "is built, and stopped by what an index or a reader would mind: %s as %s",
    async (name, tag, version, finding) => {
      const source = sourceOf(name)
      const checked = await call(source, ["check", "--tag", tag])
      expect(checked.code).not.toBe(0)
      expect(checked.log).toContain(finding)
      const built = await call(source, ["build", "--tag", tag, "entries"])
      const names = built.stdout.trim().split("\n")
      const carries = names.map((each) => each.includes(`-${version}`))
      expect(carries).toStrictEqual([true, true])
    },
  )
})

const RST = 'long_description_content_type="text/x-rst",'
/** What each of them needed to be released: a line of their own, or one of configuration. */
const REMEDIES = [
  [
    "sphinx-rtd-theme==3.0.2",
    "v3.1.0",
    "setup.cfg",
    (text: string) =>
      text.replace(
        "[metadata]",
        "[metadata]\nlong_description_content_type = text/x-rst",
      ),
  ],
  [
    "h11==0.14.0",
    "v0.15.0",
    "setup.py",
    (text: string) => text.replace("    author=", `    ${RST}\n    author=`),
  ],
  [
    "httpx==0.28.1",
    "0.29.0rc1",
    "pyproject.toml",
    (text: string) =>
      `${text}\n[tool.shipwheel]\nallow = { "tests/fixtures/.netrc" = "a fixture without a secret" }\n`,
  ],
] as const

test.each(REMEDIES)(
  "one line lets it pass: %s as %s in %s",
  async (name, tag, path, remedy) => {
    const source = copyOf(name)
    edit(source, path, remedy)
    const checked = await call(source, ["check", "--tag", tag])
    expect(checked.code, checked.log.slice(-3000)).toBe(0)
    expect(checked.stdout).toContain("forbidden")
  },
)

const requires = (...names: string[]) =>
  `\n[tool.shipwheel.test]\nrequires = ${JSON.stringify(names)}\n`
const ONE = ["python", "--version", "3.12"]
/** The suites that are in the sdists, with what they needed: nothing, or a line. On several Pythons where nothing is named. */
const SUITES = [
  ["idna==3.10", "", [], "32 passed on Python 3.9, 3.10, 3.11, 3.12"],
  ["tomlkit==0.13.2", "", ONE, "859 passed on Python 3.12"],
  ["h11==0.14.0", requires("pytest"), [], " passed on Python 3."],
] as const

test.each(SUITES)(
  "the tests of %s run with %j: %j test",
  async (name, toml, leg, result) => {
    const source = copyOf(name)
    if (toml) edit(source, "pyproject.toml", (text) => text + toml)
    const tested = await call(source, [...leg, "test"])
    expect(tested.code, tested.log.slice(-3000)).toBe(0)
    expect(tested.stdout).toContain(result)
  },
)

function copyOf(requirement: string): string {
  const copy = emptyProject()
  cpSync(sourceOf(requirement), copy, { recursive: true })
  return copy
}

function sourceOf(requirement: string): string {
  return folders.get(requirement) ?? ""
}
