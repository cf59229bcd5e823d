import { few } from "../text/few.js"
import { type Allowed, isAllowed } from "./allowed.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, paths } from "./facts.js"
import { installedPath } from "./frontend-manifest.js"

/** The files of a project's folder, and which of them are its. */
export interface Present {
  readonly packageDir: string
  /** All that is there, whoever put it there. */
  readonly present: readonly string[]
  /** What git tracks, or would. */
  readonly tracked: readonly string[]
  /** Where each frontend's output goes. */
  readonly destinations: readonly string[]
}

/** A backend writes these at each build, so that what was there is not what is shipped. */
const WRITTEN =
  /(^|\/)[^/]*version[^/]*\.(py|pyi|txt)$|(^|\/)[^/]+\.egg-info\/|^(PKG-INFO|setup\.cfg)$/i

/** Files that git ignores, which were in the folder and are in what was built: nobody else's clone has them. */
export function untrackedFiles(files: Facts["files"], has: Present): string[] {
  const tracked = new Set(has.tracked)
  const shipped = new Set(files.flatMap((each) => sourcesOf(each, has)))
  return has.present.filter(
    (path) =>
      shipped.has(path) &&
      !tracked.has(path) &&
      !WRITTEN.test(path) &&
      !has.destinations.some((each) => path.startsWith(`${each}/`)),
  )
}

/** The paths in the project that an archive's files have, if they came from there. */
function sourcesOf(file: Archive, { packageDir, present }: Present): string[] {
  const inside = new Set(paths(file))
  return isWheel(file.name)
    ? present.filter((path) => inside.has(installedPath(path, packageDir)))
    : present.filter((path) => inside.has(path))
}

export function refuseUntracked(
  { files }: Facts,
  has: Present,
  allowed: Allowed,
): string[] {
  const found = untrackedFiles(files, has).filter(
    (path) => !isAllowed(allowed, path),
  )
  if (found.length === 0) return []
  const shown = few(found.map((path) => `\`${path}\``))
  return [
    `git ignores ${found.length === 1 ? "a file that was" : `${String(found.length)} files that were`} built in, so no other clone has ${found.length === 1 ? "it" : "them"}: ${shown}`,
  ]
}

/** Says what to do about them, and the line that lets one pass. */
export function howToTrack(
  { files }: Facts,
  has: Present,
  allowed: Allowed,
): string | undefined {
  const [first] = untrackedFiles(files, has).filter(
    (path) => !isAllowed(allowed, path),
  )
  return first === undefined
    ? undefined
    : [
        "Remove what git ignores, or commit it. What a step before the build makes is allowed in `pyproject.toml`:",
        [
          "```",
          "[tool.shipwheel.allow]",
          `"${first}" = "the reason"`,
          "```",
        ].join("\n"),
      ].join("\n\n")
}
