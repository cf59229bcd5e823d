import { posix } from "node:path"

import { hatchHooks } from "../backends/hatch-hooks.js"
import { resolveBuildNode } from "../frontend/asks-node.js"
import { isBelow } from "../frontend/output.js"
import { pathFromProject, pathFromTop } from "../frontend/place.js"
import type { BuildClues } from "../reading/build-scripts.js"
import { repositorySources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { isMissing } from "./copied-in.js"

/** A folder for pages that git does not have, from the top of the repository, and the `.gitignore` that names it. */
export interface AbsentPages {
  readonly to: string
  readonly where: string
}

/** What such folders are looked for with. */
export interface PagesClues extends BuildClues {
  /** The folder of the import package. */
  readonly packageDir: string
}

const PAGES =
  /^(_?static|html|dist|build|bundles?|public|www|web|web[-_]?(ui|app|site)|ui|frontend|client|spa|app|assets|gui)$/

/** The folders for pages that git is told not to have, where nothing shows that the backend makes them. */
export function absentPages(clues: PagesClues): AbsentPages[] {
  const makesThem =
    resolveBuildNode(clues) !== undefined ||
    hatchHooks(clues.pyproject).some(({ name }) => name === "custom")
  if (makesThem) return []
  const sources = repositorySources(clues.sources)
  const target = pathFromTop(clues.sources.at, clues.packageDir)
  return ignored(clues).filter(
    ({ to }) =>
      posix
        .relative(target, to)
        .split("/")
        .some((part) => PAGES.test(part)) && isMissing(to, target, sources),
  )
}

/** What `.gitignore` names in the package by its path; a name alone may mean any folder. */
function ignored({ packageDir, sources }: PagesClues): AbsentPages[] {
  const all = repositorySources(sources)
  const target = pathFromTop(sources.at, packageDir)
  const seen = (path: string) => pathFromProject(sources.at, path)
  return [...all.paths]
    .filter((path) => posix.basename(path) === ".gitignore")
    .filter((path) => isBelow(target, posix.dirname(path).replace(/^\.$/, "")))
    .flatMap((path) =>
      (all.text(path) ?? "").split(/\r?\n/).flatMap((line) => {
        const to = folderOf(
          posix.join(posix.dirname(path), line.trim()),
          target,
        )
        return to === undefined ? [] : [{ to, where: code(seen(path)) }]
      }),
    )
}

/** The folder in another that a pattern names, with a star for any part above that. */
function folderOf(pattern: string, target: string): string | undefined {
  const parts = pattern.replace(/(\/\*{0,2})+$/, "").split("/")
  const above = target.split("/")
  const leads = above.every((part, at) => [part, "*"].includes(parts[at] ?? ""))
  const below = parts.slice(above.length)
  return leads && below.length > 0 && !/[*?[!]/.test(below.join("/"))
    ? posix.join(target, ...below)
    : undefined
}
