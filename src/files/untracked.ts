import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { isBelow } from "../frontend/output.js"
import { lackingBehind } from "../git/tracked.js"
import type { FolderFiles } from "../git/tracked-stage.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, innerPath, paths } from "./facts.js"
import { installed } from "./forbidden.js"
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
      !isBehind(path, has) &&
      !isMadeAnew(path, files) &&
      !has.destinations.some((each) => isBelow(path, each)) &&
      shipped.some((isIn) => isIn(path)),
  )
}

/** Whether it is told with what it leads to. */
function isBehind(path: string, { links }: Present): boolean {
  return links !== undefined && lackingBehind(path, links) !== undefined
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

/** A file that was built in by way of a link, and what that leads to. */
interface Led {
  readonly path: string
  readonly to: string
}

/** Files of which git has a link alone, and which are built in with what that leads to: a secret that is on one machine may be. */
export function untrackedBehind(files: Facts["files"], has: Present): Led[] {
  const { destinations, links, tracked } = has
  if (links === undefined) return []
  const found = new Map<string, string>()
  for (const path of files.flatMap((file) => sourcesIn(file, has))) {
    const to = lackingBehind(path, links)
    if (to !== undefined) found.set(path, to)
  }
  const known = new Set(tracked)
  return [...found]
    .map(([path, to]) => ({ path, to }))
    .filter(
      ({ path, to }) =>
        !known.has(to) &&
        !isMadeAnew(path, files) &&
        !destinations.some((each) => isBelow(path, each) || isBelow(to, each)),
    )
}

/** What of a project the files of an archive would have come from; a link in it has nothing of what it leads to. */
function sourcesIn(file: Archive, { packageDir }: Present): string[] {
  const parent = packageDir.replace(/[^/]*$/, "")
  return file.entries
    .filter(({ link }) => !link)
    .map(({ name }) => innerPath(file, name))
    .flatMap((path) =>
      isWheel(file.name) ? [path, parent + installed(path)] : [path],
    )
}

function notAllowed({ files }: Facts, has: Present, allowed: Allowed) {
  return untrackedFiles(files, has).filter((path) => !isAllowed(allowed, path))
}

function ledNotAllowed({ files }: Facts, has: Present, allowed: Allowed) {
  return untrackedBehind(files, has).filter(
    ({ path, to }) => !isAllowed(allowed, path) && !isAllowed(allowed, to),
  )
}

export function refuseUntracked(
  facts: Facts,
  has: Present,
  allowed: Allowed,
): string[] {
  const found = notAllowed(facts, has, allowed).map(code)
  const led = ledNotAllowed(facts, has, allowed).map(
    ({ path, to }) => `${code(path)} leads to ${code(to)}`,
  )
  return [
    ...(found.length === 0
      ? []
      : [
          `git does not track ${found.length === 1 ? "a file that was" : `${String(found.length)} files that were`} built in, so no other clone has ${found.length === 1 ? "it" : "them"}: ${few(found)}`,
        ]),
    ...(led.length === 0
      ? []
      : [
          `a link has what git does not track built in, which is on this machine alone and may be a secret: ${few(led)}`,
        ]),
  ]
}

/** More lines than anybody has a reason for. */
const MOST_LINES = 50

/** Says what to do about them, and the lines that let them pass. */
export function howToTrack(
  facts: Facts,
  has: Present,
  allowed: Allowed,
): string | undefined {
  const files = notAllowed(facts, has, allowed)
  const led = ledNotAllowed(facts, has, allowed).map(({ path }) => path)
  const blocks = [
    files.length === 0
      ? ""
      : `Remove what git does not track, or commit it. What a step before the build makes is allowed in \`pyproject.toml\`:\n\n${allowLines(...files.slice(0, MOST_LINES))}`,
    led.length === 0
      ? ""
      : `Take the link out, or let it lead to a file that git tracks. What a step before the build makes there is allowed in \`pyproject.toml\`:\n\n${allowLines(...led.slice(0, MOST_LINES))}`,
  ].filter(Boolean)
  return blocks.length === 0 ? undefined : blocks.join("\n\n")
}
