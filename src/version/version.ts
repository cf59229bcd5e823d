import { problem, ReleaseError } from "../errors.js"

/** Where a tag leads: Test PyPI only, or the whole way. */
export type TagEnvironment = "production" | "staging"

/** The one value that everything after the tag takes its version from. */
export interface Version {
  readonly tag: string
  /** What stands before the version in the tag, as in `wren-v1.2.0`; empty for most. */
  readonly prefix: string
  /** Semantic Versioning 2.0.0; absent where it has no word for it (post releases, dev builds of a prerelease). */
  readonly semver: string | undefined
  /** PEP 440 in its normal form: the name on the index. */
  readonly pep440: string
  readonly prerelease: boolean
  readonly environment: TagEnvironment
}

/** PEP 440's words for what Semantic Versioning spells freely. */
const PHASES = new Map([
  ["alpha", "a"],
  ["a", "a"],
  ["beta", "b"],
  ["b", "b"],
  ["rc", "rc"],
])
const SEMVER_PHASE: Record<string, string> = { a: "alpha", b: "beta", rc: "rc" }

/** Zeros in front, as calendars have them, are no part of a version (PEP 440). */
const NUMBER = "[0-9]{1,9}"
/** A name, and what parts it from the version; never git's own words, nor a version. */
const PREFIX =
  "(?:(?!staging/|refs/|[vV][0-9]|.*(?:\\.\\.|//))[A-Za-z@][\\w.@/=+-]*?[-_/@=])?"
const TAG = new RegExp(
  `^(?<staging>staging/)?(?<prefix>${PREFIX})(?<v>v?)(?<release>${NUMBER}(?:\\.${NUMBER}){0,3})` +
    `(?:-(?<phase>alpha|beta|rc|a|b|dev)\\.(?<n>${NUMBER})` +
    `|(?<pep>a|b|rc)(?<pepN>${NUMBER}))?` +
    `(?:\\.post(?<post>${NUMBER}))?(?:\\.dev(?<dev>${NUMBER}))?$`,
)

export const ACCEPTED_TAGS =
  "`v1.2.0`, `1.2.0`, `v1.2`; prereleases `v1.2.0-alpha.1`, `-beta.1`, `-rc.1`, `-dev.1` or `v1.2.0a1`, `b1`, `rc1`; `v1.2.0.post1`, `v1.2.0.dev1`; each also behind `staging/`"

/** Turns a tag into its version, or refuses it with the accepted forms. */
export function parseTag(tag: string): Version {
  const found = matchTag(tag)
  if (!found) throw refuseTag(tag)
  return found
}

/** The version of a tag; none for the tags of other things. */
export function versionOf(tag: string): Version[] {
  try {
    return [parseTag(tag)]
  } catch (error) {
    if (error instanceof ReleaseError) return []
    throw error
  }
}

/** The version of files that no tag made. */
export function untaggedVersion(pep440: string): Version {
  const plain = {
    tag: pep440,
    prefix: "",
    semver: undefined,
    pep440,
    prerelease: false,
    environment: "production",
  } as const
  return matchTag(pep440) ?? plain
}

/** What a staging tag tries: the version of the tag without `staging/`. */
export function triedVersion(version: Version): Version {
  return matchTag(version.tag.replace(/^staging\//, "")) ?? version
}

/** The tag by which tools that read git's tags find the version: in its normal form, and of a trial as well. */
export function plainTag({ pep440, prefix, tag }: Version): string {
  const rest = tag.replace(/^staging\//, "").slice(prefix.length)
  return `${prefix}${rest.startsWith("v") ? "v" : ""}${pep440}`
}

/** The next staging tag whose version is not taken; none for other tags. */
export function freeStagingTag(
  tag: string,
  taken: readonly string[],
): string | undefined {
  const found = matchTag(tag)
  if (found?.environment !== "staging") return undefined
  const dev = /\.dev(\d+)$/.exec(found.pep440)?.[1] ?? "0"
  const before = found.pep440.replace(/\.dev\d+$/, "")
  let next = Number(dev) + 1
  while (taken.includes(`${before}.dev${next}`)) next += 1
  return leadOf(found) + writtenLike(`${before}.dev${next}`, [tag])
}

/** What of a tag stands before the numbers, as in `staging/wren-v`. */
export function leadOf({ tag }: Pick<Version, "tag">): string {
  const { prefix = "", staging = "", v = "" } = TAG.exec(tag)?.groups ?? {}
  return staging + prefix + v
}

/** The version as a tag writes it, as in `1.2.0-rc.1`. */
export function writtenIn(version: Pick<Version, "tag">): string {
  return version.tag.slice(leadOf(version).length)
}

/** A version in the form of the first of some tags that shows one, the newest first: `1.2.0rc1` or `1.2.0-rc.1`, and with numbers as long as theirs. */
export function writtenLike(pep440: string, tags: readonly string[]): string {
  const inSemver = tags.map(showsSemver).find((each) => each !== undefined)
  return padded(inSemver ? phaseInSemver(pep440) : pep440, tags)
}

/** Whether a tag has a prerelease as Semantic Versioning writes it; a release shows neither. */
function showsSemver(tag: string): boolean | undefined {
  const { dev, pep, phase } = TAG.exec(tag)?.groups ?? {}
  if (phase !== undefined) return true
  return (pep ?? dev) === undefined ? undefined : false
}

function phaseInSemver(pep440: string): string {
  return pep440.replace(
    /^([\d.]+?)\.?(a|b|rc|dev)(\d+)$/,
    (_, release: string, phase: string, number: string) =>
      `${release}-${SEMVER_PHASE[phase] ?? phase}.${number}`,
  )
}

/** A version whose numbers are as long as those of some tags, the newest first: behind `2026.06.1` comes `2026.07.0`. */
function padded(version: string, tags: readonly string[]): string {
  const before = tags.map(releaseTexts)
  return version.replace(/^\d+(?:\.\d+)*/, (release) =>
    release
      .split(".")
      .map((each, at) => each.padStart(widthOf(before, at), "0"))
      .join("."),
  )
}

/** Only a number of one digit, or with a zero in front, shows whether such have one. */
function widthOf(before: readonly (readonly string[])[], at: number): number {
  const showing = before
    .flatMap((each) => each[at] ?? [])
    .find((each) => each.length === 1 || each.startsWith("0"))
  return showing?.length ?? 1
}

function releaseTexts(tag: string): string[] {
  return TAG.exec(tag)?.groups?.["release"]?.split(".") ?? []
}

/** How a program may print its version. */
export function spellings({ pep440, semver }: Version): string[] {
  return [...new Set([pep440, ...(semver ? [semver] : [])])]
}

function matchTag(tag: string): Version | undefined {
  const parts = TAG.exec(tag)?.groups
  if (!parts?.["release"] || isCut(parts)) return undefined
  const { staging, phase, pep, prefix = "" } = parts
  const [n, pepN, post, ownDev] = [
    parts["n"],
    parts["pepN"],
    parts["post"],
    parts["dev"],
  ].map((each) => each && String(Number(each)))
  const release = parts["release"].split(".").map(Number).join(".")
  // `-dev.1` is semver's spelling of `.dev1`; both at once say nothing clear.
  if (phase === "dev" && ownDev) return undefined
  const written = phase === "dev" ? n : ownDev
  // A trial comes before the release that it tries, and leaves it its file names.
  const dev = written ?? (staging ? "0" : undefined)
  const pre = PHASES.get(phase ?? pep ?? "")
  const preN = pre && (n ?? pepN)
  const pep440 =
    release +
    (pre ? `${pre}${preN}` : "") +
    (post ? `.post${post}` : "") +
    (dev ? `.dev${dev}` : "")
  return {
    tag,
    prefix,
    semver: toSemver(release, pre && `${SEMVER_PHASE[pre]}.${preN}`, dev, post),
    pep440,
    prerelease: Boolean(pre ?? dev),
    environment: staging ? "staging" : "production",
  }
}

/** Of `rel_1_19_1` the last number alone would be the version: those before it are no name. */
function isCut({
  prefix = "",
  release = "",
  v = "",
}: Record<string, string | undefined>): boolean {
  return v === "" && /^\d+$/.test(release) && /[-_/]\d+[-_/]$/.test(prefix)
}

function toSemver(
  release: string,
  pre: string | undefined,
  dev: string | undefined,
  post: string | undefined,
): string | undefined {
  const numbers = release.split(".")
  if (post || (pre && dev) || numbers.length > 3) return undefined
  while (numbers.length < 3) numbers.push("0")
  const suffix = pre ?? (dev && `dev.${dev}`)
  return numbers.join(".") + (suffix ? `-${suffix}` : "")
}

function refuseTag(tag: string): Error {
  const short = tag.length > 60 ? `${tag.slice(0, 60)}…` : tag
  return problem(
    "tag",
    `${JSON.stringify(short).replace(/^"|"$/g, "`")} is no release tag`,
    `${hasEpoch(tag) ? `${EPOCH} ` : tooLong(tag) + meantTag(tag)}Accepted are ${ACCEPTED_TAGS} (PEP 440; build metadata after \`+\` has no place on an index).`,
  )
}

/** What `1!` of PEP 440 means for whoever releases here. */
export const EPOCH =
  "The number before `!` is an epoch: installers take such a version before every one without it, and none is released here."

export function hasEpoch(tag: string): boolean {
  return /(^|[^\d.])\d{1,9}!\d/.test(tag.slice(0, LONGEST))
}

/** Of a form that is accepted, but for a number in it. */
function tooLong(tag: string): string {
  const [number] = /\d{10,}/.exec(tag.slice(0, LONGEST)) ?? []
  return number !== undefined && matchTag(tag.replace(/\d{10,}/g, "1"))
    ? `Its number ${number} has more than nine digits, which not every tool reads alike: take a shorter one. `
    : ""
}

/** What was probably meant, in a sentence. */
function meantTag(tag: string): string {
  const near = nearestTag(tag)
  return near === undefined ? "" : `Did you mean \`${near}\`? `
}

const LONGEST = 200

/** Repairs, in order of how little they change, that people's tags usually need. */
const REPAIRS: readonly ((tag: string) => string)[] = [
  (tag) => tag.trim().replace(/^refs\/tags\//, ""),
  (tag) => tag.toLowerCase(),
  (tag) => tag.replace(/\+.*$/, ""),
  (tag) => tag.replace(/^(v|release|ver(sion)?)[-_/ ]?(?=\d)/, "v"),
  (tag) => tag.replace(/[-_.]?(preview|pre|(?<![a-z])c)[-_.]?(?=\d)/, "-rc."),
  (tag) => tag.replace(/[-_.](alpha|beta|rc|dev)[-_.]?(\d+)$/, "-$1.$2"),
  (tag) => tag.replace(/[-_.](alpha|beta|rc|dev)$/, "-$1.1"),
  (tag) =>
    /\d\.\d/.test(tag)
      ? tag
      : tag.replace(/(?<=(?<![A-Za-z\d])v?\d{1,9})[-_/](?=\d)/g, "."),
  (tag) => tag.replace(/^(v?\d+\.\d+(?:\.\d+)?).*$/s, "$1"),
]

/** The tag that somebody meant who wrote another; undefined where none is near. */
export function nearestTag(tag: string): string | undefined {
  let repaired = tag.slice(0, LONGEST)
  for (const repair of REPAIRS) {
    repaired = repair(repaired)
    if (matchTag(repaired)) return repaired
  }
  return undefined
}
