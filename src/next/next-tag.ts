import { compare } from "@renovatebot/pep440"

import { ownVersions } from "../version/tag-owner.js"
import {
  leadOf,
  parseTag,
  type Version,
  writtenLike,
} from "../version/version.js"

/** The tag of a version, in the form of the tags before it. */
export function tagOf(
  version: string,
  prefix: string,
  tags: readonly string[],
): Version {
  const own = releaseTags(prefix, tags)
  const [newest] = own
  const lead = newest ? leadOf(newest) : `${prefix}v`
  const shown = own.map(({ tag }) => tag)
  return parseTag(lead + writtenLike(version, shown))
}

/** The project's own tags of releases, the newest first; where none has its prefix yet, those without one. */
export function releaseTags(
  prefix: string,
  tags: readonly string[],
): Version[] {
  const lists = ownVersions(prefix, tags).map((each) =>
    each.filter(({ environment }) => environment === "production"),
  )
  const [own = []] = lists.filter(({ length }) => length > 0)
  return [...own].sort((one, other) => compare(other.pep440, one.pep440))
}
