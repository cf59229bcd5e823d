import { posix } from "node:path"

import type { Directory } from "@dagger.io/dagger"

import { z } from "#zod"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import type { Located } from "./locate-stage.js"
import { hasRepository, historyOf } from "./stage.js"
import {
  type Links,
  pathsBelow,
  trackedBehind,
  trackedFiles,
} from "./tracked.js"

/** The files of a project's folder. */
export interface FolderFiles {
  /** All that is there, whoever put it there. */
  readonly present: readonly string[]
  /** What git tracks, or would. */
  readonly tracked: readonly string[]
  /** Whether a commit tells what git tracks. */
  readonly committed: boolean
  /** The folders of submodules, each with a slash at its end. */
  readonly submodules?: readonly string[]
  /** Absent where there are none. */
  readonly links?: Links
}

/** The files that a commit has, with those of its submodules' own commits. */
interface Committed {
  readonly paths: readonly string[]
  readonly submodules: readonly string[]
  /** Whether it has a link, or may have one in a submodule. */
  readonly linked: boolean
}

const record = z
  .record(z.string(), z.string())
  .transform((each) => new Map(Object.entries(each)))
const linked = z.object({ meant: record, broken: record })
const tree = z.object({ linked: z.boolean(), paths: z.array(z.string()) })

/** The files that a build in the author's checkout would take for the project's: what the commit has, or without one what git would not ignore. */
export async function readTracked(
  { folder, path: prefix, source }: Located,
  commit: string | undefined,
  mirrors: Mirrors,
): Promise<FolderFiles> {
  const [present, committed] = await Promise.all([
    source.glob("**/*"),
    commit === undefined ? undefined : committedFiles(folder, commit, mirrors),
  ])
  const own = trackedFiles(committed?.paths ?? [], new Set(present), prefix)
  if (committed && own.length > 0) {
    const submodules = pathsBelow(prefix, committed.submodules)
    const all = committed.linked ? await linksIn(folder, mirrors) : NO_LINKS
    const at = { prefix, ...all }
    const brought = trackedBehind(present, committed.paths, at)
    const tracked = [...own, ...brought]
    const links = await linksTo(committed.paths, folder, at)
    return { present, tracked, committed: true, submodules, ...links }
  }
  const tracked = await notIgnored(source)
  const links = await linksAmong(tracked, { tree: source, prefix: "" }, mirrors)
  return { present, tracked, committed: false, ...links }
}

/** What git would track where no commit tells what it does. */
async function notIgnored(folder: Directory): Promise<string[]> {
  const kept = await folder.filter({ gitignore: true }).glob("**/*")
  return kept.filter((path) => !isFolder(path))
}

/** A project in what is around it. */
interface Surrounded {
  readonly tree: Directory
  readonly prefix: string
}

/** The links of what is built, whatever commit it is of. */
export async function builtLinks(
  place: Surrounded,
  mirrors: Mirrors,
): Promise<Links | undefined> {
  const tracked = await notIgnored(place.tree)
  return (await linksAmong(tracked, place, mirrors)).links
}

async function linksAmong(
  tracked: readonly string[],
  { prefix, tree }: Surrounded,
  mirrors: Mirrors,
): Promise<Pick<FolderFiles, "links">> {
  const all = await linksIn(tree, mirrors)
  return linksTo(tracked, tree, { prefix, ...all })
}

/** Where a build has the repository, so that a link that says so leads to where it leads there. */
const BUILT_IN = "/src"

const NO_LINKS: FoundLinks = { meant: new Map(), broken: new Map() }

type FoundLinks = Pick<Links, "broken" | "meant">

/** What each link in a repository's folder means, or where it leads otherwise. */
async function linksIn(
  folder: Directory,
  mirrors: Mirrors,
): Promise<FoundLinks> {
  const printed = await withPrograms(toolsContainer(mirrors), ["git/links.py"])
    .withMountedDirectory(BUILT_IN, folder.filter({ exclude: [".git"] }))
    .withExec(["python", "/links.py", BUILT_IN])
    .stdout()
  return linked.parse(JSON.parse(printed))
}

/** Links, with what they may lead to that git does not track. */
async function linksTo(
  tracked: readonly string[],
  folder: Directory,
  links: Omit<Links, "lacking">,
): Promise<Pick<FolderFiles, "links">> {
  if (links.meant.size + links.broken.size === 0) return {}
  const known = new Set(tracked)
  const paths = await folder.glob("**/*")
  const lacking = new Set(paths.filter((each) => !known.has(each)))
  return { links: { ...links, lacking } }
}

/** Those of a project's files that no other clone has: the commit that is checked out lacks them, or without one git would ignore them. */
export async function onlyHere(
  { folder, path }: Pick<Located, "folder" | "path">,
  files: readonly string[],
): Promise<string[]> {
  if (files.length === 0) return []
  const shared = (await hasRepository(folder))
    ? committedTree(folder)
    : folder.filter({ gitignore: true })
  return absentFrom(shared, path, files)
}

/** Those of them that git ignores as well, so that nobody is about to commit them; where git can't say what it has, all that it ignores. */
export async function ignoredHere(
  { folder, path }: Pick<Located, "folder" | "path">,
  files: readonly string[],
): Promise<string[]> {
  if (files.length === 0) return []
  const kept = folder.filter({ gitignore: true })
  const ignored = await absentFrom(kept, path, files)
  return ignored.length > 0 && (await hasRepository(folder))
    ? absentFrom(committedTree(folder), path, ignored, false)
    : ignored
}

/** Those of a repository's files that no commit has, whatever its .gitignore says: whoever sends a change writes that. */
export async function uncommitted(
  folder: Directory,
  files: readonly string[],
  mirrors: Mirrors,
): Promise<string[]> {
  if (files.length === 0) return []
  if (!(await hasRepository(folder)))
    return ignoredHere({ folder, path: "" }, files)
  // Where git has no commit, or can't read it, nobody can say that a file is in it.
  const listed = await treeOf(folder, "HEAD", mirrors).catch(() => undefined)
  const paths = listed?.paths ?? []
  const mayHave = paths.filter(
    (each) => isFolder(each) && files.some((file) => file.startsWith(each)),
  )
  const inside = await Promise.all(
    mayHave.map((each) => ownFiles(folder, each).catch((): string[] => [])),
  )
  const known = new Set([...paths, ...inside.flat()])
  return files.filter((each) => !known.has(each))
}

function committedTree(folder: Directory): Directory {
  return folder.asGit().head().tree({ discardGitDir: true })
}

async function absentFrom(
  shared: Directory,
  path: string,
  files: readonly string[],
  unanswered = true,
): Promise<string[]> {
  const are = await Promise.all(
    files.map((each) => isThere(shared, posix.join(path, each), unanswered)),
  )
  return files.filter((_, at) => !are[at])
}

/** A link is there if what it leads to is as well: it is that which is read. */
async function isThere(
  folder: Directory,
  path: string,
  unanswered: boolean,
): Promise<boolean> {
  const itself = { doNotFollowSymlinks: true }
  // Why git can't answer is the preflight's to say.
  const listed = await folder.exists(path, itself).catch(() => undefined)
  if (listed === undefined) return unanswered
  return listed && folder.exists(path).catch(() => false)
}

/** What git tracks of a repository at a commit. */
export async function committedFiles(
  folder: Directory,
  commit: string,
  mirrors: Mirrors,
): Promise<Committed> {
  const { linked, paths } = await treeOf(folder, commit, mirrors)
  const submodules = paths.filter(isFolder)
  const inside = await Promise.all(
    submodules.map((each) => submoduleFiles(folder, each)),
  )
  const own = paths.filter((path) => !isFolder(path))
  return {
    paths: [...own, ...inside.flat()],
    submodules,
    linked: linked || submodules.length > 0,
  }
}

/** What a commit itself has, and its submodules as folders. */
async function treeOf(folder: Directory, commit: string, mirrors: Mirrors) {
  const tools = toolsContainer(mirrors)
  const printed = await withPrograms(tools, ["git/tree.py", "git/lenient.py"])
    .withMountedDirectory("/repository", historyOf(folder))
    .withExec(["python", "/tree.py", commit, "/repository"])
    .stdout()
  return tree.parse(JSON.parse(printed))
}

/** What a submodule has, or where git can't answer what lies there: that is the preflight's to say. */
async function submoduleFiles(
  folder: Directory,
  submodule: string,
): Promise<string[]> {
  return ownFiles(folder, submodule).catch(() =>
    filesIn(folder, submodule).catch((): string[] => []),
  )
}

/** What the own commit of a submodule has. */
function ownFiles(folder: Directory, submodule: string): Promise<string[]> {
  return filesIn(committedTree(folder), submodule)
}

async function filesIn(tree: Directory, submodule: string): Promise<string[]> {
  const paths = await tree.directory(submodule).glob("**/*")
  return paths
    .filter((path) => !isFolder(path))
    .map((path) => `${submodule}${path}`)
}

function isFolder(path: string): boolean {
  return path.endsWith("/")
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
