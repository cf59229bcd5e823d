import {
  type Listing,
  names,
  type PlacedFile,
  placesTable,
  yankReason,
} from "../package-index/index-state.js"
import { StageFailure } from "../pipeline/failure.js"
import { freeStagingTag } from "../version/version.js"

/** Refuses what an upload could only make worse, before any of it; else says which files are to go. */
export function filesToUpload(
  placed: readonly PlacedFile[],
  listing: Listing,
  index: string,
  tag = "",
): PlacedFile[] {
  const refused = refusal(placed, listing, index, tag)
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
      "Nothing was uploaded. Run the same command again when the index answers.",
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
