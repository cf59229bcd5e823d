import type { NoteSources } from "../notes/changelog.js"
import type { Sources } from "../reading/sources.js"
import { readPlace } from "../version/version-place.js"
import type { Versioning } from "../version/versioning.js"
import {
  changelogEvidence,
  type Evidence,
  fragmentEvidence,
} from "./evidence.js"

/** What of a project says something of its next version. */
interface Telling {
  readonly name: string
  readonly versioning: Pick<Versioning, "places">
  readonly notes: Pick<NoteSources, "changelog" | "fragments">
}

/** What a project has written down of its next release. */
export interface WrittenDown {
  /** The version; absent where it is written nowhere. */
  readonly stated: string | undefined
  readonly evidence: readonly Evidence[]
}

/** Reads the version, the changelog and the fragments of it. */
export function readWritten(
  sources: Sources,
  { name, notes, versioning: { places } }: Telling,
): WrittenDown {
  const [stated] = places.flatMap((place) => {
    const text = sources.text(place.path)
    return text === undefined ? [] : (readPlace(place, text) ?? [])
  })
  const { changelog, fragments = [] } = notes
  const text = changelog === undefined ? undefined : sources.text(changelog)
  const collected = fragments.map((path) => ({
    path,
    text: sources.text(path) ?? "",
  }))
  return {
    stated,
    evidence: [
      ...(changelog !== undefined && text !== undefined
        ? changelogEvidence({ path: changelog, text, project: name })
        : []),
      ...fragmentEvidence(collected),
    ],
  }
}
