import { setTimeout } from "node:timers/promises"

import {
  type Directory,
  ExistsType,
  type GitRepository,
  type Secret,
} from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import { ReleaseError } from "../errors.js"
import { reasonOf } from "../pipeline/failure.js"
import { dirtyFiles } from "./changes-stage.js"
import {
  ALTERNATES,
  borrowed,
  borrowing,
  buildTime,
  builtCommit,
  lendersIn,
  LINKED,
  replacedIn,
  type Repository,
  saysNoCommit,
  SUBMODULES_LIMIT,
  unfetched,
  unreadable,
  whyUnreadable,
} from "./repository.js"

/** A project's folder, and the repository that it is in. */
export interface Checkout {
  /** The project's folder, without its repository. */
  readonly source: Directory
  /** The folder that holds the repository, if there is one. */
  readonly folder: Directory
  /** What a private registry of npm wants to see. */
  readonly npmToken?: Secret | undefined
  /** The registry that this is for. */
  readonly npmRegistry?: string | undefined
  /** What a private index of Python packages wants to see. */
  readonly pythonToken?: Secret | undefined
  /** The index that this is for. */
  readonly pythonIndex?: string | undefined
  readonly pythonUser?: string | undefined
}

/** What private registries want to see, whoever calls. */
export function accessOf({
  npmRegistry,
  npmToken,
  pythonIndex,
  pythonToken,
  pythonUser,
}: Checkout) {
  return { npmRegistry, npmToken, pythonIndex, pythonToken, pythonUser }
}

const HISTORY = ["HEAD", "objects", "packed-refs", "refs", "shallow"]

/** What git says of a folder, through the engine's own git: no container starts for it. */
export async function readRepository(
  folder: Directory,
  tag: string | undefined,
): Promise<Repository | undefined> {
  if (!(await hasRepository(folder)))
    return (await folder.exists(".git")) ? unreadable(LINKED) : undefined
  const lenders = await lendersOf(folder)
  if (lenders.length > 0) return borrowing(lenders)
  try {
    return await readGit(folder, tag)
  } catch (error) {
    const [objects, modules] = await Promise.all([
      folder.glob(".git/objects/*/*").catch(() => []),
      folder
        .file(".gitmodules")
        .contents()
        .catch(() => undefined),
    ])
    const { summary } = reasonOf(error)
    return unreadable(whyUnreadable(objects, summary, modules))
  }
}

/** git fetches submodules wherever it is asked for a tree, from wherever the project has them, and waits for ever for a server that takes the question and never answers. */
export async function refuseSilent(
  folder: Directory,
  seconds = SUBMODULES_LIMIT,
): Promise<void> {
  const done = new AbortController()
  const { signal } = done
  const over = setTimeout(seconds * 1000, true, { signal }).catch(() => false)
  const fetched = folder.asGit().head().tree({ discardGitDir: true }).sync()
  // Why git can't answer is the preflight's to say.
  const answered = fetched.then(
    () => false,
    () => false,
  )
  const isOver = await Promise.race([over, answered])
  done.abort()
  if (!isOver) return
  const modules = await folder.file(".gitmodules").contents()
  throw new ReleaseError([unfetched(modules, seconds)])
}

/** The commit that is built: the tag's, else the one that is checked out; none without a repository that git can read. */
export async function commitToBuild(
  { folder }: Checkout,
  tag: string | undefined,
): Promise<string | undefined> {
  if (!(await hasRepository(folder))) return undefined
  await refuseBorrowed(folder)
  const git = folder.asGit()
  const tagged = tag === undefined ? undefined : commitOf(git, tag)
  // Why git can't answer is the preflight's to say.
  return Promise.all([git.head().commit(), tagged])
    .then(([head, tagCommit]) => builtCommit({ head, tagCommit }))
    .catch(() => undefined)
}

/** The tags of a repository; none where there is none. */
export async function tagsOf(checkout: Checkout): Promise<string[]> {
  if (await hasRepository(checkout.folder))
    await refuseBorrowed(checkout.folder)
  return tagsInSight(checkout)
}

/** Those that can be read, for what needs no commit of them. */
export async function tagsInSight({ folder }: Checkout): Promise<string[]> {
  if (!(await hasRepository(folder))) return []
  // Why git can't answer is the preflight's to say.
  return folder
    .asGit()
    .tags()
    .catch(() => [])
}

/** Whether a clone ends at some commit, with those before it, and their tags, elsewhere. */
export function isShallow({
  folder,
}: Pick<Checkout, "folder">): Promise<boolean> {
  return folder.exists(".git/shallow")
}

/** Whether a tag's files are not there because a clone was to fetch files only when they are asked for. */
export async function isUnfetched(
  { folder }: Pick<Checkout, "folder">,
  tag: string,
): Promise<boolean> {
  const promised = await folder.glob(".git/objects/pack/*.promisor")
  if (promised.length === 0) return false
  const tree = folder.asGit().tag(tag).tree({ discardGitDir: true })
  return tree.sync().then(
    () => false,
    () => true,
  )
}

/** The part of a repository that its commits are in: nothing else of it changes what is read from them. */
export function historyOf(folder: Directory): Directory {
  return folder.filter({ include: HISTORY.map((each) => `.git/${each}`) })
}

/** Of a worktree and of a submodule only a file is here, which names a repository elsewhere. */
export function hasRepository(folder: Directory): Promise<boolean> {
  return folder.exists(".git", { expectedType: ExistsType.DirectoryType })
}

/** Without what a clone borrows, its history is cut off at any place, or read from elsewhere on the engine's machine. */
async function refuseBorrowed(folder: Directory): Promise<void> {
  const lenders = await lendersOf(folder)
  if (lenders.length > 0) throw new ReleaseError([borrowed(lenders)])
}

async function lendersOf(folder: Directory): Promise<string[]> {
  return (await folder.exists(ALTERNATES))
    ? lendersIn(await folder.file(ALTERNATES).contents())
    : []
}

async function readGit(
  folder: Directory,
  tag: string | undefined,
): Promise<Repository> {
  const git = folder.asGit()
  const [head, tagCommit, tags, differing, shallow, replaced] =
    await Promise.all([
      git.head().commit(),
      tag === undefined ? undefined : commitOf(git, tag),
      git.tags(),
      dirtyFiles(folder),
      isShallow({ folder }),
      replacedOf(folder),
    ])
  const tagsOther =
    tag !== undefined &&
    tagCommit !== undefined &&
    tagCommit !== head &&
    (await isNoCommit(git, tag))
  return { head, tagCommit, tagsOther, tags, ...differing, shallow, replaced }
}

async function replacedOf(folder: Directory): Promise<string[]> {
  const [loose, packed] = [".git/refs/replace", ".git/packed-refs"]
  const [isLoose, isPacked] = await Promise.all([
    folder.exists(loose),
    folder.exists(packed),
  ])
  return replacedIn(
    isLoose ? await folder.glob(`${loose}/*`) : [],
    isPacked ? await folder.file(packed).contents() : "",
  )
}

/**
 * The time that a build says it was made at, in seconds since 1970: that of
 * the commit, or without a repository that of the file that changed last.
 */
export async function sourceEpoch(
  { folder, source }: Checkout,
  commit: string | undefined,
  mirrors: Mirrors,
): Promise<number> {
  const container = withPrograms(toolsContainer(mirrors), [
    "git/epoch.py",
    "git/lenient.py",
  ])
  const printed = commit
    ? container
        .withMountedDirectory("/repository", historyOf(folder))
        .withExec(["python", "/epoch.py", "--commit", commit, "/repository"])
    : container
        .withMountedDirectory("/source", source)
        .withExec(["python", "/epoch.py", "/source"])
  return buildTime(Number(await printed.stdout()))
}

/** The engine tells nothing of the kind of an object, and checks out commits alone. */
function isNoCommit(git: GitRepository, tag: string): Promise<boolean> {
  const entries = git.tag(tag).tree().entries()
  return entries.then(
    () => false,
    (error: unknown) => saysNoCommit(reasonOf(error).details),
  )
}

async function commitOf(
  git: GitRepository,
  tag: string,
): Promise<string | undefined> {
  const tags = await git.tags({ patterns: [`refs/tags/${tag}`] })
  return tags.includes(tag) ? git.tag(tag).commit() : undefined
}
