/** What git says of the source. */
export interface Repository {
  /** The commit that is checked out. */
  readonly head: string | undefined
  /** Absent where the repository has no such tag. */
  readonly tagCommit: string | undefined
  /** All tags that there are. */
  readonly tags?: readonly string[]
  /** Files that are not as they were committed, as git shows them. */
  readonly dirty: readonly string[]
  /** Those of them that git does not track. */
  readonly untracked?: readonly string[]
  /** Files that only a filter could compare, which is a program of their owner's. */
  readonly filtered?: readonly { readonly path: string; readonly by: string }[]
  /** Files that are as they were committed but for what a setting of git does to them. */
  readonly settings?: readonly { readonly path: string; readonly by: string }[]
  readonly shallow: boolean
  /** Why git can't answer, where it can't. */
  readonly unreadable?: string
}

/** There is a repository, and nothing is known of it. */
export function unreadable(reason: string): Repository {
  return {
    head: undefined,
    tagCommit: undefined,
    dirty: [],
    shallow: false,
    unreadable: reason,
  }
}

/** Zip files, and so wheels, know no time before it. */
const FIRST_ZIP_TIME = Date.UTC(1980, 0, 1) / 1000

/** The commit that is built: the tag's, else the one that is checked out. */
export function builtCommit(
  repository: Pick<Repository, "head" | "tagCommit"> | undefined,
): string | undefined {
  return repository?.tagCommit ?? repository?.head
}

/** A time that every archive can carry. */
export function buildTime(seconds: number): number {
  return Math.max(Math.trunc(seconds) || 0, FIRST_ZIP_TIME)
}
