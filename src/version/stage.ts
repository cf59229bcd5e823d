import type { Container, Directory } from "@dagger.io/dagger"

import type { Version } from "./version.js"
import { spelledFor, type VersionPlace, writePlace } from "./version-place.js"
import {
  asInSdist,
  UNTAGGED,
  untaggedMetadata,
  type Versioning,
} from "./versioning.js"

/** A copy of the tree that carries the version in every place where the project writes it. */
export async function stamp(
  tree: Directory,
  versioning: Versioning,
  version: Version,
): Promise<Directory> {
  const edits = await Promise.all(
    [...byPath(versioning.places)].map(async ([path, places]) => {
      const text = await tree.file(path).contents()
      const edited = places.reduce(
        (each, place) => writePlace(place, each, spelledFor(place, version)),
        text,
      )
      return { path, edited }
    }),
  )
  return edits.reduce(
    (each, { edited, path }) => each.withNewFile(path, edited),
    tree,
  )
}

/** Tells the version to a backend that would ask git: the tree it builds from has none. */
export function withVersion(
  { variables }: Versioning,
  version?: Version,
): (container: Container) => Container {
  return (container) =>
    variables.reduce(
      (each, name) => each.withEnvVariable(name, version?.pep440 ?? UNTAGGED),
      container,
    )
}

/** Takes back the variables that would give this version to other projects, too. Where its tool reads that, a project then has its own as in an sdist. */
export function withoutCommon(
  common: readonly string[],
  project: string,
): (container: Container) => Container {
  return (container) =>
    common.reduce(
      (each, name) => each.withoutEnvVariable(name),
      asInSdist(common).length === 0
        ? container
        : container.withNewFile("PKG-INFO", untaggedMetadata({ project })),
    )
}

/** Says a version to a backend that reads it in tags, in the project's folder without its repository: as an sdist does. */
export function withUntagged({
  inTags,
}: Versioning): (container: Container) => Container {
  return (container) =>
    inTags === undefined
      ? container
      : container.withNewFile("PKG-INFO", untaggedMetadata(inTags))
}

function byPath(places: readonly VersionPlace[]): Map<string, VersionPlace[]> {
  const found = new Map<string, VersionPlace[]>()
  for (const place of places)
    found.set(place.path, [...(found.get(place.path) ?? []), place])
  return found
}
