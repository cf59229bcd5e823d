import type { ImportPackage } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import type { VersionPlace } from "./version-place.js"

/** What is known of a project when its version is looked for. */
export interface Clue {
  readonly sources: Sources
  readonly pyproject: Pyproject
  readonly name: string
  readonly found: ImportPackage | undefined
}

/** Where the version comes from: places to write it in, variables that are read, or a tag; or why none of them will do. */
export type VersionSource =
  | {
      readonly places?: readonly VersionPlace[]
      readonly variables?: readonly string[]
      /** The tool that reads it in the tags of a repository, and nowhere else. */
      readonly inTags?: string
    }
  | { readonly refusal: string; readonly next: string }

/** Finds where the version comes from in one way; undefined where the project does not go that way. */
export type VersionReader = (clue: Clue) => VersionSource | undefined

const NEXT =
  'Say in `[tool.shipwheel]` which file holds it, such as `version-in = { path = "quayside/VERSION" }`, with a `pattern` where that holds more; or let setuptools-scm, hatch-vcs, pdm-backend or versioneer take it from git: those are told the version of the tag. Where `pyproject.toml` has a `[project]` table, it can have the `version` itself.'

export function refuseSource(refusal: string): VersionSource {
  return { refusal, next: NEXT }
}
