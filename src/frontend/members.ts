import { posix } from "node:path"

import { parse } from "#yaml"

import { Problems } from "../errors.js"
import { inFolder, readPackageJson } from "../reading/package-json.js"
import { covers } from "../reading/path-patterns.js"
import type { Sources } from "../reading/sources.js"
import type { Installation } from "./lockfile.js"
import { tableIn } from "./named-paths.js"

const MANIFEST = "package.json"
/** An older pnpm takes every package below a `pnpm-workspace.yaml` that names none. */
const PNPM_TAKES_NONE = 9

/** The folders of a workspace's packages, relative to its own: all that its package manager takes, or it would look for them on the registry. */
export function membersOf(
  { manager, root }: Installation,
  sources: Sources,
): string[] {
  const { tool, version } = manager
  const folders =
    tool === "pnpm"
      ? takenBy(root, namedForPnpm(root, version, sources), sources)
      : withNested([root], (folder) => {
          const named = namedIn(folder, sources)
          // Yarn 1 takes what a list leaves out.
          const heeded = named.filter((each) => tool !== "yarn" || !isOut(each))
          return takenBy(folder, heeded, sources)
        }).slice(1)
  return folders.map((each) => posix.relative(root, each)).sort()
}

/** Yarn takes what a package of a workspace names in turn. */
function withNested(
  folders: readonly string[],
  memberFolders: (folder: string) => readonly string[],
  at = 0,
): readonly string[] {
  const folder = folders[at]
  if (folder === undefined) return folders
  const all = new Set([...folders, ...memberFolders(folder)])
  return withNested([...all], memberFolders, at + 1)
}

/** The last pattern that fits decides. What is left out by another order, its package manager leaves out itself. */
function takenBy(
  folder: string,
  patterns: readonly string[],
  sources: Sources,
): string[] {
  const named = patterns.map((each) => ({
    takes: !isOut(each),
    manifest: posix.join(each.replace(/^!?\/*/, ""), MANIFEST),
  }))
  return packageFolders(sources).filter((each) => {
    const path = posix.join(posix.relative(folder, each), MANIFEST)
    const last = named.filter(({ manifest }) => covers(manifest, path)).at(-1)
    return each !== folder && last?.takes === true
  })
}

function isOut(pattern: string): boolean {
  return pattern.startsWith("!")
}

function packageFolders({ paths }: Sources): string[] {
  return [...paths]
    .filter((each) => posix.basename(each) === MANIFEST)
    .map((each) => posix.dirname(each).replace(/^\.$/, ""))
    .filter((each) => !each.split("/").includes("node_modules"))
}

function namedIn(folder: string, sources: Sources): string[] {
  const manifest = readPackageJson(folder, sources, new Problems())
  const workspaces = manifest?.workspaces
  return Array.isArray(workspaces)
    ? textsIn(workspaces)
    : packagesOf(workspaces)
}

function namedForPnpm(
  root: string,
  version: string | undefined,
  sources: Sources,
): string[] {
  const text = sources.text(inFolder(root, "pnpm-workspace.yaml"))
  if (text === undefined) return []
  const named = packagesOf(tableIn(() => parse(text)))
  const takesAll = Number(version?.split(".")[0]) < PNPM_TAKES_NONE
  return named.length === 0 && takesAll ? ["**"] : named
}

function packagesOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && "packages" in value
    ? textsIn(value.packages)
    : []
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === "string")
    : []
}
