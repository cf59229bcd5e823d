import type { IndexStatus } from "../core/recovery.js"
import { placeFiles } from "../core/state.js"
import { readListing, type Sought } from "./listing.js"
import type { PackageIndex } from "./package-index.js"

/** What each index holds of a release, read from it now. */
export function readStatus(
  sought: Sought,
  indexes: readonly PackageIndex[],
): Promise<IndexStatus[]> {
  return Promise.all(indexes.map((index) => statusOf(sought, index)))
}

export async function statusOf(
  sought: Sought,
  index: PackageIndex,
): Promise<IndexStatus> {
  const listing = await readListing(index, sought)
  return { index, listing, placed: placeFiles(sought.files, listing) }
}
