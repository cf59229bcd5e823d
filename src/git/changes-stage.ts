import type { Directory, GitRepository } from "@dagger.io/dagger"

import {
  differenceOf,
  type FileVersion,
  type FromCommit,
  sortDifferences,
} from "./as-committed.js"
import { type Attributes, filterOf } from "./attributes.js"
import { IGNORED } from "./ignored.js"
import type { Repository } from "./repository.js"

/** Tools make these folders, so that nobody commits them; where somebody did, they are left out and not removed. */
const LEFT_OUT: readonly string[] = IGNORED.flatMap(
  (each) => /^\*\*\/(.*)/.exec(each)?.[1] ?? [],
)

/** What is not as it was committed; what differs only as a setting of git makes it differ is told apart. */
export async function dirtyFiles(
  folder: Directory,
): Promise<Pick<Repository, "dirty" | "settings" | "untracked" | "filtered">> {
  const git = folder.asGit()
  const changes = git.uncommitted()
  const [added, changed, hidden, removed] = await Promise.all([
    changes.addedPaths(),
    changes.modifiedPaths(),
    hiddenChanges(folder, git),
    changes.removedPaths(),
  ])
  const modified = [...new Set([...changed, ...hidden])].filter(
    (path) => !path.endsWith("/"),
  )
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

/** git's index can say of a file that its changes don't count (`git update-index --skip-worktree`); its content can't. */
function hiddenChanges(
  folder: Directory,
  git: GitRepository,
): Promise<string[]> {
  const committed = git.head().tree({ discardGitDir: true })
  return folder
    .filter({ exclude: [".git"] })
    .changes(committed)
    .modifiedPaths()
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
