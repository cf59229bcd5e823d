import { explain } from "@renovatebot/pep440"

/** What may stand before the version in the heading of its section. */
const BEFORE =
  /^(?:version|ver\.?|release|released|releases|changes|changelog|notes|news|history|what'?s|new|the|in|for|of|\d{4}-\d{2}-\d{2})$/i
const VERSION = /^v?\d+(?:\.\d+)+[\w.+-]*$|^v\d+$/i
/** A number alone is a version only where there is nothing to count. */
const NUMBER = /^\d+$/
const LONGEST = 60
const UNRELEASED =
  /^\W*(?:unreleased\b|(?:next|upcoming|development|head|main|master)(?: (?:release|version))?\W*$)/i

/** What stands for a version that has no number yet, with words that it is not out. */
const AWAITED =
  /^\W*(?:(?:next|upcoming|future|current|dev(?:el(?:opment)?)?|head|main|master|trunk|branch|version|release)\W+)+(?:unreleased|not (?:yet )?released|to be released|in (?:development|progress))\W*$/i

/** What a heading is about: a version that it begins with, one that it names somewhere, or what is not released yet. */
export interface HeadingVersions {
  /** In the normal form of PEP 440. */
  readonly leading: string | undefined
  /** Those that stand right behind it, as in `1.2.0 / 1.2.1`. */
  readonly beside: readonly string[]
  readonly named: readonly string[]
  readonly unreleased: boolean
}

/** What stands between versions of which a section is. */
const AMONG = /^(?:and|&|[^\w()]*)$/i

/** Reads a heading, where links, emphasis, emoji, dates and the project's name may stand around the version. */
export function headingVersions(
  heading: string,
  project: string,
): HeadingVersions {
  const words = plain(heading)
    .split(/[\s/@]+|(?<=\d)[(:,[]/)
    .filter(Boolean)
  const names = project.toLowerCase().split(/[-_.\s]+/)
  const found: { version: string | undefined; leads: boolean }[] = []
  const alone = !words.slice(1).some((word) => /\p{L}/u.test(word))
  const beside: string[] = []
  let leads = true
  let isList = true
  for (const word of words) {
    const bare = word.replace(/^[^\w]+|[^\w]+$/g, "")
    const version = versionIn(bare, project, alone)
    isList &&=
      (version !== undefined && !word.startsWith("(")) ||
      leads ||
      AMONG.test(word)
    if (version !== undefined && isList && !leads) beside.push(version)
    if (version !== undefined) found.push({ version, leads })
    leads &&=
      bare === "" ||
      BEFORE.test(bare) ||
      bare
        .toLowerCase()
        .split(/[-_.]+/)
        .every((each) => names.includes(each))
  }
  const named = found.flatMap(({ version }) => version ?? [])
  return {
    leading: found.find((each) => each.leads)?.version,
    beside,
    named,
    unreleased: isUnreleased(plain(heading), names),
  }
}

function isUnreleased(text: string, names: readonly string[]): boolean {
  const isOther = (word: string) => !names.includes(word.toLowerCase())
  const others = text.split(/\s+/).filter(isOther).join(" ")
  return UNRELEASED.test(text) || AWAITED.test(others)
}

/** What a reader sees of a heading. */
function plain(heading: string): string {
  return heading
    .replace(/<[^<>]*>/g, "")
    .replace(/:[a-z0-9_+-]{2,30}:/g, " ")
    .replace(/\]\([^()]*\)|\]\[[^[\]]*\]/g, "]")
    .replace(/[*`_]{1,3}(?=\S)|(?<=\S)[*`_]{1,3}/g, (mark) =>
      mark.startsWith("_") ? " " : "",
    )
    .trim()
}

/** A version as a word, such as `1.2.1`, `v1.2.1` or `wren-1.2.1`; a day is none. */
function versionIn(
  word: string,
  project: string,
  numbers: boolean,
): string | undefined {
  const own = word.toLowerCase().startsWith(`${project.toLowerCase()}-`)
    ? word.slice(project.length + 1)
    : word
  if (own.length > LONGEST) return undefined
  // A day has no `v`.
  if (/^v\d+(?:-\d+)+$/i.test(own))
    return normalVersion(own.replaceAll("-", "."))
  if (!VERSION.test(own) && !(numbers && NUMBER.test(own))) return undefined
  return normalVersion(own)
}

/** Versions that an index takes for the same have the same normal form. */
export function normalVersion(text: string): string | undefined {
  const parts = explain(text)
  if (!parts) return undefined
  const { local, public: published } = parts
  const release = published.replace(/^(\d+!)?(\d+(?:\.\d+)*)/, (whole) =>
    whole.replace(/(?:\.0)+$/, ""),
  )
  return local == null ? release : `${release}+${local}`
}
