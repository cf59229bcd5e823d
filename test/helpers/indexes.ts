import { dag } from "@dagger.io/dagger"

import type { DistributionFile } from "../../src/files/distribution.js"
import type { Sought } from "../../src/package-index/listing-stage.js"
import type { PackageIndex } from "../../src/package-index/stage.js"
import { sdist, version, wheel } from "./builders.js"

/** What must be seen nowhere but in the secret. */
export const TOKEN = "pypi-nobody-may-see-this"

export const SOUGHT: Sought = {
  project: "quayside",
  version: version("v1.2.0"),
  files: [wheel(), sdist()],
}

/** An index of one's own, with a token for uploads. */
export function indexOf(changes: Partial<PackageIndex> = {}): PackageIndex {
  return {
    name: "the index",
    option: "https://index.example/legacy/",
    warehouse: false,
    uploadUrl: "https://index.example/legacy/",
    simpleUrl: "https://index.example/simple/",
    credential: {
      user: "__token__",
      secret: dag.setSecret("token", TOKEN),
      identity: false,
    },
    reader: undefined,
    service: undefined,
    rehearsal: false,
    takes: [],
    mirrors: {},
    ...changes,
  }
}

/** What `index_files.py` prints of an index that lists these files. */
export function listingOf(
  files: readonly DistributionFile[],
  provenance = false,
  more: object = {},
): string {
  const listed = files.map(({ name, sha256 }) => ({
    name,
    sha256,
    url: `https://index.example/files/${name}`,
    provenance,
    yanked: null,
  }))
  return JSON.stringify({
    failure: null,
    status: "active",
    reason: null,
    files: listed,
    versions: [],
    waited: 0,
    reads: 1,
    ...more,
  })
}
