import { readFileSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call, type Result } from "./helpers/dagger.js"
import { addFiles, commitAll, git, tinyProject } from "./helpers/tiny.js"

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A way to read.

## [1.0.0] - 2026-03-01

- All of it.

[Unreleased]: https://example.org/tiny/compare/v1.0.0...HEAD
[1.0.0]: https://example.org/tiny/releases/tag/v1.0.0
`
const LOCK = `version = 1
requires-python = ">=3.9"

[[package]]
name = "tiny"
version = "0.1.0"
source = { editable = "." }
`
// An index may have a project of this name, which is another's: it has other addresses.
const OWN = '[project.urls]\nHome = "https://tiny.example.org"\n'

function passed({ code, log, stdout }: Result): string {
  expect(code, log).toBe(0)
  return stdout
}

/** Applies what is proposed for a tag, and tags it. */
async function stamped(project: string, tag: string): Promise<void> {
  const edits = ["stamp", "--tag", tag, "export", "--path", project]
  passed(await call(project, edits))
  git(project, "add", "--all")
  git(project, "commit", "--quiet", "--message", tag)
  git(project, "tag", tag)
}

test("`next` says the version and why, `stamp` writes it, and the tag is fit to be released", async () => {
  const project = tinyProject(OWN, {
    "CHANGELOG.md": CHANGELOG,
    "uv.lock": LOCK,
  })
  commitAll(project, "v1.0.0")
  addFiles(project, {
    "tiny/__init__.py": '__version__ = "0.1.0"\n\n\ndef read(at): ...\n',
  })
  git(project, "commit", "--quiet", "--all", "--message", "Read")

  const told = passed(await call(project, ["--format", "JSON", "next"]))
  expect(JSON.parse(told)).toMatchObject({
    tag: "v1.1.0",
    last: "1.0.0",
    next: { version: "1.1.0", level: "feature", problems: [] },
    evidence: [
      {
        from: "the comparison with 1.0.0 (the tag `v1.0.0`, built anew)",
        what: ["`tiny.read` is new"],
      },
      { from: "`[Unreleased]` in `CHANGELOG.md`", what: ["`Added`"] },
    ],
  })

  await stamped(project, "v1.1.0")
  const read = (path: string) => readFileSync(join(project, path), "utf8")
  expect(read("CHANGELOG.md")).toMatch(
    /## \[Unreleased\]\n\n## \[1\.1\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n/,
  )
  expect(read("CHANGELOG.md")).toContain(
    "[Unreleased]: https://example.org/tiny/compare/v1.1.0...HEAD\n" +
      "[1.1.0]: https://example.org/tiny/compare/v1.0.0...v1.1.0\n",
  )
  expect(read("uv.lock")).toBe(LOCK.replace("0.1.0", "1.1.0"))
  expect(read("pyproject.toml")).toContain('version = "1.1.0"')
  const fit = passed(await call(project, ["preflight", "--tag", "v1.1.0"]))
  expect(fit).toMatch(/The notes are the section `\[1\.1\.0\] - [\d-]+` of/)
})

test("`stamp` has towncrier write the section, and the preflight finds it", async () => {
  const project = tinyProject(
    `${OWN}[tool.towncrier]\nname = "Tiny"\ndirectory = "news"\nfilename = "CHANGES.rst"\n`,
    {
      "CHANGES.rst": "Tiny\n====\n\n.. towncrier release notes start\n",
      "news/1.feature.rst": "A way to read.\n",
    },
  )
  commitAll(project, "v1.0.0")
  const asked = ["next", "--as", "1.1.0", "--prerelease", "rc"]
  const told = passed(await call(project, asked))
  expect(told).toContain("# Next: tiny 1.1.0rc1")
  expect(told).toContain("`feature` by the fragments: `news/1.feature.rst`")
  expect(told).toContain("towncrier")

  await stamped(project, "v1.1.0")
  expect(git(project, "ls-files", "news")).toBe("")
  const plan = passed(await call(project, ["plan", "--tag", "v1.1.0"]))
  expect(plan).not.toContain("A release would stop here")
  expect(plan).toMatch(/The notes are the section `Tiny 1\.1\.0 \([\d-]+\)` of/)
})
