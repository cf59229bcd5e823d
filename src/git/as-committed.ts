import { createHash } from "node:crypto"

import type { Repository } from "./repository.js"

/** A file as it was committed, and as it is in the tree. */
export interface FileVersions {
  readonly committed: FileVersion
  readonly present: FileVersion
  /** What it is encoded in in the tree, by `working-tree-encoding` in `.gitattributes`. */
  readonly encoding?: string | undefined
}

export interface FileVersion {
  /** Of the content alone, as the engine gives it. */
  readonly digest: string
  readonly size: number
  /** Absent where it is too large to be read. */
  readonly text: string | undefined
}

/** What git calls clean by settings that nobody but its owner may read. */
export type FromCommit =
  "content" | "line ends" | "the mode" | "the filter of git LFS"

/** In the form that git LFS writes, and in those that it wrote before and still reads. */
const POINTER =
  /^version (?:https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v1|http:\/\/git-media\.io\/v\/2)\n(?:ext-.*\n)*oid (?:sha256:)?([0-9a-f]{64})\nsize (\d+)\n$/
/** Of a file that git-annex has unlocked and not fetched. */
const ANNEX = /^\/annex\/objects\/[A-Z0-9_]+-[^/\n]+\n?$/

/** Whether a text is what git keeps of a file of LFS, in the place of its content. */
export function isPointer(text: string): boolean {
  return POINTER.test(text.replaceAll("\r\n", "\n"))
}

/** Whether a text is what git-annex keeps of a file, in the place of its content. */
export function isAnnexed(text: string): boolean {
  return ANNEX.test(text.replaceAll("\r\n", "\n"))
}

/** Tells how a file differs from its commit: `core.fileMode`, `core.autocrlf` and the filter of LFS change no content that was meant. */
export function differenceOf({
  committed,
  encoding,
  present,
}: FileVersions): FromCommit {
  if (committed.digest === present.digest) return "the mode"
  const [, oid, size] = POINTER.exec(committed.text ?? "") ?? []
  if (oid !== undefined && size !== undefined)
    return Number(size) === present.size && isDigestOf(present.digest, oid)
      ? "the filter of git LFS"
      : "content"
  return sameLines(committed.text, present.text, encoding)
    ? "line ends"
    : "content"
}

/** The files that differ from their commit, by what happened to them. */
export interface Differences {
  readonly added: readonly string[]
  readonly modified: readonly {
    readonly path: string
    readonly by: FromCommit
    /** What `.gitattributes` puts between the tree and the commit. */
    readonly filter: string | undefined
  }[]
  readonly removed: readonly string[]
}

/** What editors and systems leave, which people exclude for all of their repositories at once. */
const PERSONAL =
  /(^|\/)(\.DS_Store|\._[^/]+|Thumbs\.db|desktop\.ini|\.directory|\.(idea|vscode|vs|fleet|zed|direnv)\/.*|\.envrc|[^/]+~|\.[^/]+\.sw[a-p]|\.#[^/]+|#[^/]+#|[^/]+\.(sublime-workspace|sublime-project|code-workspace|iml))$/

/** Tells what is not as it was committed from what a setting makes differ, and from what can't be known. */
export function sortDifferences({
  added,
  modified,
  removed,
}: Differences): Pick<
  Repository,
  "dirty" | "filtered" | "settings" | "untracked"
> {
  const changed = modified.filter(({ by }) => by === "content")
  const unknown = (filter: string | undefined) =>
    filter !== undefined && filter !== "lfs"
  const untracked = added.filter((path) => !PERSONAL.test(path))
  return {
    dirty: [
      ...untracked,
      ...changed
        .filter(({ filter }) => !unknown(filter))
        .map(({ path }) => path),
      ...removed,
    ].sort(),
    untracked: [...untracked].sort(),
    filtered: changed.flatMap(({ filter, path }) =>
      filter !== undefined && unknown(filter) ? [{ path, by: filter }] : [],
    ),
    settings: [
      ...modified
        .filter(({ by }) => by !== "content")
        .map(({ by, path }) => ({ path, by })),
      ...added
        .filter((path) => PERSONAL.test(path))
        .map((path) => ({ path, by: "what editors and systems leave" })),
    ],
  }
}

/** The engine hashes what it has hashed. */
function isDigestOf(digest: string, oid: string): boolean {
  const again = createHash("sha256").update(Buffer.from(oid, "hex"))
  return [`sha256:${oid}`, `sha256:${again.digest("hex")}`].includes(digest)
}

/** Only of text is that a question: bytes that are none read alike. In UTF-16 and UTF-32 a letter has zeros around it. */
function sameLines(
  one: string | undefined,
  other: string | undefined,
  encoding = "",
) {
  if (one === undefined || other === undefined) return false
  const wide = /^UTF-?(16|32)/i.test(encoding)
  if ((wide ? /\uFFFD/ : /[\0\uFFFD]/).test(one + other)) return false
  const lines = (text: string) => text.replace(/\r(\0*)\n/g, "\n")
  return lines(one) === lines(other)
}
