import { PROJECT_FILES } from "../reading/pyproject.js"

/** The files of a project that its repository has. */
export interface Tracked {
  /** Where the project is in the repository; empty at its top. */
  readonly prefix: string
  /** Relative to the project. */
  readonly paths: readonly string[]
}

/** Finds the project among the files of a commit: where most of them are also in the source; nowhere where none are. */
export function trackedFiles(
  committed: readonly string[],
  source: ReadonlySet<string>,
): Tracked | undefined {
  const marks = PROJECT_FILES.filter((name) => source.has(name))
  const prefixes = committed.flatMap((path) =>
    marks
      .filter((name) => path === name || path.endsWith(`/${name}`))
      .map((name) => path.slice(0, path.length - name.length)),
  )
  const places = [...new Set(prefixes)].map((prefix) => ({
    prefix,
    paths: committed
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length))
      .filter((path) => source.has(path)),
  }))
  return places.reduce<Tracked | undefined>(
    (best, each) =>
      best && best.paths.length >= each.paths.length ? best : each,
    undefined,
  )
}
