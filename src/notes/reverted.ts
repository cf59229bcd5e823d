import type { Commit } from "./commits.js"

/** A commit, and what it says that it reverts. */
export interface TellingCommit extends Commit {
  /** Of each commit that it names: its id or the number of its pull request, and of a merge also what that brought. */
  readonly reverts: readonly (readonly string[])[]
}

/** What is left of some commits, the newest first: one that is reverted goes, with the one that reverts it and changes nothing else. */
export function withoutReverted(
  commits: readonly TellingCommit[],
): TellingCommit[] {
  const known = byKey(commits)
  const gone = new Set<TellingCommit>()
  commits.forEach((commit, at) => {
    // What is reverted itself reverts nothing.
    if (gone.has(commit)) return
    const found = commit.reverts.map((names) =>
      names.flatMap((name) => namedIn(known, name, at)),
    )
    for (const each of found.flat()) gone.add(each)
    if (isRevert(commit) && found.every(({ length }) => length > 0))
      gone.add(commit)
  })
  return commits.filter((each) => !gone.has(each))
}

interface PlacedCommit {
  readonly at: number
  readonly commit: TellingCommit
}
type KnownCommits = ReadonlyMap<string, readonly PlacedCommit[]>

/** As many letters of an id as git shows at least. */
const SHORT = 7

/** The newest of its name before another commit: a pull request may come back under its number. */
function namedIn(
  known: KnownCommits,
  name: string,
  before: number,
): TellingCommit[] {
  const isNumber = name.startsWith("#")
  const all = known.get(isNumber ? name : name.slice(0, SHORT)) ?? []
  const found = all.find(
    ({ at, commit }) => at > before && (isNumber || commit.id.startsWith(name)),
  )
  return found ? [found.commit] : []
}

function byKey(commits: readonly TellingCommit[]): KnownCommits {
  const known = new Map<string, PlacedCommit[]>()
  for (const [at, commit] of commits.entries())
    for (const key of [commit.id.slice(0, SHORT), ...numberOf(commit)]) {
      const placed = known.get(key) ?? []
      known.set(key, placed)
      placed.push({ at, commit })
    }
  return known
}

/** A pull request that was squashed has its number behind the subject. */
function numberOf({ message }: Commit): string[] {
  return /(?<= \()#\d{1,9}(?=\)$)/.exec(firstLine(message)) ?? []
}

/** Any other subject says what else was changed. */
function isRevert({ message, reverts }: TellingCommit): boolean {
  return reverts.length > 0 && /^(?:revert|reapply)\b/i.test(firstLine(message))
}

function firstLine(message: string): string {
  return message.trimStart().split("\n", 1)[0]?.trimEnd() ?? ""
}
