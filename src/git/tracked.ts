import { posix } from "node:path"

import { PROJECT_FILES } from "../reading/pyproject.js"

/** The folders of a repository that may be a project's: of those with a file that makes one, such as its pyproject.toml, where most of its files are. */
export function possiblePlaces(
  repository: readonly string[],
  source: ReadonlySet<string>,
): string[] {
  const marks = PROJECT_FILES.filter((name) => source.has(name))
  const prefixes = repository.flatMap((path) =>
    marks
      .filter((name) => path === name || path.endsWith(`/${name}`))
      .map((name) => path.slice(0, path.length - name.length)),
  )
  const places = [...new Set(prefixes)].map((prefix) => ({
    prefix,
    size: pathsBelow(prefix, repository).filter((path) => source.has(path))
      .length,
  }))
  const most = Math.max(...places.map(({ size }) => size))
  return places.filter(({ size }) => size === most).map(({ prefix }) => prefix)
}

/** The files of a project that a commit has and that are still there; none where the commit has no such project. */
export function trackedFiles(
  committed: readonly string[],
  source: ReadonlySet<string>,
  prefix: string,
): string[] {
  const paths = pathsBelow(prefix, committed).filter((path) => source.has(path))
  return PROJECT_FILES.some((name) => paths.includes(name)) ? paths : []
}

/** Paths in a folder, as seen from there. */
export function pathsBelow(prefix: string, paths: readonly string[]): string[] {
  return paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
}

/** The links of a repository, and what they may lead to. */
export interface Links {
  /** Where in the repository the project is, with a slash at the end; empty at its top. */
  readonly prefix: string
  /** What each link means, by its path; both from the top of the repository. */
  readonly meant: ReadonlyMap<string, string>
  /** Where each of the others leads, which is nowhere in the repository's folder. */
  readonly broken: ReadonlyMap<string, string>
  /** The files of the repository's folder that git does not track. */
  readonly lacking: ReadonlySet<string>
}

/** As many as a system follows before it gives up. */
const MOST = 40

/** What a path of the project is by way of links, from the project, where git does not track that. */
export function lackingBehind(path: string, links: Links): string | undefined {
  const real = behind(links.prefix + path, links.meant)
  return links.lacking.has(real) ? linkedTo(path, links) : undefined
}

/** Where a path of the project leads that no clone has. */
export interface DeadEnd {
  /** From the project, or from the machine's top. */
  readonly to: string
  readonly why: string
}

/** Where a path leads by way of links, where that is nothing that git has. */
export function deadEnd(path: string, links: Links): DeadEnd | undefined {
  const { broken, meant, prefix } = links
  const lacking = lackingBehind(path, links)
  if (lacking !== undefined)
    return { to: lacking, why: "which git does not track" }
  const leads = broken.get(behind(prefix + path, meant))
  if (leads === undefined) return undefined
  const to = leads.startsWith("/") ? leads : posix.relative(prefix, leads)
  return { to, why: "which is not in the repository" }
}

/** What a path of the project is by way of links, from the project; nothing where it is no link. */
export function linkedTo(path: string, links: Links): string | undefined {
  const real = behind(links.prefix + path, links.meant)
  return real === links.prefix + path
    ? undefined
    : posix.relative(links.prefix, real)
}

/** The files that a link brings into a project, where git tracks both the link and them. */
export function trackedBehind(
  present: readonly string[],
  committed: readonly string[],
  { meant, prefix }: Pick<Links, "meant" | "prefix">,
): string[] {
  if (meant.size === 0) return []
  const known = new Set(committed)
  return present.filter((path) => {
    const parts = `${prefix}${path}`.split("/")
    const isLinked = parts.some((_, at) =>
      known.has(parts.slice(0, at).join("/")),
    )
    return isLinked && known.has(behind(parts.join("/"), meant))
  })
}

/** What a path is once each link in it is followed. */
export function behind(path: string, meant: Links["meant"]): string {
  let real = path
  for (let left = MOST; left > 0; left--) {
    const next = step(real, meant)
    if (next === undefined) return real
    real = next
  }
  return real
}

/** The same path by way of the first link in it. */
function step(path: string, meant: Links["meant"]): string | undefined {
  const parts = path.split("/")
  const ends = parts.map((_, at) => at + 1)
  const end = ends.find((each) => meant.has(parts.slice(0, each).join("/")))
  if (end === undefined) return undefined
  const target = meant.get(parts.slice(0, end).join("/")) ?? ""
  return posix.join(target, ...parts.slice(end))
}
