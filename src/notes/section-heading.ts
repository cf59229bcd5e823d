import { shifted, versionsIn } from "./compare-links.js"
import { normalVersion } from "./heading-version.js"
import { writtenDate } from "./written-date.js"

/** What the heading of a release says. */
export interface Headed {
  /** As its tag spells it. */
  readonly version: string
  readonly date: string
}

/** The heading of the release before, and its version in the normal form. */
export interface LastHeading {
  readonly text: string
  readonly version: string
}

/** Writes the heading of a release in the form of the one before; where that has a name of its own, numbers that are read as nothing, or there is none, in the usual one. */
export function releaseHeading(
  { date, version }: Headed,
  last: LastHeading | undefined,
  pending: string,
  project: string,
): string {
  if (last && !saysMore(last, project)) {
    const day = writtenDate(withoutVersion(last), date)
    const dated = day ? last.text.replace(day.found, () => day.like) : last.text
    return shifted(dated, { from: last.version, to: version })
  }
  const v = last && /\bv\d/.test(last.text) ? "v" : ""
  const inLink = /^\W*\[[^\]]*\](?!\()/.test(pending)
  return `${inLink ? `[${v}${version}]` : `${v}${version}`} - ${date}`
}

/** A version by the calendar is no date. */
function withoutVersion({ text, version }: LastHeading): string {
  return versionsIn(text)
    .filter((each) => normalVersion(each) === version)
    .reduce((rest, each) => rest.replaceAll(each, " "), text)
}

const USUAL =
  /\b(?:version|ver|release|released|releases|on|v|changes|changelog|notes|in|of|the)\b/gi

/** Whether a heading says more than a version, a day and whose they are: a name, or a day that is written in no form that is known. */
function saysMore(last: LastHeading, project: string): boolean {
  const heading = withoutVersion(last)
  const day = writtenDate(heading, "2000-01-01")?.found ?? ""
  const words = project.split(/[-_.\s]+/).filter(Boolean)
  const rest = versionsIn(heading)
    .reduce((text, each) => text.replaceAll(each, " "), heading)
    .replace(day, " ")
    .replace(/\]\([^()]*\)|\]\[[^[\]]*\]|:[a-z0-9_+-]{2,30}:|<[^<>]*>/g, " ")
    .replace(USUAL, " ")
    .toLowerCase()
  const left = words.reduce(
    (text, word) => text.replaceAll(word.toLowerCase(), " "),
    rest,
  )
  return /\p{L}{2,}|\d/u.test(left)
}
