import { expect } from "vitest"

import type { Behaviour, FaultyIndex } from "../e2e/helpers/faulty-index.js"

/** The two files of a release, wheel first. */
export interface Pair {
  readonly wheel: string
  readonly sdist: string
  readonly meant: ReadonlyMap<string, Buffer>
  /** The hashes of what a complete index holds. */
  readonly complete: Readonly<Record<string, string>>
}

/** One way in which an index misbehaves, and what becomes of a release there. */
export interface Case {
  readonly fact: string
  readonly behaviour: Behaviour
  /** What the index holds before. */
  readonly holds?: "the wheel" | "all" | "another wheel" | "another sdist"
  /** Words of the answer or of the error. */
  readonly says: readonly (string | RegExp)[]
  /** What it holds in the end. */
  readonly ends: "complete" | "empty" | "as before" | "with the wheel alone"
  /** How many uploads arrive. */
  readonly posts?: number
  readonly wait?: "short"
}

/** What an upload gets through. */
export const PASSES: readonly Case[] = [
  {
    fact: "an index that is out of order for two attempts",
    behaviour: { uploads: [{ status: 503 }, { status: 503 }] },
    says: [/uploaded `.*whl` \(attempt 3\)/, /attempt 2: .*503.*then 2 s/],
    ends: "complete",
    posts: 4,
  },
  {
    fact: "an index that asks for a pause",
    behaviour: {
      uploads: [{ status: 429, headers: { "retry-after": "3" } }],
    },
    says: [/attempt 1: .*429.*then 3 s/],
    ends: "complete",
    posts: 3,
  },
  {
    fact: "a connection that breaks in the middle of each file",
    behaviour: { uploads: ["cut", "none", "cut"] },
    says: [/whl` \(attempt 2\)/, /gz` \(attempt 2\)/, /connection/],
    ends: "complete",
    posts: 4,
  },
  {
    fact: "a connection that breaks when the file is stored",
    behaviour: { uploads: ["stored, then cut"] },
    says: [/kept `.*whl`/],
    ends: "complete",
  },
  {
    fact: "an index that takes its time",
    behaviour: { everyUpload: "slow" },
    says: ["uploaded"],
    ends: "complete",
    posts: 2,
  },
  {
    fact: "a simple index that is stale for three reads",
    behaviour: { reads: ["stale", "stale", "stale"] },
    says: ["uploaded"],
    ends: "complete",
    posts: 2,
  },
  {
    fact: "a simple index that is out of order for two reads",
    behaviour: { firstReads: [{ status: 503 }, { status: 502 }] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "a simple index that answers nonsense once",
    behaviour: { firstReads: ["garbage"] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "an index that shows older bytes for one read",
    behaviour: { reads: ["other bytes"] },
    says: ["uploaded"],
    ends: "complete",
  },
  {
    fact: "an index that holds the wheel already",
    behaviour: { firstReads: [] },
    holds: "the wheel",
    says: [/uploaded `.*gz`/, /kept `.*whl` \(there already, same hash\)/],
    ends: "complete",
    posts: 1,
  },
  {
    fact: "an index in HTML that holds everything",
    behaviour: { format: "html" },
    holds: "all",
    says: [/^kept/],
    ends: "complete",
    posts: 0,
  },
  {
    fact: "an index that states no hashes: the files themselves are compared",
    behaviour: { format: "html", hashless: true },
    holds: "all",
    says: [/^kept/],
    ends: "complete",
    posts: 0,
  },
]

/** What it stops at. */
export const REFUSALS: readonly Case[] = [
  {
    fact: "an index that stays out of order: five attempts, then an end",
    behaviour: { everyUpload: { status: 500 } },
    says: ["stopped", /attempt 5: .*500/, "Run the same command again"],
    ends: "empty",
    posts: 5,
  },
  {
    fact: "an index that asks for a longer pause than anybody waits",
    behaviour: {
      everyUpload: { status: 429, headers: { "retry-after": "86400" } },
    },
    says: ["asks to wait 86400 s", "Run the same command again"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a token that the index does not accept, echoed by it",
    behaviour: { everyUpload: "echo" },
    says: ["does not accept the credential", "--index-password env://", "403"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a file that the index does not want: no second attempt",
    behaviour: { everyUpload: { status: 400, body: "Invalid classifier" } },
    says: ["Invalid classifier", "the same again alone changes nothing"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a file that is too large",
    behaviour: { uploads: ["none", { status: 413 }] },
    says: ["413", /`.*gz`/, "the proxy before it, for a higher limit"],
    ends: "with the wheel alone",
    posts: 2,
  },
  {
    fact: "an address that has moved",
    behaviour: {
      everyUpload: { status: 301, headers: { location: "/elsewhere/" } },
    },
    says: ["redirected", "where no credential follows"],
    ends: "empty",
    posts: 1,
  },
  {
    fact: "a name that is taken, and never shown",
    behaviour: { everyUpload: { status: 409, body: "taken" } },
    says: ["409", "taken", "does not list it"],
    ends: "empty",
    posts: 1,
    wait: "short",
  },
  {
    fact: "other bytes under the wheel's name, before anything is uploaded",
    behaviour: {},
    holds: "another wheel",
    says: ["holds other bytes under", "A name is never given twice"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "other bytes under the sdist's name: the wheel does not go out either",
    behaviour: { format: "html" },
    holds: "another sdist",
    says: ["holds other bytes under", "recover"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "a release that was yanked, with the reason",
    behaviour: { yanked: "it leaks" },
    holds: "all",
    says: ["yanked", "it leaks", "Take the yank back"],
    ends: "as before",
    posts: 0,
  },
  {
    fact: "a project in quarantine",
    behaviour: { status: "quarantined" },
    says: ["quarantined", "write to their support"],
    ends: "empty",
    posts: 0,
  },
  {
    fact: "a simple index that stays out of order: nothing is uploaded",
    behaviour: {
      firstReads: Array<Behaviour["everyRead"]>(9).fill({ status: 503 }) as [],
    },
    says: ["can't be read", "503", "Run the same command again when"],
    ends: "empty",
    posts: 0,
  },
  {
    fact: "a simple index that never shows the files",
    behaviour: { everyRead: "stale" },
    says: [/after [\d.]+ s: none of the files is listed/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
  {
    fact: "an index that shows the wheel only",
    behaviour: { everyRead: "without the sdist" },
    says: [/`.*gz` is not listed, only `.*whl`/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
  {
    fact: "an index that shows other bytes than it was given",
    behaviour: { everyRead: "other bytes" },
    says: ["with other bytes", "release a new version"],
    ends: "complete",
  },
  {
    fact: "an index whose simple pages fail after the upload",
    behaviour: { everyRead: { status: 503 } },
    says: [/after [\d.]+ s: the index answers 503/, "index-wait"],
    ends: "complete",
    wait: "short",
  },
]

/** Lets an index hold some of the files, or others under their names. */
export function hold(
  index: FaultyIndex,
  what: NonNullable<Case["holds"]>,
  { meant, sdist, wheel }: Pair,
): void {
  const stock = (...names: string[]) => {
    for (const name of names)
      index.files.set(name, meant.get(name) ?? Buffer.alloc(0))
  }
  if (what === "the wheel") stock(wheel)
  else if (what === "all") stock(wheel, sdist)
  else
    index.files.set(
      what === "another wheel" ? wheel : sdist,
      Buffer.from("another build"),
    )
}

/** Nothing is lost, nothing there twice, and never a mix. */
export function check(
  index: FaultyIndex,
  { ends, holds, posts }: Case,
  { complete, sdist, wheel }: Pair,
): void {
  if (ends === "complete") expect(index.holds).toEqual(complete)
  if (ends === "empty") expect(index.holds).toEqual({})
  if (ends === "with the wheel alone")
    expect(index.holds).toEqual({ [wheel]: complete[wheel] })
  if (ends === "as before") expect(index.stored).toEqual([])
  expect(index.stored).toEqual([...new Set(index.stored)])
  if (ends === "complete" && !holds)
    expect(index.stored).toEqual([wheel, sdist])
  if (posts !== undefined) expect(index.posts).toBe(posts)
}
