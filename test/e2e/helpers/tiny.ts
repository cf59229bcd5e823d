import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { emptyProject } from "./project.js"

const PYPROJECT = `
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "tiny"
version = "0.1.0"
description = "A package that is as small as can be."
readme = "README.md"
requires-python = ">=3.9"

[tool.setuptools]
packages = ["tiny"]
`

const FILES = {
  "README.md": "# Tiny\n\nAs small as can be.\n",
  LICENSE: "Do what you like.\n",
  "tiny/__init__.py": '__version__ = "0.1.0"\n',
}

/** The text of each file by its path. */
export type Files = Readonly<Record<string, string>>

/** A package that builds in no time, with more in it: lines of pyproject.toml, and files. */
export function tinyProject(toml = "", files: Files = {}): string {
  const project = emptyProject()
  const pyproject = `${PYPROJECT}${toml}\n[tool.shipwheel]\npythons = ["3.12"]\n`
  addFiles(project, { "pyproject.toml": pyproject, ...FILES, ...files })
  return project
}

export function addFiles(project: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
}

export const WHEN = "2026-03-01T12:34:56Z"

/** Runs git in a project, at a time that is always the same, with nobody's settings. */
export function git(project: string, ...args: string[]): string {
  const env = {
    PATH: process.env["PATH"],
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_AUTHOR_DATE: WHEN,
    GIT_COMMITTER_DATE: WHEN,
  }
  const who = ["-c", "user.name=Tiny", "-c", "user.email=tiny@example.org"]
  return execFileSync("git", [...who, ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  }).trim()
}

/** Commits all of a project, and tags it. */
export function commitAll(project: string, tag: string): void {
  git(project, "init", "--quiet", "--initial-branch", "main")
  git(project, "add", "--all", "--force")
  git(project, "commit", "--quiet", "--message", "All of it")
  git(project, "tag", tag)
}
