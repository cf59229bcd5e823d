import TOML from "@iarna/toml"

import { problem } from "../errors.js"

/** A file of the copy that is built, with the version written into it. */
export interface Edit {
  readonly path: string
  readonly text: string
}

/**
 * Writes a version into `[project]` of pyproject.toml, changing nothing else:
 * `@iarna/toml` loses comments when it writes, so it only proves the edit.
 */
export function stampPyproject(text: string, version: string): string {
  const table = /^\[project\][^\S\n]*(?:#.*)?\r?\n(?:(?!\[).*(?:\r?\n|$))*/m
  const stamped = text.replace(table, (lines) =>
    lines.replace(
      /^(version[^\S\n]*=[^\S\n]*)(["'])[^"'\n]*\2(?!\2)/m,
      `$1$2${version}$2`,
    ),
  )
  if (readVersion(stamped) !== version)
    throw problem(
      "project",
      "`version` in `[project]` of `pyproject.toml` can't be replaced",
      'Write it on a line of its own: `version = "1.2.3"`.',
    )
  return stamped
}

/** Replaces the value of every `__version__ = "..."` of a module. */
export function stampModule(text: string, version: string): string {
  return text.replace(
    /^(__version__(?:[^\S\n]*:[^\S\n]*[\w.]+)?[^\S\n]*=[^\S\n]*)(["'])[^"'\n]*\2(?!\2)/gm,
    `$1$2${version}$2`,
  )
}

function readVersion(text: string): unknown {
  const project = TOML.parse(text.replaceAll("\r\n", "\n"))["project"]
  return project && typeof project === "object" && "version" in project
    ? project.version
    : undefined
}
