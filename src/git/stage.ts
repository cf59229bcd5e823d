import {
  type Directory,
  ExistsType,
  type GitRepository,
} from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { reasonOf } from "../pipeline/failure.js"
import {
  differenceOf,
  type FileVersion,
  type FromCommit,
  sortDifferences,
} from "./as-committed.js"
import { type Attributes, filterOf } from "./attributes.js"
import { IGNORED } from "./ignored.js"
import {
  buildTime,
  builtCommit,
  type Repository,
  unreadable,
} from "./repository.js"

/** A project's folder, and the repository that it is in. */
export interface Checkout {
  /** The project's folder, without its repository. */
  readonly source: Directory
  /** The folder that holds the repository, if there is one. */
  readonly folder: Directory
}

const HISTORY = ["HEAD", "objects", "packed-refs", "refs", "shallow"]

/** What git says of a folder, through the engine's own git: no container starts for it. */
export async function readRepository(
  folder: Directory,
  tag: string | undefined,
): Promise<Repository | undefined> {
  if (!(await hasRepository(folder))) return undefined
  try {
    return await readGit(folder, tag)
  } catch (error) {
    return unreadable(reasonOf(error).summary)
  }
}

/** The commit that is built: the tag's, else the one that is checked out; none without a repository that git can read. */
export async function commitToBuild(
  { folder }: Checkout,
  tag: string | undefined,
): Promise<string | undefined> {
  if (!(await hasRepository(folder))) return undefined
  const git = folder.asGit()
  const tagged = tag === undefined ? undefined : commitOf(git, tag)
  // Why git can't answer is the preflight's to say.
  return Promise.all([git.head().commit(), tagged])
    .then(([head, tagCommit]) => builtCommit({ head, tagCommit }))
    .catch(() => undefined)
}

/** The tags of a repository; none where there is none. */
export async function tagsOf({ folder }: Checkout): Promise<string[]> {
  if (!(await hasRepository(folder))) return []
  // Why git can't answer is the preflight's to say.
  return folder
    .asGit()
    .tags()
    .catch(() => [])
}

/** The part of a repository that its commits are in: nothing else of it changes what is read from them. */
export function historyOf(folder: Directory): Directory {
  return folder.filter({ include: HISTORY.map((each) => `.git/${each}`) })
}

/** Of a worktree and of a submodule only a file is here, which names a repository elsewhere. */
export function hasRepository(folder: Directory): Promise<boolean> {
  return folder.exists(".git", { expectedType: ExistsType.DirectoryType })
}

async function readGit(
  folder: Directory,
  tag: string | undefined,
): Promise<Repository> {
  const git = folder.asGit()
  const [head, tagCommit, tags, differing, shallow] = await Promise.all([
    git.head().commit(),
    tag === undefined ? undefined : commitOf(git, tag),
    git.tags(),
    dirtyFiles(folder),
    folder.exists(".git/shallow"),
  ])
  return { head, tagCommit, tags, ...differing, shallow }
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
  const container = toolsContainer(mirrors).withMountedFile(
    "/epoch.py",
    program("git/epoch.py"),
  )
  const printed = commit
    ? container
        .withMountedDirectory("/repository", historyOf(folder))
        .withExec(["python", "/epoch.py", "--commit", commit, "/repository"])
    : container
        .withMountedDirectory("/source", source)
        .withExec(["python", "/epoch.py", "/source"])
  return buildTime(Number(await printed.stdout()))
}

async function commitOf(
  git: GitRepository,
  tag: string,
): Promise<string | undefined> {
  const tags = await git.tags({ patterns: [`refs/tags/${tag}`] })
  return tags.includes(tag) ? git.tag(tag).commit() : undefined
}

/** Tools make these folders, so that nobody commits them; where somebody did, they are left out and not removed. */
const LEFT_OUT: readonly string[] = IGNORED.flatMap(
  (each) => /^\*\*\/(.*)/.exec(each)?.[1] ?? [],
)

/** What is not as it was committed; what differs only as a setting of git makes it differ is told apart. */
async function dirtyFiles(
  folder: Directory,
): Promise<Pick<Repository, "dirty" | "settings" | "untracked" | "filtered">> {
  const git = folder.asGit()
  const changes = git.uncommitted()
  const [added, changed, removed] = await Promise.all([
    changes.addedPaths(),
    changes.modifiedPaths(),
    changes.removedPaths(),
  ])
  const modified = changed.filter((path) => !path.endsWith("/"))
  const differences = await compareFiles(folder, git, modified)
  const attributes = differences.length > 0 ? await attributesOf(folder) : []
  return sortDifferences({
    added: added.filter((path) => !path.endsWith("/")),
    modified: modified.map((path, at) => ({
      path,
      by: differences[at] ?? "content",
      filter: filterOf(path, attributes),
    })),
    removed: removed.filter(
      (path) =>
        !path.endsWith("/") &&
        !path.split("/").some((part) => LEFT_OUT.includes(part)),
    ),
  })
}

/** Every `.gitattributes` of a folder, and the one that a clone has for itself. */
export async function attributesOf(
  directory: Directory,
): Promise<Attributes[]> {
  const paths = await directory.glob("**/.gitattributes")
  const own = ".git/info/attributes"
  const all = (await directory.exists(own)) ? [own, ...paths] : paths
  return Promise.all(
    all.map(async (path) => ({
      folder: path === own ? "" : path.slice(0, -"/.gitattributes".length),
      text: await directory.file(path).contents(),
    })),
  )
}

/** git's own settings may hold a credential and are not here, so that the contents have to tell what they would. */
async function compareFiles(
  folder: Directory,
  git: GitRepository,
  paths: readonly string[],
): Promise<FromCommit[]> {
  if (paths.length === 0) return []
  const committed = git.head().tree({ discardGitDir: true })
  return Promise.all(
    paths.map(async (path) => {
      const [before, now] = await Promise.all([
        fileVersion(committed, path),
        fileVersion(folder, path),
      ])
      return differenceOf({ committed: before, present: now })
    }),
  )
}

const READABLE = 2 ** 20

async function fileVersion(
  directory: Directory,
  path: string,
): Promise<FileVersion> {
  const file = directory.file(path)
  const [digest, size] = await Promise.all([
    file.digest({ excludeMetadata: true }),
    file.size(),
  ])
  const text = size > READABLE ? undefined : await file.contents()
  return { digest, size, text }
}
