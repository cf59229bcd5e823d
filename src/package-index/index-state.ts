import { explain } from "@renovatebot/pep440"

import { z } from "#zod"

import type { DistributionFile } from "../files/distribution.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { foreign } from "../text/foreign.js"
import { table } from "../text/table.js"

/** What an index lists under a file's name: nothing, these very bytes, or others. */
export type FileState = "absent" | "same" | "different"

/** As long as upload.py and index_files.py let a line be. */
export const MOST = 600

/** What an index says in words of its own. */
export const words = z
  .string()
  .nullable()
  .transform((text) => text && foreign(text, MOST))

const listedFile = z.object({
  name: z.string(),
  /** Absent for files that are not meant and whose index states no SHA-256. */
  sha256: z.string().nullable().transform(hashOf),
  url: z.string(),
  /** When it came, where the index tells (PEP 700). */
  uploaded: z.string().nullable().default(null),
  /** It says who published it (PEP 740). */
  provenance: z.boolean().default(false),
  /** The reason for a yank (PEP 592), maybe empty; absent when it was not yanked. */
  yanked: words,
})

/** What the simple index (PEP 503, PEP 691) says of one release, as `index_files.py` reads it. */
const answer = z.object({
  /** Why it can't be read. */
  failure: z.string().nullable(),
  /** What the index itself says of that. */
  said: words.default(null),
  /** PEP 792: active, archived, deprecated or quarantined. */
  status: z.string(),
  reason: words,
  /** The host, or the place beside it, that the index sent its reader to: what is listed there is not its own. */
  forwarded: z.string().nullable().default(null),
  files: z.array(listedFile),
  /** Files of another version that whoever asks for this one may be given: of 1.2.0+local for 1.2.0. */
  beside: z.array(z.string()).default([]),
  /** Every version of the project that it lists files of. */
  versions: z.array(z.string()).default([]),
  /** The day of the first file of each, where the index tells. */
  released: z
    .array(z.object({ version: z.string(), date: z.string() }))
    .default([]),
  /** Seconds. */
  waited: z.number(),
  reads: z.number(),
})

/** Old files have versions that are none (PEP 440), such as `2004d`, and nothing can be compared with those. */
export const listing = answer.transform(({ said, ...read }) => ({
  ...read,
  versions: read.versions.filter(isVersion),
  released: read.released.filter(({ version }) => isVersion(version)),
  failure: said ? `${read.failure ?? ""} ${said}` : read.failure,
}))

function isVersion(text: string): boolean {
  return explain(text) !== null
}

export type Listing = z.infer<typeof listing>

export type ListedFile = z.infer<typeof listedFile>

/** A file that is meant to be on an index, and what is there in its place. */
export interface PlacedFile extends DistributionFile {
  readonly state: FileState
  readonly listed: ListedFile | undefined
}

export function parseListing(text: string): Listing {
  return listing.parse(JSON.parse(text))
}

/** Sets the files that are meant against what the index lists, by name and hash. */
export function placeFiles(
  meant: readonly DistributionFile[],
  { files }: Listing,
): PlacedFile[] {
  return meant.map((file) => {
    const listed = files.find(({ name }) => name === file.name)
    return { ...file, listed, state: stateOf(file, listed) }
  })
}

export type OtherFile = Pick<ListedFile, "name">

/** What an index has of a version beside the files that are meant: an installer may take it before those, unless it was yanked. */
export function otherFiles(
  placed: readonly PlacedFile[],
  { beside, files }: Pick<Listing, "beside" | "files">,
): OtherFile[] {
  const others = files.filter(
    ({ name, yanked }) =>
      yanked === null && !placed.some((file) => file.name === name),
  )
  return [...others, ...beside.map((name) => ({ name }))]
}

/** An installer takes a wheel with a build number, of a local version, or for its platform, before the one that was verified. */
export function othersRemark(
  index: string,
  others: readonly OtherFile[],
): string[] {
  return others.length === 0
    ? []
    : [
        `${index} also has ${few(others.map(({ name }) => code(name)))} of this version, not from here: an installer may take that before what was verified.`,
      ]
}

export function isComplete(placed: readonly PlacedFile[]): boolean {
  return placed.every(
    ({ listed, state }) => state === "same" && listed?.yanked === null,
  )
}

/** The index hides the project until its administrators have looked at it (PEP 792). */
export function isQuarantined({ status }: Pick<Listing, "status">): boolean {
  return status === "quarantined"
}

/** Both hashes of each file, for the reader who has to find out which build it was. */
export function placesTable(placed: readonly PlacedFile[]): string {
  return table(
    ["File", "State", "Built SHA-256", "SHA-256 on the index"],
    placed.map(({ listed, name, sha256, state }) => [
      code(name),
      listed && listed.yanked !== null ? `${state}, yanked` : state,
      `\`${sha256}\``,
      listed?.sha256 ? code(listed.sha256) : "",
    ]),
  )
}

/** Says in words why an index does not show what it should; nothing when it does. */
export function whyIncomplete(
  placed: readonly PlacedFile[],
  { failure, forwarded, reason, status }: Listing,
): string | undefined {
  if (failure) return failure
  const none = placed.every(({ state }) => state === "absent")
  if (forwarded && none)
    return `the index holds nothing of the release itself and sends its readers to ${code(forwarded)}, whose files are not its own`
  const different = placed.filter(({ state }) => state === "different")
  if (different.length > 0)
    return `${names(different)} is there with other bytes: ${different.map(({ listed, sha256 }) => `${code(listed?.sha256 ?? "?")} in place of \`${sha256}\``).join(", ")}`
  const absent = placed.filter(({ state }) => state === "absent")
  if (isQuarantined({ status }))
    return `the project is quarantined${reason ? `: ${reason}` : ""}`
  if (absent.length === placed.length) return "none of the files is listed"
  const there = placed.filter(({ state }) => state === "same")
  if (absent.length > 0)
    return `${names(absent)} is not listed, only ${names(there)}`
  const yanked = placed.filter(({ listed }) => listed?.yanked !== null)
  return yanked.length > 0
    ? `${names(yanked)} is there, but yanked${yankReason(yanked)}`
    : undefined
}

export function names(files: readonly { readonly name: string }[]): string {
  return files.map(({ name }) => code(name)).join(", ")
}

export function yankReason(yanked: readonly PlacedFile[]): string {
  const [reason] = yanked.map(({ listed }) => listed?.yanked).filter(Boolean)
  return reason ? `: ${reason}` : ""
}

/** What is no hash is none of these bytes, whatever it says. */
function hashOf(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null
}

function stateOf(
  { sha256 }: DistributionFile,
  listed: ListedFile | undefined,
): FileState {
  if (!listed) return "absent"
  return listed.sha256 === sha256 ? "same" : "different"
}
