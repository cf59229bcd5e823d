import {
  type Directory,
  ExistsType,
  type GitRepository,
} from "@dagger.io/dagger"

import {
  differenceOf,
  type FileVersion,
  type FromCommit,
  sortDifferences,
} from "./as-committed.js"
import { attributeOf, type Attributes } from "./attributes.js"
import { missingFiles, submodulePaths } from "./missing.js"
import type { Repository } from "./repository.js"

/** What is not as it was committed; what differs only as a setting of git makes it differ is told apart. */
export async function dirtyFiles(
  folder: Directory,
): Promise<
  Pick<Repository, "dirty" | "settings" | "untracked" | "filtered" | "unlinked">
> {
  const git = folder.asGit()
  const changes = git.uncommitted()
  const [added, changed, hidden, removed, submodules] = await Promise.all([
    changes.addedPaths(),
    changes.modifiedPaths(),
    hiddenChanges(folder, git),
    changes.removedPaths(),
    submodulesOf(folder),
  ])
  const modified = [...new Set([...changed, ...hidden.modified])].filter(
    (path) => !path.endsWith("/"),
  )
  const attributes = modified.length > 0 ? await attributesOf(folder) : []
  const differences = await compareFiles(folder, git, modified, attributes)
  const sorted = sortDifferences({
    added: added.filter((path) => !path.endsWith("/")),
    modified: modified.map((path, at) => ({
      path,
      by: differences[at] ?? "content",
      filter: attributeOf("filter", path, attributes),
    })),
    removed: missingFiles([...removed, ...hidden.removed], submodules),
  })
  const dirty = modified.filter((path) => sorted.dirty.includes(path))
  return { ...sorted, unlinked: await unlinkedOf(folder, git, dirty) }
}

/** Links that are plain files here, as git makes them where `core.symlinks` says so. */
async function unlinkedOf(
  folder: Directory,
  git: GitRepository,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return []
  const isLink = { expectedType: ExistsType.SymlinkType }
  const committed = git.head().tree({ discardGitDir: true })
  const are = await Promise.all(
    paths.map(
      async (path) =>
        (await committed.exists(path, isLink)) &&
        !(await folder.exists(path, isLink)),
    ),
  )
  return paths.filter((_, at) => are[at])
}

/** git's index can say of a file that its changes don't count, or that it need not be there (`git update-index --skip-worktree`, sparse checkouts); its content can't. */
async function hiddenChanges(folder: Directory, git: GitRepository) {
  const committed = git.head().tree({ discardGitDir: true })
  const changes = folder.filter({ exclude: [".git"] }).changes(committed)
  const [modified, removed] = await Promise.all([
    changes.modifiedPaths(),
    changes.removedPaths(),
  ])
  return { modified, removed }
}

/** The folders that other repositories are in: a commit has their names alone. */
async function submodulesOf(folder: Directory): Promise<string[]> {
  return (await folder.exists(".gitmodules"))
    ? submodulePaths(await folder.file(".gitmodules").contents())
    : []
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
  attributes: readonly Attributes[],
): Promise<FromCommit[]> {
  if (paths.length === 0) return []
  const committed = git.head().tree({ discardGitDir: true })
  return Promise.all(
    paths.map(async (path) => {
      const [before, now] = await Promise.all([
        fileVersion(committed, path),
        fileVersion(folder, path),
      ])
      const encoding = attributeOf("working-tree-encoding", path, attributes)
      return differenceOf({ committed: before, present: now, encoding })
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
