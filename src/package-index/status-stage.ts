import { placeFiles } from "./index-state.js"
import { readListing, type Sought } from "./listing-stage.js"
import type { IndexStatus } from "./recovery.js"
import type { PackageIndex } from "./stage.js"

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
