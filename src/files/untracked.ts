import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { isBelow } from "../frontend/output.js"
import type { FolderFiles } from "../git/tracked-stage.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, innerPath, paths } from "./facts.js"
import { installedPath } from "./frontend-manifest.js"

/** The files of a project's folder, and what of them a build may put into the package. */
export interface Present extends FolderFiles {
  readonly packageDir: string
  /** Where each frontend's output goes. */
  readonly destinations: readonly string[]
}

/** A backend writes these at each build, so that what was there is not what is shipped. */
const WRITTEN =
  /(^|\/)_*([a-z\d]+_)*versions?(_?info|_?tuple|_generated|_meson)?_*\.(py|pyi|txt)$|(^|\/)[^/]+\.egg-info\/|^(PKG-INFO|setup\.cfg)$/i

/** Of a module somebody's version, which may be any data of the project. */
const OF_SOMETHING = /(^|\/)_*([a-z\d]+_)+versions?[^/]*$/i

export function isWritten(path: string): boolean {
  return WRITTEN.test(path)
}

/** Whether a file says the version of the project: by a name that tells no more, or because it says one. */
export function saysVersion(
  { versions = [] }: Archive["entries"][number],
  path: string,
): boolean {
  return isWritten(path) && (!OF_SOMETHING.test(path) || versions.length > 0)
}

/** Files that git ignores, which were in the folder and are in what was built: nobody else's clone has them. */
export function untrackedFiles(files: Facts["files"], has: Present): string[] {
  const tracked = new Set(has.tracked)
  const shipped = files.map((each) => shippedIn(each, has))
  return has.present.filter(
    (path) =>
      !tracked.has(path) &&
      !isMadeAnew(path, files) &&
      !has.destinations.some((each) => isBelow(path, each)) &&
      shipped.some((isIn) => isIn(path)),
  )
}

/** Whether a build wrote it in the place of what was there; the same bytes may be of an earlier build, where they only say a version. */
function isMadeAnew(path: string, files: Facts["files"]): boolean {
  const entries = files.flatMap((file) =>
    file.entries.filter(({ name }) => innerPath(file, name) === path),
  )
  return (
    isWritten(path) &&
    entries.every(
      (each) =>
        each.unlike !== undefined || (!each.acts && saysVersion(each, path)),
    )
  )
}

/** Whether an archive has a file of the project, where it would have come from there. */
function shippedIn(file: Archive, { packageDir }: Present) {
  const inside = new Set(paths(file))
  return (path: string) =>
    inside.has(isWheel(file.name) ? installedPath(path, packageDir) : path)
}

function notAllowed({ files }: Facts, has: Present, allowed: Allowed) {
  return untrackedFiles(files, has).filter((path) => !isAllowed(allowed, path))
}

export function refuseUntracked(
  facts: Facts,
  has: Present,
  allowed: Allowed,
): string[] {
  const found = notAllowed(facts, has, allowed)
  if (found.length === 0) return []
  const shown = few(found.map(code))
  return [
    `git does not track ${found.length === 1 ? "a file that was" : `${String(found.length)} files that were`} built in, so no other clone has ${found.length === 1 ? "it" : "them"}: ${shown}`,
  ]
}

/** Says what to do about them, and the line that lets one pass. */
export function howToTrack(
  facts: Facts,
  has: Present,
  allowed: Allowed,
): string | undefined {
  const [first] = notAllowed(facts, has, allowed)
  return first === undefined
    ? undefined
    : [
        "Remove what git does not track, or commit it. What a step before the build makes is allowed in `pyproject.toml`:",
        allowLines(first),
      ].join("\n\n")
}
