import { compare } from "@renovatebot/pep440"

import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { commandLine } from "../text/command-line.js"
import { ownVersions } from "../version/tag-owner.js"
import {
  EPOCH,
  hasEpoch,
  leadOf,
  parseTag,
  type Version,
  versionOf,
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

/** A release that counts before all others can't be passed over. */
export function refuseEpochs(prefix: string, tags: readonly string[]): void {
  const found = tags.find((tag) => {
    const [later] = hasEpoch(tag) ? versionOf(tag.replace(/\d+!/, "")) : []
    return later?.prefix === prefix
  })
  if (found !== undefined)
    throw problem(
      "tag",
      `${code(found)} is a version with an epoch, so what comes next is one as well`,
      `${EPOCH} If nothing was published by it, delete the tag: ${code(commandLine(["git", "tag", "-d", found]))}.`,
    )
}
