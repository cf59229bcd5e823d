import {
  type Listing,
  names,
  type PlacedFile,
  placesTable,
  yankReason,
} from "../package-index/index-state.js"
import type { IndexAddress } from "../package-index/indexes.js"
import { StageFailure } from "../pipeline/failure.js"
import { freeStagingTag } from "../version/version.js"

/** What there is to know of an index before it is sent anything. */
type Receiver = Pick<IndexAddress, "name" | "takes" | "warehouse">

/** Refuses what an upload could only make worse, before any of it; else says which files are to go. */
export function filesToUpload(
  placed: readonly PlacedFile[],
  listing: Listing,
  index: Receiver,
  tag = "",
): PlacedFile[] {
  const refused =
    refusal(placed, listing, index.name, tag) ??
    refusedAddition(placed, listing, index)
  if (refused) throw refused
  return placed.filter(({ state }) => state === "absent")
}

function refusal(
  placed: readonly PlacedFile[],
  { failure, reason, status, versions }: Listing,
  index: string,
  tag: string,
): StageFailure | undefined {
  if (failure)
    return new StageFailure(
      `what ${index} holds can't be read: ${failure}`,
      "Nothing was uploaded. Run the same command again when the index answers with a listing; if it goes on like this, ask whoever runs it.",
    )
  if (status === "quarantined" || status === "archived")
    return new StageFailure(
      `the project is ${status} on ${index}${reason ? `: ${reason}` : ""}`,
      status === "archived"
        ? "Nothing was uploaded. Its owner can take it out of the archive, in the project's settings."
        : "Nothing was uploaded. The index hides its files until its administrators have looked at them; write to their support.",
    )
  const different = placed.filter(({ state }) => state === "different")
  if (different.length > 0) {
    const free = freeStagingTag(tag, versions)
    return differs(different, placed, index, free)
  }
  const yanked = placed.filter(({ listed }) => listed && listed.yanked !== null)
  if (yanked.length > 0)
    return new StageFailure(
      `${names(yanked)} ${yanked.length > 1 ? "were" : "was"} yanked from ${index}${yankReason(yanked)}`,
      "Nothing was uploaded. Take the yank back on the release's page, or release a new version.",
    )
  return undefined
}

/** PyPI takes files for a release so long after its first one. */
const DAYS = 14

/** What is missing of a release may come too late, or be there in another form. */
function refusedAddition(
  placed: readonly PlacedFile[],
  { files }: Listing,
  { name, takes, warehouse }: Receiver,
): StageFailure | undefined {
  const absent = placed.filter(({ state }) => state === "absent")
  const sdists = files.filter((each) => isSdist(each.name))
  if (
    !takes.includes("one-sdist") &&
    sdists.length > 0 &&
    absent.some(({ name: each }) => isSdist(each))
  )
    return new StageFailure(
      `${name} has an sdist of this release already, ${names(sdists)}, and takes one of each`,
      "Nothing was uploaded. Release a new version; or delete that file, where its name is another one and the index lets you.",
    )
  const came = files.flatMap(({ uploaded }) =>
    uploaded ? [Date.parse(uploaded)] : [],
  )
  const first = Math.min(...came)
  if (
    !warehouse ||
    absent.length === 0 ||
    Date.now() - first < DAYS * 86_400_000 ||
    came.length === 0
  )
    return undefined
  return new StageFailure(
    `${name} takes no file for a release whose first one is older than ${String(DAYS)} days: ${names(absent)} is missing since ${new Date(first).toISOString().slice(0, 10)}`,
    "Nothing was uploaded. Release a new version; `recover` prints the commands.",
  )
}

function isSdist(name: string): boolean {
  return /\.(?:tar\.gz|zip)$/.test(name)
}

function differs(
  different: readonly PlacedFile[],
  placed: readonly PlacedFile[],
  index: string,
  free: string | undefined,
): StageFailure {
  return new StageFailure(
    `${index} holds other bytes under ${names(different)}`,
    [
      placesTable(placed),
      "Nothing was uploaded. A name is never given twice: an index that is like PyPI refuses it even after the file was deleted.",
      free === undefined
        ? "Release a new version; `recover` prints the commands."
        : `The next staging tag that is free there: \`git tag ${free}\`.`,
    ].join("\n\n"),
  )
}
