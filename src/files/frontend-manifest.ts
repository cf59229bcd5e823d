import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, innerPath, paths } from "./facts.js"
import { howToInclude, type Inclusion } from "./include-frontend.js"

/** Where the frontends' outputs go in the project, and where the package is. */
interface Places extends Inclusion {
  readonly destinations: readonly string[]
}

/** Compares the files of each frontend's output with those of the archives, by name and hash. */
export function wrongFrontend({ files, outputs }: Facts, expected: Places) {
  return files.flatMap((file) =>
    outputs.flatMap((output, at) => {
      const place = expected.destinations[at] ?? ""
      const prefix = isWheel(file.name)
        ? installedPath(place, expected.packageDir)
        : place
      return differences(file, prefix, output)
    }),
  )
}

/** How to include what an archive lacks, if one lacks anything. */
export function missingFrontend(
  facts: Facts,
  expected: Places,
): string | undefined {
  const missing = expected.destinations
    .map((destination, at) => ({
      destination,
      files: facts.files.flatMap((file) =>
        lacking(file, destination, facts.outputs[at], expected),
      ),
    }))
    .filter(({ files }) => files.length > 0)
  return missing.length > 0 ? howToInclude(expected, missing) : undefined
}

function lacking(
  file: Archive,
  place: string,
  output: Facts["outputs"][number] = {},
  { packageDir }: Places,
): string[] {
  const prefix = isWheel(file.name) ? installedPath(place, packageDir) : place
  const found = new Set(paths(file))
  return Object.keys(output)
    .filter(isServed)
    .filter((path) => !found.has(`${prefix}/${path}`))
}

/** What git, npm and desktops keep in a folder is copied along with what a page needs, and no page asks for it; backends leave it out. */
const KEPT =
  /(^|\/)(\.(git(ignore|keep|attributes)|keep|npmignore|DS_Store)|Thumbs\.db)$/

function isServed(path: string): boolean {
  return !KEPT.test(path)
}

/** Where a path of the project is after an install: below the folder that the package is in. */
export function installedPath(path: string, packageDir: string): string {
  const parent = packageDir.replace(/[^/]*$/, "")
  return path.startsWith(parent) ? path.slice(parent.length) : path
}

function differences(
  file: Archive,
  prefix: string,
  output: Readonly<Record<string, string>>,
): string[] {
  const found = new Map(
    file.entries.map(({ name, sha256 }) => [innerPath(file, name), sha256]),
  )
  const wanted = Object.entries(output)
  const names = (kept: readonly string[]) => kept.map(code)
  const missing = wanted.filter(
    ([path]) => isServed(path) && !found.has(`${prefix}/${path}`),
  )
  const changed = wanted.filter(([path, sha256]) => {
    const hash = found.get(`${prefix}/${path}`)
    return hash !== undefined && hash !== sha256
  })
  const extra = [...found.keys()]
    .filter((path) => path.startsWith(`${prefix}/`))
    .filter((path) => !(path.slice(prefix.length + 1) in output))
    // Where a build writes among modules, they are none of its files.
    .filter((path) => !/\.pyi?$/.test(path))
  const told = (what: string, kept: readonly string[]) =>
    kept.length === 0
      ? []
      : [
          `\`${file.name}\` ${what} in \`${prefix || "."}\`: ${few(names(kept))} (${String(kept.length)} of ${String(wanted.length)} files)`,
        ]
  return [
    ...told(
      "lacks the frontend's files",
      missing.map(([path]) => path),
    ),
    ...told(
      "has other bytes than the frontend's",
      changed.map(([path]) => path),
    ),
    ...told("has files that the frontend did not write", extra),
  ]
}
