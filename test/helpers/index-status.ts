import {
  type ListedFile,
  type Listing,
  placeFiles,
} from "../../src/package-index/index-state.js"
import { resolveIndex } from "../../src/package-index/indexes.js"
import type { IndexStatus } from "../../src/package-index/recovery.js"

const UPLOADS = {
  pypi: "https://upload.harbour.example/legacy/",
  testpypi: "https://test.harbour.example/legacy/",
}
export const WHEEL = {
  name: "boat-1.0.0-py3-none-any.whl",
  size: 1,
  sha256: "aa",
}
export const SDIST = { name: "boat-1.0.0.tar.gz", size: 1, sha256: "bb" }

interface On extends Partial<Pick<Listing, "reason" | "status">> {
  readonly failure?: string
  readonly beside?: readonly string[]
  readonly files?: readonly (readonly [
    name: string,
    sha256: string,
    yanked?: string,
  ])[]
}

/** What an index holds of a wheel and an sdist. */
export function on(
  option: string,
  { beside = [], failure, files = [], reason = null, status = "active" }: On,
): IndexStatus {
  const listed: ListedFile[] = files.map(([name, sha256, yanked]) => ({
    name,
    sha256,
    url: `https://files.example/${name}`,
    uploaded: null,
    provenance: false,
    yanked: yanked ?? null,
  }))
  const listing = {
    failure: failure ?? null,
    status,
    reason,
    forwarded: null,
    versions: [],
    released: [],
    beside: [...beside],
    files: listed,
    waited: 0,
    reads: 1,
  }
  return {
    index: resolveIndex(option, [], UPLOADS),
    listing,
    placed: placeFiles([WHEEL, SDIST], listing),
  }
}

export const COMPLETE: On = {
  files: [
    [WHEEL.name, "aa"],
    [SDIST.name, "bb"],
  ],
}
