import { compare } from "@renovatebot/pep440"

import { ownVersions } from "../version/tag-owner.js"
import { leadOf, padded, parseTag, type Version } from "../version/version.js"

const SPELLED: Readonly<Record<string, string>> = {
  a: "alpha",
  b: "beta",
  rc: "rc",
}

/** The tag of a version, in the form of the tags before it. */
export function tagOf(
  version: string,
  prefix: string,
  tags: readonly string[],
): Version {
  const own = releaseTags(prefix, tags)
  const [newest] = own
  const [trial] = own.filter((each) => each.prerelease)
  const lead = newest ? leadOf(newest) : `${prefix}v`
  const spelled = trial !== undefined && /-[a-z]+\.\d+$/.test(trial.tag)
  const written = padded(
    spelled ? inSemver(version) : version,
    own.map(({ tag }) => tag),
  )
  return parseTag(lead + written)
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

function inSemver(version: string): string {
  return version.replace(
    /(\d)(a|b|rc)(\d+)$/,
    (_, before: string, kind: string, number: string) =>
      `${before}-${SPELLED[kind] ?? kind}.${number}`,
  )
}
