import type { Listing } from "../package-index/index-state.js"
import { readListing } from "../package-index/listing-stage.js"
import type { PackageIndex } from "../package-index/stage.js"
import { once } from "../pipeline/once.js"
import { untaggedVersion } from "../version/version.js"
import { olderVersions } from "./predecessor.js"

/** What an index has of a project, each version asked for once. */
export interface Earlier {
  readonly index: () => Promise<PackageIndex>
  readonly listing: (pep440: string) => Promise<Listing>
}

export function earlierOn(
  open: () => Promise<PackageIndex>,
  project: string,
): Earlier {
  const index = once(open)
  const asked = new Map<string, Promise<Listing>>()
  const ask = async (pep440: string) => {
    const version = untaggedVersion(pep440)
    return readListing(await index(), { project, version, files: [] })
  }
  const listing = (pep440: string) => {
    const answer = asked.get(pep440) ?? ask(pep440)
    asked.set(pep440, answer)
    return answer
  }
  return { index, listing }
}

/** Asks for what the comparison will most likely want, before there is anything to compare. */
export async function askAhead(
  { listing }: Earlier,
  pep440: string | undefined,
): Promise<void> {
  const { versions } = await listing(pep440 ?? NO_VERSION)
  const newest = olderVersions(pep440, versions).flatMap(([each = []]) => each)
  await Promise.all(newest.map(listing))
}

/** Where none is released: a listing tells of all the others, too. */
export const NO_VERSION = "0"
