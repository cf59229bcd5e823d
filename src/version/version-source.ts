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

/** The tool that reads a project's version in the tags of a repository. */
export interface InTags {
  readonly tool: string
  readonly project: string
}

/** Where the version comes from: places to write it in, variables that are read, or a tag; or why none of them will do. */
export type VersionSource =
  | {
      readonly places?: readonly VersionPlace[]
      readonly variables?: readonly string[]
      readonly inTags?: InTags
    }
  | { readonly refusal: string }

/** Finds where the version comes from in one way; undefined where the project does not go that way. */
export type VersionReader = (clue: Clue) => VersionSource | undefined

export function refuseSource(refusal: string): VersionSource {
  return { refusal }
}
