import type {
  ListedFile,
  Listing,
} from "../../src/package-index/index-state.js"

export const WHEEL = {
  name: "boat-1.0-py3-none-any.whl",
  size: 10,
  sha256: "aaaa",
}
export const SDIST = { name: "boat-1.0.tar.gz", size: 20, sha256: "bbbb" }
export const MEANT = [WHEEL, SDIST]

export function listed(
  name: string,
  sha256: string,
  yanked?: string,
): ListedFile {
  const url = `https://index.example/files/${name}`
  const when = { uploaded: null, provenance: false }
  return { name, sha256, url, ...when, yanked: yanked ?? null }
}

export function listing(
  files: readonly ListedFile[],
  more: Partial<Listing> = {},
): Listing {
  return {
    failure: null,
    status: "active",
    reason: null,
    forwarded: null,
    files: [...files],
    versions: [],
    released: [],
    beside: [],
    waited: 0,
    reads: 1,
    ...more,
  }
}

export const BOTH = [listed(WHEEL.name, "aaaa"), listed(SDIST.name, "bbbb")]
