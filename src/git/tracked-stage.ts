import { posix } from "node:path"

import type { Directory } from "@dagger.io/dagger"

import { z } from "#zod"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import type { Located } from "./locate-stage.js"
import { type Checkout, hasRepository, historyOf } from "./stage.js"
import { trackedFiles } from "./tracked.js"

/** The files of a project's folder. */
export interface FolderFiles {
  /** All that is there, whoever put it there. */
  readonly present: readonly string[]
  /** What git tracks, or would. */
  readonly tracked: readonly string[]
  /** Whether a commit tells what git tracks. */
  readonly committed: boolean
}

/** The files that a build in the author's checkout would take for the project's: what the commit has, or without one what git would not ignore. */
export async function readTracked(
  { folder, source }: Checkout,
  commit: string | undefined,
  mirrors: Mirrors,
): Promise<FolderFiles> {
  const [present, committed] = await Promise.all([
    source.glob("**/*"),
    commit && committedFiles(folder, commit, mirrors),
  ])
  const found = committed && trackedFiles(committed, new Set(present))
  if (found) return { present, tracked: found.paths, committed: true }
  const kept = await source.filter({ gitignore: true }).glob("**/*")
  const tracked = kept.filter((path) => !path.endsWith("/"))
  return { present, tracked, committed: false }
}

/** Those of a project's files that no other clone has: the commit that is checked out lacks them, or without one git would ignore them. */
export async function onlyHere(
  { folder, path }: Located,
  files: readonly string[],
): Promise<string[]> {
  if (files.length === 0) return []
  const shared = (await hasRepository(folder))
    ? folder.asGit().head().tree({ discardGitDir: true })
    : folder.filter({ gitignore: true })
  const are = await Promise.all(
    files.map((each) => isThere(shared, posix.join(path, each))),
  )
  return files.filter((_, at) => !are[at])
}

/** A link is there if what it leads to is as well: it is that which is read. */
async function isThere(folder: Directory, path: string): Promise<boolean> {
  const itself = { doNotFollowSymlinks: true }
  // Why git can't answer is the preflight's to say.
  const listed = await folder.exists(path, itself).catch(() => undefined)
  if (listed === undefined) return true
  return listed && folder.exists(path).catch(() => false)
}

/** The paths that a commit has. */
export async function committedFiles(
  folder: Directory,
  commit: string,
  mirrors: Mirrors,
): Promise<string[]> {
  const tools = toolsContainer(mirrors)
  const printed = await withPrograms(tools, ["git/tree.py", "git/lenient.py"])
    .withMountedDirectory("/repository", historyOf(folder))
    .withExec(["python", "/tree.py", commit, "/repository"])
    .stdout()
  return z.array(z.string()).parse(JSON.parse(printed))
}

/** A `.git` that says of the commit what the whole one says, and that nothing else changes; or has one tag in place of those of the commit. */
export function smallRepository(
  folder: Directory,
  commit: string,
  mirrors: Mirrors,
  tag?: string,
): Directory {
  const words = [commit, "/repository", "/git", ...(tag ? [tag] : [])]
  const tools = toolsContainer(mirrors)
  return withPrograms(tools, ["git/history.py", "git/lenient.py"])
    .withMountedDirectory("/repository", historyOf(folder))
    .withExec(["python", "/history.py", ...words])
    .directory("/git")
}
