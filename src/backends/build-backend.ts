import type { PackageLayout } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import type { VersionReader } from "../version/version-source.js"

/** The files of a project, and what `pyproject.toml` says. */
export interface Described {
  readonly sources: Sources
  readonly pyproject: Pyproject
}

/** All that is known of a build backend: a row of the table. */
export interface BuildBackend {
  /** As its users call it. */
  readonly name: string
  /** How `build-backend` starts in `pyproject.toml`. */
  readonly modules: readonly string[]
  /** Where the version is, asked in this order where `[project]` has none: the first that answers is right. */
  readonly version: readonly VersionReader[]
  /** Where the package is; what is left open is looked for by the project's name. */
  readonly layout: (described: Described) => Partial<PackageLayout>
  /** The project's name, where the backend has a place of its own for it. */
  readonly projectName: (described: Described) => string | undefined
  /** Requirements for work on the project that are kept in places of its own. */
  readonly groups: (described: Described) => Pyproject["dependency-groups"]
  /** How files that are not Python get into sdist and wheel. */
  readonly data: DataPatterns | Unknown
  /** What includes more in the sdist; absent where it is not known. */
  readonly sdistLine?: (part: SdistPart) => SdistLine
}

/** Something of a project that its sdist is to have. */
export interface SdistPart {
  readonly path: string
  readonly isFolder: boolean
}

/** A line, and the table or file that it belongs into. */
export interface SdistLine {
  readonly place: string
  readonly line: string
}

/** Something that is not known of a backend, and what that means. */
export interface Unknown {
  readonly unknown: string
}

export interface DataPatterns {
  /** Why a file may be missing. */
  readonly why: string
  /** What includes these, line by line. */
  readonly lines: (
    parts: readonly DataPart[],
    module: string,
  ) => readonly LinesOfFile[]
}

/** A folder of data in a package, or files of a kind, such as `src/quayside/*.html`. */
export interface DataPart extends SdistPart {
  /** Its path relative to the package's folder. */
  readonly inner: string
  /** The package's own folder. */
  readonly packageDir: string
}

/** Lines for a file of the project. */
export interface LinesOfFile {
  readonly file: string
  readonly lines: readonly string[]
}

/** For a backend that has no place of its own. */
export const nowhere = () => ({})
export const nameless = () => undefined

export function inPyproject(...lines: string[]): LinesOfFile {
  return { file: "pyproject.toml", lines }
}

/** The pattern of all that it is. */
export function allOf({ isFolder, path }: SdistPart): string {
  return isFolder ? `${path}/**` : path
}

/** A list as TOML has it. */
export function tomlList(items: readonly string[]): string {
  return `[${items.map((each) => `"${each}"`).join(", ")}]`
}
