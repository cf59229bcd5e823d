import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call } from "./helpers/dagger.js"
import { emptyProject } from "./helpers/project.js"
import { addFiles, type Files, git } from "./helpers/tiny.js"

const WREN: Files = {
  "pyproject.toml": [
    "[build-system]",
    'requires = ["setuptools>=77", "setuptools-scm>=8"]',
    'build-backend = "setuptools.build_meta"',
    "",
    "[project]",
    'name = "wren"',
    'dynamic = ["version"]',
    'description = "Sings."',
    'readme = "README.md"',
    'requires-python = ">=3.9"',
    'license-files = ["LICENSE"]',
    'optional-dependencies.test = ["pytest"]',
    "",
    "[tool.setuptools]",
    'packages = ["wren"]',
    "",
    "[tool.setuptools_scm]",
    'root = "../.."',
    'tag_regex = "^wren-v(?P<version>.+)$"',
    'git_describe_command = "git describe --dirty --tags --long --match wren-v*"',
    "",
    "[tool.ruff]",
    'extend = "../../ruff.toml"',
    "",
    "[tool.shipwheel]",
    'pythons = ["3.12"]',
    "",
  ].join("\n"),
  "requirements.txt": "-r ../../requirements/test.txt\n",
  "wren/__init__.py": "",
  "wren/songs.txt": "one\n",
  "tests/test_wren.py": [
    "import pathlib",
    "import subprocess",
    "",
    "import wren",
    "",
    "",
    "def test_what_is_beside_the_project_is_there(request):",
    '    assert pathlib.Path("../../requirements/test.txt").read_text()',
    '    assert request.config.getini("markers")[0] == "from_the_root: x"',
    "",
  ].join("\n"),
}

/** A repository of two packages with tags of their own, whose settings and texts are at its top. */
function flock(): { repository: string; wren: string } {
  const repository = emptyProject()
  const wren = join(repository, "packages", "wren")
  mkdirSync(wren, { recursive: true })
  addFiles(wren, WREN)
  addFiles(repository, {
    "README.md": "# The flock\n",
    LICENSE: "Do what you like.\n",
    "pytest.ini": "[pytest]\nmarkers =\n    from_the_root: x\n",
    "requirements/test.txt": "pytest\n",
    "ruff.toml": 'lint.ignore = ["F401"]\n',
    "packages/heron/pyproject.toml":
      '[project]\nname = "heron"\nversion = "1.0"\n',
  })
  for (const name of ["README.md", "LICENSE"])
    symlinkSync(`../../${name}`, join(wren, name))
  git(repository, "init", "--quiet", "--initial-branch", "main")
  commit(repository, "feat: begin", "wren-v1.1.0")
  addFiles(repository, { "packages/heron/heron.py": "" })
  commit(repository, "feat: teach the heron to stand", "heron-v9.0.0")
  addFiles(wren, { "wren/maps/a.json": "{}\n" })
  commit(repository, "feat: give the wren a map", "wren-v1.2.0")
  return { repository, wren }
}

function commit(repository: string, message: string, tag: string): void {
  git(repository, "add", "--all", "--force")
  git(repository, "commit", "--quiet", "--message", message)
  git(repository, "tag", tag)
}

test("a member is released by its own tag, sees what is around it as in its author's checkout, and tells only of itself", async () => {
  const { repository, wren } = flock()
  const at = ["--repository", repository]
  const { log, stdout } = await call(wren, [
    ...[...at, "release", "--tag", "wren-v1.2.0"],
  ])
  expect(log).not.toContain("\nError: ")
  expect(stdout).toContain("Rehearsal: wren 1.2.0 (`wren-v1.2.0`)")
  expect(stdout).toContain("which matches `refs/tags/wren-v*`")
  expect(stdout).toContain("1 passed on Python 3.12")
  expect(stdout).toContain("gave the same bytes")
  expect(stdout).toContain("give the wren a map")
  expect(stdout).toContain("the commits since `wren-v1.1.0`")
  expect(stdout).not.toContain("heron")
  const files = await call(wren, [
    ...[...at, "files", "--tag", "wren-v1.2.0", "unpacked"],
    ...["glob", "--pattern", "**/*"],
  ])
  const paths = files.stdout.trim().split("\n")
  for (const path of ["songs.txt", "maps/a.json"])
    expect(paths).toContain(`wheel/wren/${path}`)
  expect(paths).toContain("wheel/wren-1.2.0.dist-info/licenses/LICENSE")
  expect(paths).toContain("sdist/wren-1.2.0/README.md")
})

test("a tag of another member is refused with whose it is, and the files for a CI wait for the member's own", async () => {
  const { repository, wren } = flock()
  const at = ["--repository", repository]
  const refused = await call(wren, [
    ...[...at, "environment", "--ref", "refs/tags/heron-v9.0.0"],
  ])
  expect(refused.code).not.toBe(0)
  expect(refused.log).toContain(
    "`heron-v9.0.0` is a tag of `packages/heron`, and this is `wren`",
  )
  const { stdout } = await call(wren, [
    ...[...at, "ci", "--provider", "GITHUB", "as-patch", "contents"],
  ])
  expect(stdout).toContain(
    'tags: ["wren-v*", "wren-[0-9]*", "staging/wren-v*", "staging/wren-[0-9]*"]',
  )
})
