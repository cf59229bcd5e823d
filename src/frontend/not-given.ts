import { posix } from "node:path"

/** How the tools of a build say that a file is not there, and from which folder they looked. */
const MISSING = [
  /ENOENT: no such file or directory, \w+ '(?<path>[^']+)'/g,
  /Cannot find module '(?<path>[./][^']+)'/g,
  /Can't resolve '(?<path>\.[^']+)' in '(?<from>[^']+)'/g,
  /Could not resolve ["'](?<path>\.[^"']+)["'] from ["'](?<file>[^"']+)["']/g,
]

/** The files of the project that a build in its frontend's folder missed, by its words; relative to the project. */
export function missedFiles(
  output: string,
  project: string,
  path: string,
): string[] {
  const here = posix.join(project, path)
  const found = MISSING.flatMap((pattern) =>
    [...output.matchAll(pattern)].map(({ groups = {} }) => {
      const { file, from, path: missed = "" } = groups
      const folder = from ?? (file === undefined ? "" : posix.dirname(file))
      return posix.resolve(here, folder, missed.replace(/\?.*$/, ""))
    }),
  )
  return [...new Set(found)]
    .filter((each) => each.startsWith(`${project}/`))
    .map((each) => posix.relative(project, each))
}
