import type { Frontend } from "../frontend/frontend.js"
import type { NoteSources } from "../notes/changelog.js"
import {
  type NextSection,
  type Sectioned,
  withSection,
} from "../notes/next-section.js"
import type { Sources } from "../reading/sources.js"
import { spellings, type Version, versionOf } from "../version/version.js"
import {
  placeName,
  readPlace,
  spelling,
  type VersionPlace,
  writePlace,
} from "../version/version-place.js"
import type { Versioning } from "../version/versioning.js"
import { frontendPlaces, lockPlaces } from "./beside-places.js"

/** What of a project is written for a release. */
export interface Writable {
  readonly name: string
  readonly versioning: Pick<Versioning, "places">
  readonly frontends: readonly Pick<Frontend, "path" | "root">[]
  readonly notes: Pick<NoteSources, "changelog" | "collector">
}

/** What a release writes into its project, by paths that may lead above it. */
export interface ReleaseEdits {
  readonly texts: ReadonlyMap<string, string>
  /** What is written where, in words. */
  readonly told: readonly string[]
  /** Of the changelog; absent where there is none, or where another tool writes it. */
  readonly section?: Sectioned
}

/** Writes a version wherever the project keeps it, and makes the changelog's section of it. */
export function releaseEdits(
  sources: Sources,
  project: Writable,
  next: NextSection,
): ReleaseEdits {
  const { version } = next
  const texts = new Map<string, string>()
  const told: string[] = []
  for (const place of placesOf(sources, project, next)) {
    const text = texts.get(place.path) ?? sources.text(place.path)
    const value = spelling(place, version)
    const before = text === undefined ? undefined : readPlace(place, text)
    // npm knows no post-release.
    if (text === undefined || value === undefined || before === value) continue
    texts.set(place.path, writePlace(place, text, value))
    told.push(`${placeName(place)}: ${before ?? "nothing"} → ${value}`)
  }
  const { changelog, collector } = project.notes
  const text = changelog === undefined ? undefined : sources.text(changelog)
  if (changelog === undefined || text === undefined || collector)
    return { texts, told }
  const file = { path: changelog, text, project: project.name }
  const section = withSection(file, next)
  if (section.text !== text) {
    texts.set(changelog, section.text)
    const { from = "what is unreleased" } = section
    told.push(`\`${changelog}\`: ${from} becomes ${version.pep440}`)
  }
  return { texts, told, section }
}

function placesOf(
  sources: Sources,
  { frontends, name, versioning: { places } }: Writable,
  { previous }: Pick<NextSection, "previous">,
): VersionPlace[] {
  const stated = places.flatMap((place) => {
    const text = sources.text(place.path)
    const value = text === undefined ? undefined : readPlace(place, text)
    return value ?? []
  })
  const known = [...stated, ...(previous === undefined ? [] : [previous])]
    .flatMap(versionOf)
    .flatMap((each: Version) => spellings(each))
  return [
    ...places,
    ...lockPlaces(sources, name),
    ...frontendPlaces(sources, frontends, known),
  ]
}
