import { posix } from "node:path"

import { z } from "#zod"

import { Problems } from "../errors.js"
import {
  foldersAbove,
  inFolder,
  type PackageJson,
  readPackageJson,
} from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { readJson } from "../text/json-text.js"
import {
  managerNamed,
  managerOf,
  NPM,
  type PackageManager,
  rowOf,
} from "./package-manager.js"
import {
  PACKAGE_MANAGERS,
  TOOLS,
  UNUSABLE_LOCKFILES,
} from "./package-manager-table.js"
import pinned from "./package-managers.json" with { type: "json" }

/** What installs a frontend, and from where. */
export interface Installation {
  readonly manager: PackageManager
  /** The folder with the lockfile: the frontend's own, or the workspace that it is in. */
  readonly root: string
}

const text = z.string().optional().catch(undefined)

/** Where the packages of a lockfile of npm come from: since version 2 by their folders, in 1 by their names. */
const npmLock = z.object({
  packages: z.record(z.string(), z.object({ resolved: text })).catch({}),
  dependencies: z.record(z.string(), z.object({ version: text })).catch({}),
})

/** npm says that there is no lockfile of whatever it can't read as one. */
export const NOT_TAKEN = /can only install with an existing package-lock/

const EXAMPLE = `pnpm@${pinned.pnpm["9.0"]}`

/** Finds the package manager of a frontend by its lockfile and by `packageManager`, which have to agree. */
export function resolveInstallation(
  path: string,
  manifest: PackageJson,
  sources: Sources,
  problems: Problems,
): Installation {
  const root = workspaceOf(path, sources) ?? path
  const above =
    root === path ? manifest : readPackageJson(root, sources, problems)
  const field = above?.packageManager ?? manifest.packageManager
  const named = field === undefined ? undefined : managerNamed(field)
  if (field !== undefined && !named) refuseName(path, field, problems)
  const [lockfile, ...more] = lockfilesIn(root, sources)
  const locked =
    lockfile === undefined ? undefined : readLockfile(root, lockfile, sources)
  if (lockfile === undefined)
    refuseNoLockfile(path, named ?? NPM, sources, problems)
  else if (more.length > 0)
    refuseSeveral(root, [lockfile, ...more], named, problems)
  else if (locked) refuseDisagreement(root, lockfile, locked, named, problems)
  return { manager: named ?? locked ?? NPM, root }
}

/** The nearest folder above with a lockfile, if it is a workspace and the frontend has no lockfile of its own. */
function workspaceOf(path: string, sources: Sources): string | undefined {
  const locked = [path, ...foldersAbove(path)].find(
    (folder) => lockfilesIn(folder, sources).length > 0,
  )
  if (locked === undefined || locked === path) return undefined
  return isWorkspace(locked, sources) ? locked : undefined
}

function isWorkspace(folder: string, sources: Sources): boolean {
  if (sources.has(inFolder(folder, "pnpm-workspace.yaml"))) return true
  const manifest = readPackageJson(folder, sources, new Problems())
  return manifest?.workspaces !== undefined
}

/** One of each package manager. */
function lockfilesIn(folder: string, sources: Sources): string[] {
  const found = TOOLS.map((tool) =>
    PACKAGE_MANAGERS[tool].lockfiles
      .filter((name) => sources.has(inFolder(folder, name)))
      .at(-1),
  )
  return [...new Set(found)].filter((name) => name !== undefined)
}

function readLockfile(
  folder: string,
  lockfile: string,
  sources: Sources,
): PackageManager | undefined {
  const text = lockfile.endsWith(".json")
    ? ""
    : sources.text(inFolder(folder, lockfile))
  return text === undefined ? undefined : managerOf(lockfile, text)
}

function refuseName(path: string, field: string, problems: Problems): void {
  problems.add(
    "frontend",
    `\`packageManager\` of \`${path}\` is \`${field}\`, which Shipwheel can't use`,
    `Accepted are \`npm\`, \`pnpm\` and \`yarn\` with an exact version, such as \`${EXAMPLE}\`, alone or with its hash as \`corepack use\` writes it.`,
  )
}

function refuseNoLockfile(
  path: string,
  manager: PackageManager,
  sources: Sources,
  problems: Problems,
): void {
  const { command, lockfiles } = rowOf(manager)
  const [lockfile] = lockfiles
  const other = Object.entries(UNUSABLE_LOCKFILES).find(([name]) =>
    sources.has(inFolder(path, name)),
  )
  problems.add(
    "frontend",
    `\`${inFolder(path, lockfile)}\` is not there${other === undefined ? "" : `, only \`${other[0]}\`, and Shipwheel can't install with ${other[1]}`}`,
    `Run \`${command} install\` in that folder and commit the lockfile: a release installs what it names.`,
  )
}

function refuseSeveral(
  root: string,
  lockfiles: readonly string[],
  named: PackageManager | undefined,
  problems: Problems,
): void {
  const paths = lockfiles.map((each) => code(inFolder(root, each)))
  const kept = named && rowOf(named).lockfiles[0]
  problems.add(
    "frontend",
    `there are several lockfiles, ${paths.join(" and ")}, and only one of them is kept up`,
    kept === undefined
      ? "Remove all but that of the package manager that you use."
      : `\`packageManager\` names ${named?.tool ?? ""}: remove all but \`${kept}\`.`,
  )
}

function refuseDisagreement(
  root: string,
  lockfile: string,
  locked: PackageManager,
  named: PackageManager | undefined,
  problems: Problems,
): void {
  const path = inFolder(root, lockfile)
  if (named && named.tool !== locked.tool)
    problems.add(
      "frontend",
      `\`packageManager\` is \`${shownManager(named)}\`, and \`${path}\` is a lockfile of ${rowOf(locked).title}`,
      `Run \`${rowOf(named).command} install\` with that version and commit the lockfile that it writes, or correct \`packageManager\`.`,
    )
  if (!named && locked.tool !== "npm" && locked.version === undefined)
    problems.add(
      "frontend",
      `\`${path}\` has a form that no known version of ${rowOf(locked).title} writes`,
      `Name the one that does as \`packageManager\` in \`package.json\`, such as \`${EXAMPLE}\`.`,
    )
}

function shownManager(manager: PackageManager): string {
  return `${rowOf(manager).field}@${manager.version ?? ""}`
}

/** Why npm takes a lockfile that is there for none, and what to do. */
export function whyNotTaken(
  root: string,
  name: string,
  text: string,
): readonly [what: string, next: string] {
  const path = code(inFolder(root, name))
  const read = readJson(text)
  if ("reason" in read)
    return [
      `${path} is not JSON: ${read.reason}`,
      "Mend it at that place (a merge leaves `<<<<<<<` there until its conflict is resolved), or run `npm install` in that folder, and commit the lockfile.",
    ]
  const outside = takenFromOutside(root, read.value)
  if (outside.length > 0)
    return [
      `${path} takes packages from outside of the project: ${few(outside)}`,
      "Take them from the registry, or from a folder of the project (or of the repository, which `--repository` names), and commit the lockfile that `npm install` then writes.",
    ]
  return [
    `npm takes ${path} for none that it can install by`,
    "Remove it, run `npm install` in that folder and commit the lockfile that this writes.",
  ]
}

function takenFromOutside(root: string, value: unknown): string[] {
  const { dependencies = {}, packages = {} } =
    npmLock.safeParse(value).data ?? {}
  const places = [
    ...Object.entries(packages).map(([key, { resolved }]) => [
      key.replace(/^.*node_modules\//, ""),
      resolved,
    ]),
    ...Object.entries(dependencies).map(([key, { version }]) => [key, version]),
  ]
  return places.flatMap(([name = "", from = ""]) => {
    const place = from.replace(/^file:/, "")
    return isOutside(root, place) ? [`${code(name)} from ${code(place)}`] : []
  })
}

function isOutside(root: string, place: string): boolean {
  return (
    posix.isAbsolute(place) || /^\.\.(?:\/|$)/.test(posix.join(root, place))
  )
}
