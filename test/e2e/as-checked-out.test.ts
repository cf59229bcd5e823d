import { mkdirSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call, startedBy } from "./helpers/dagger.js"
import { edit, emptyProject } from "./helpers/project.js"
import { addFiles, commitAll, type Files, tinyProject } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]
const UNPACKED = ["files", ...TAG, "unpacked", "glob", "--pattern", "**/*"]

/** A project whose build asks git for its files, committed and tagged. */
function withScm(files: Files): string {
  const project = tinyProject("[tool.setuptools_scm]\n", files)
  edit(project, "pyproject.toml", (text) =>
    text
      .replace('["setuptools>=77"]', '["setuptools>=77", "setuptools-scm>=8"]')
      .replace('version = "0.1.0"', 'dynamic = ["version"]'),
  )
  return project
}

test("the files that setuptools-scm finds by git are in wheel and sdist, a second build gives the same bytes, and what git does not track is in neither", async () => {
  const project = withScm({
    "tiny/songs.txt": "one\n",
    "tiny/maps/a.json": "{}\n",
    ".gitignore": "*.log\n",
  })
  commitAll(project, "v1.2.0")
  addFiles(project, { "tiny/debug.log": "only here\n" })
  const { log, stdout } = await call(project, UNPACKED)
  expect(log).not.toContain("\nError: ")
  const paths = stdout.trim().split("\n")
  expect(paths).toContain("wheel/tiny/songs.txt")
  expect(paths).toContain("wheel/tiny/maps/a.json")
  expect(paths).toContain("sdist/tiny-1.2.0/tiny/maps/a.json")
  expect(stdout).not.toContain("debug.log")
  const again = await call(project, ["reproduce", ...TAG])
  expect(again.stdout).toContain("gave the same bytes")
})

test("a project in a folder of its repository is built there, and a build script that asks git is told the tag and no change", async () => {
  const repository = emptyProject()
  const project = join(repository, "python", "tiny")
  mkdirSync(project, { recursive: true })
  addFiles(project, {
    "pyproject.toml":
      '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "tiny"\nversion = "0.1.0"\n',
    "setup.py": [
      "import pathlib, subprocess",
      "from setuptools import setup",
      "",
      "if pathlib.Path('../../.git').exists():",
      '    asked = subprocess.check_output(["git", "describe", "--tags", "--dirty"])',
      '    pathlib.Path("tiny/built.py").write_text(f"FROM = {asked.decode().strip()!r}\\n")',
      "setup()",
      "",
    ].join("\n"),
    "tiny/__init__.py": "from tiny.built import FROM\n\nprint(FROM)\n",
    "README.md": "# Tiny\n",
  })
  addFiles(repository, { "README.md": "# All of it\n" })
  commitAll(repository, "v1.2.0")
  const { log, stdout } = await call(project, [
    ...["--repository", repository, "files", ...TAG, "unpacked"],
    ...["file", "--path", "wheel/tiny/built.py", "contents"],
  ])
  expect(log).not.toContain("\nError: ")
  expect(stdout.trim()).toBe("FROM = 'v1.2.0'")
})

test("what a build script takes from a file that git ignores is no part of a release", async () => {
  const project = tinyProject("", {
    "setup.py": [
      "import pathlib",
      "from setuptools import setup",
      "",
      'local = pathlib.Path("local.json")',
      'text = local.read_text() if local.exists() else "{}"',
      'pathlib.Path("tiny/settings.py").write_text(f"SETTINGS = {text}\\n")',
      "setup()",
      "",
    ].join("\n"),
    "tiny/settings.py": "SETTINGS = {}\n",
    ".gitignore": "local.json\n",
  })
  commitAll(project, "v1.2.0")
  expect((await call(project, ["reproduce", ...TAG])).code).toBe(0)
  addFiles(project, { "local.json": '{"password": "of this machine"}' })
  const { code, log } = await call(project, ["reproduce", ...TAG])
  expect(code).not.toBe(0)
  expect(log).toContain("a second build gave other bytes")
  expect(log).toContain(
    "It had nothing that git ignores, which no other clone has: `local.json`.",
  )
})

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 5\n`
const DATA = '[tool.setuptools.package-data]\ntiny = ["*.bin"]\n'

test("a pointer of git LFS and an empty submodule are refused before anything starts, and a pointer in the built files", async () => {
  const project = tinyProject(DATA, {
    "tiny/voice.bin": POINTER,
    ".gitmodules":
      '[submodule "songs"]\n\tpath = tiny/songs\n\turl = https://example.org/songs.git\n',
  })
  commitAll(project, "v1.2.0")
  mkdirSync(join(project, "tiny", "songs"))
  const refused = await call(project, ["release", ...TAG])
  expect(refused.code).not.toBe(0)
  expect(startedBy(refused)).toEqual([])
  for (const said of [
    "`tiny/voice.bin` is a pointer of git LFS in the place of its content",
    "`tiny/songs` is a submodule, and its folder is empty",
  ])
    expect(refused.log).toContain(said)
  const checked = await call(project, ["check", ...TAG])
  expect(checked.log).toContain(
    "pointers: `tiny-1.2.0-py3-none-any.whl` holds a pointer of git LFS in the place of its file: `tiny/voice.bin`",
  )
})

test("the files for a CI fetch what the repository has beside its commits", async () => {
  const project = tinyProject("", {
    "tiny/.gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
    ".gitmodules": "",
  })
  const { stdout } = await call(project, [
    ...["ci", "--provider", "GITHUB", "as-patch", "contents"],
  ])
  expect(stdout).toMatch(/^\+ +lfs: true$/m)
  expect(stdout).toMatch(/^\+ +submodules: recursive$/m)
})
