import type { Described } from "../../src/backends/build-backend.js"
import type { Clue } from "../../src/version/version-source.js"
import { pyproject, sources } from "./builders.js"

/** What a backend sees of a project: lines of pyproject.toml, and files with a text. */
export function described(
  toml: readonly string[] = [],
  texts: Readonly<Record<string, string>> = {},
): Described {
  return { pyproject: pyproject(...toml), sources: sources(texts) }
}

/** The same where the version is looked for, in a package `src/quayside`. */
export function clue(...given: Parameters<typeof described>): Clue {
  const found = { root: "src", path: "src/quayside" }
  return { ...described(...given), name: "quayside", found }
}
