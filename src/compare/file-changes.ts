import { type Archive, innerPath } from "../files/facts.js"

/** A file of both releases. */
export interface FilePair {
  /** Where it is now. */
  readonly path: string
  /** Where it was, if that was elsewhere. */
  readonly from?: string
  readonly before: number
  readonly after: number
  readonly same: boolean
}

/** How the files in two archives differ. */
export interface FileChanges {
  readonly kind: "wheel" | "sdist"
  readonly before: string
  readonly after: string
  /** Of the archives themselves, in bytes. */
  readonly size: { readonly before: number; readonly after: number }
  readonly counted: number
  readonly added: readonly { readonly path: string; readonly size: number }[]
  readonly gone: readonly { readonly path: string; readonly size: number }[]
  readonly changed: readonly FilePair[]
  readonly same: number
}

/** A file that grew, or that is new. */
export interface Growth {
  readonly path: string
  readonly before: number | undefined
  readonly after: number
}

interface HashedFile {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export function compareFiles(
  kind: FileChanges["kind"],
  before: Archive,
  after: Archive,
): FileChanges {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  const there = [...now].flatMap(([path, entry]) => {
    const known = old.get(path)
    return known ? [pairOf(known, entry)] : []
  })
  const left = [...old.values()].filter(({ path }) => !now.has(path))
  const come = [...now.values()].filter(({ path }) => !old.has(path))
  const renamed = pairHashed(left, come)
  const pairs = [...there, ...renamed]
  const paired = new Set(renamed.flatMap(({ from = "", path }) => [from, path]))
  const alone = ({ path }: HashedFile) => !paired.has(path)
  return {
    kind,
    before: before.name,
    after: after.name,
    size: { before: before.size, after: after.size },
    counted:
      pairs.length + left.filter(alone).length + come.filter(alone).length,
    added: come.filter(alone).map(({ path, size }) => ({ path, size })),
    gone: left.filter(alone).map(({ path, size }) => ({ path, size })),
    changed: pairs.filter(({ same }) => !same),
    same: pairs.filter(({ same }) => same).length,
  }
}

const SHOWN = 10
/** Less is no growth that anybody would look for. */
const LEAST = 1024

/** The files that grew most, new ones among them. */
export function grownMost(
  { added, changed }: FileChanges,
  most = SHOWN,
): Growth[] {
  const all: Growth[] = [
    ...added.map(({ path, size }) => ({
      path,
      before: undefined,
      after: size,
    })),
    ...changed.map(({ after, before, path }) => ({ path, before, after })),
  ]
  return all
    .filter((each) => grownBy(each) >= LEAST)
    .sort((one, other) => grownBy(other) - grownBy(one))
    .slice(0, most)
}

export function grownBy({ after, before = 0 }: Growth): number {
  return after - before
}

/** The folder of a wheel's metadata is called after its version. */
function entriesOf(file: Archive): Map<string, HashedFile> {
  const entries = file.entries.map(({ name, sha256, size }) => {
    const path = innerPath(file, name).replace(
      /^[^/]+\.(dist-info|data)\//,
      "*.$1/",
    )
    return [path, { path, size, sha256 }] as const
  })
  return new Map(entries)
}

function pairOf(old: HashedFile, now: HashedFile): FilePair {
  return {
    path: now.path,
    ...(old.path !== now.path && { from: old.path }),
    before: old.size,
    after: now.size,
    same: old.sha256 === now.sha256,
  }
}

/** Bundlers call files after a hash of what is in them, and Next.js a folder after the build: those are paired by the rest of their path. */
function pairHashed(
  left: readonly HashedFile[],
  come: readonly HashedFile[],
): FilePair[] {
  const groups = groupBy(come, ({ path }) => withoutHash(path))
  return [...groupBy(left, ({ path }) => withoutHash(path))].flatMap(
    ([key, old]) => pairGroup(old, groups.get(key) ?? [], key),
  )
}

/** Of several that look alike, the same bytes go together, then those of the nearest size. */
function pairGroup(
  old: readonly HashedFile[],
  now: readonly HashedFile[],
  key: string,
): FilePair[] {
  if (!key.includes("*")) return []
  const free = [...now]
  const take = (found: (each: HashedFile) => boolean): HashedFile[] => {
    const at = free.findIndex(found)
    return at < 0 ? [] : free.splice(at, 1)
  }
  const same = old.map(
    (each) => [each, take(({ sha256 }) => sha256 === each.sha256)[0]] as const,
  )
  const bySize = [...same].sort(([one], [other]) => other.size - one.size)
  free.sort((one, other) => other.size - one.size)
  return bySize.flatMap(([each, twin]) => {
    const [partner] = twin ? [twin] : take(() => true)
    return partner ? [pairOf(each, partner)] : []
  })
}

/** A path with `*` where it has a hash: hexadecimal, or a word of letters and digits that nobody would write. */
export function withoutHash(path: string): string {
  if (/\.(pyi?|md|rst)$/.test(path)) return path
  return path
    .split("/")
    .map((part) => {
      if (/^[\w-]{16,}$/.test(part) && isMixed(part)) return "*"
      return part
        .replace(
          /(?<![0-9A-Za-z])(?=[a-f]*\d)[0-9a-f]{8,}(?![0-9A-Za-z])/g,
          "*",
        )
        .replace(/(?<=[-._])[A-Za-z0-9_-]{8}(?=\.[a-z0-9.]+$)/, (word) =>
          isMixed(word) ? "*" : word,
        )
    })
    .join("/")
}

function isMixed(word: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/]
  return kinds.filter((kind) => kind.test(word)).length > 1
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
