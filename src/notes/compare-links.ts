import { compare } from "@renovatebot/pep440"

import { normalVersion } from "./heading-version.js"

const VERSION =
  /(?<!\d)\d+(?:\.\d+)+(?:[-.]?(?:alpha|beta|rc|a|b|post|dev)[-.]?\d+)*(?![A-Za-z0-9])/g
/** What forges compare: `compare/v1.1.0...v1.2.0`, with Bitbucket's mark in between, too. */
const COMPARED = /(?<=\/compare\/)([^\s<>)"'`]+?)(\.{2,3}|%0D)([^\s<>)"'`]+)/g

/** The release before, in the normal form of its version, and the one that is made, as its tag spells it. */
export interface VersionChange {
  readonly from: string
  readonly to: string
}

/** What looks like a version in a text, as it is written there. */
export function versionsIn(text: string): string[] {
  return [...text.matchAll(VERSION)].map(([each]) => each)
}

/** A text of the release before, told of the next one: what was compared with the one before it is compared with that. */
export function shifted(text: string, { from, to }: VersionChange): string {
  const isLast = (each: string) => normalVersion(each) === from
  const all = new RegExp(`${COMPARED.source}|${VERSION.source}`, "g")
  return text.replace(all, (part) => {
    const spelled = versionsIn(part).find(isLast)
    return part.replace(VERSION, (each) => {
      if (isLast(each)) return to
      const version = normalVersion(each)
      const older = version !== undefined && compare(version, from) < 0
      return older && spelled !== undefined ? spelled : each
    })
  })
}

/** A link to what is not released yet, which begins at the release that is made now. */
export function rebasedLink(url: string, { to }: VersionChange): string {
  return url.replace(COMPARED, (range: string) => range.replace(VERSION, to))
}

/** A link to what is not released yet, as the link of the release that it becomes: from the release before up to its tag. */
export function endedLink(
  url: string,
  { from }: VersionChange,
  tag: string,
  last: string | undefined,
): string {
  return url.replace(
    COMPARED,
    (_, one: string, mark: string, other: string) => {
      const [before, after] = [one, other].map((each) => {
        const [version] = versionsIn(each)
        if (version === undefined) return tag
        // Whoever forgot to move it on last time meant the last release all the same.
        return normalVersion(version) === from ? each : (last ?? each)
      })
      return `${before ?? ""}${mark}${after ?? ""}`
    },
  )
}
