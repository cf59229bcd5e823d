import type { Problem } from "../errors.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"

/** What git says of the source. */
export interface Repository {
  /** The commit that is checked out. */
  readonly head: string | undefined
  /** Absent where the repository has no such tag. */
  readonly tagCommit: string | undefined
  /** The tag is on a tree or a file, which git calls an object like a commit. */
  readonly tagsOther?: boolean
  /** All tags that there are. */
  readonly tags?: readonly string[]
  /** Files that are not as they were committed, as git shows them. */
  readonly dirty: readonly string[]
  /** Those of them that git does not track. */
  readonly untracked?: readonly string[]
  /** Those that are links in the commit, and plain files here. */
  readonly unlinked?: readonly string[]
  /** Files that only a filter could compare, which is a program of their owner's. */
  readonly filtered?: readonly { readonly path: string; readonly by: string }[]
  /** Files that are as they were committed but for what a setting of git does to them. */
  readonly settings?: readonly { readonly path: string; readonly by: string }[]
  readonly shallow: boolean
  /** Folders that the clone borrows objects from; nothing else is known of it then. */
  readonly lenders?: readonly string[]
  /** Objects that git shows another one in the place of. */
  readonly replaced?: readonly string[]
  /** Why git can't answer, where it can't, and what to do. */
  readonly unreadable?: Unreadable
}

interface Unreadable {
  readonly reason: string
  readonly next: string
}

/** Names of objects as SHA-256 has them; those of SHA-1 are shorter. */
const LONG_NAME = /\b[0-9a-f]{2}\/?[0-9a-f]{62}\b/

/** What `git worktree add` makes, and a submodule's folder has: the repository itself is not among what is given to the engine. */
export const LINKED: Unreadable = {
  reason:
    "`.git` is only a file here, which names a repository elsewhere, so that neither the tag nor the tree can be compared with a commit",
  next: "A linked worktree and a submodule are like this. Release from a clone (`git clone --branch TAG . FOLDER`), or where the repository itself is.",
}

/** What `git add` makes of a repository inside of another one. */
const LINK: Unreadable = {
  reason:
    "a folder of it is only a link to a commit of another repository, and no `.gitmodules` says where that is",
  next: "`git ls-files --stage | grep ^160000` names the folder. If it is a repository that was added inside of this one, take the link out with `git rm --cached FOLDER` and its `.git` away, and add its files; if a submodule is meant, `git submodule add` writes `.gitmodules`.",
}

/** Whether these words of the engine say that something can't be checked out, which a commit that is there can be. */
export function saysNoCommit(words: string): boolean {
  return (
    /failed to checkout .*exit status 128/.test(words) &&
    !/submodule/.test(words)
  )
}

/** Why git can't read a repository with these files of objects. */
export function whyUnreadable(
  objects: readonly string[],
  reason: string,
  /** The text of `.gitmodules`. */
  modules: string | undefined,
): Unreadable {
  if (/submodule/.test(reason))
    return modules === undefined ? LINK : submodules(reason, modules)
  return objects.some((each) => LONG_NAME.test(each))
    ? {
        reason:
          "its objects have SHA-256 names, which the engine's git does not read",
        next: "Give it the files without the repository, `git archive TAG | tar -x -C FOLDER`: then neither the tag nor the tree is compared with a commit.",
      }
    : {
        reason,
        next: "Commit at least once, and see that `git status` works there.",
      }
}

/** Seconds that git has to fetch the submodules of a project. */
export const SUBMODULES_LIMIT = 600

/** Why a project is refused whose submodules did not come in time. */
export function unfetched(modules: string, seconds: number): Problem {
  const what = `its submodules were not fetched within ${String(seconds)} s`
  return { owner: "project", what, next: submodules(what, modules).next }
}

/** The engine's git fetches them anew, to compare the folder with the commit. */
function submodules(reason: string, modules: string): Unreadable {
  const valuesOf = (key: string) =>
    [
      ...modules.matchAll(
        new RegExp(`^\\s*${key}\\s*=\\s*(\\S.*?)\\s*$`, "gm"),
      ),
    ].map(([, value = ""]) => value.replace(/\/\/[^/@]*@/, "//"))
  const urls = valuesOf("url")
  const from = valuesOf("path").map(
    (path, at) => `${code(path)} from ${code(urls[at] ?? "nowhere")}`,
  )
  return {
    reason,
    next: `To compare the folder with its commit, submodules are fetched: ${few(from)}. See that these addresses are reached from where the engine runs, without a key or a password. Where they can't be, give it a copy of the folder without \`.git\`: then neither the tag nor the tree is compared with a commit.`,
  }
}

/** Where git reads which folders a clone borrows objects from. */
export const ALTERNATES = ".git/objects/info/alternates"

/** What `git clone --shared` and `--reference` write there, as git reads it. */
export function lendersIn(alternates: string): string[] {
  return alternates
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
}

const REPLACE = /refs\/replace\/([0-9a-f]{40})$/gm

/** The objects that a repository has replacements of, by the names of its refs and what is packed of them (git-replace). */
export function replacedIn(refs: readonly string[], packed: string): string[] {
  const found = [...refs, packed].flatMap((each) => [...each.matchAll(REPLACE)])
  return [...new Set(found.map(([, name = ""]) => name))]
}

/** Why a clone that borrows its objects is refused. */
export function borrowed(lenders: readonly string[]): Problem {
  return {
    owner: "project",
    what: `the clone borrows objects from ${few(lenders.map(code))}, as \`${ALTERNATES}\` says: they are not given to the engine, so that the commits can't be read`,
    next: `Make the clone whole, \`git repack -a -d && rm ${ALTERNATES}\`, or clone anew without \`--shared\`, and with \`--dissociate\` where \`--reference\` is wanted.`,
  }
}

/** There is a repository, and nothing is known of it. */
const UNKNOWN: Repository = {
  head: undefined,
  tagCommit: undefined,
  dirty: [],
  shallow: false,
}

export function unreadable(why: Unreadable): Repository {
  return { ...UNKNOWN, unreadable: why }
}

export function borrowing(lenders: readonly string[]): Repository {
  return { ...UNKNOWN, lenders }
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
