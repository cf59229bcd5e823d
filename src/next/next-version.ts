import { compare, explain } from "@renovatebot/pep440"

import { type ChangeLevel, mostOf } from "../compare/change.js"
import { isPrerelease } from "../compare/predecessor.js"
import {
  type DatedRelease,
  isEnough,
  releaseOf,
  ruleOf,
  schemeOf,
} from "../compare/scheme.js"
import type { VersionScheme } from "../config/compare-config.js"
import { problem } from "../errors.js"
import { calendarForm, nextByCalendar } from "./calendar.js"
import type { Evidence } from "./evidence.js"

/** The kinds of prerelease, as PEP 440 spells them. */
export const TRIALS = ["a", "b", "rc"] as const
export type TrialKind = (typeof TRIALS)[number]

/** What somebody asks for in place of what follows. */
export interface Asked {
  readonly prerelease: TrialKind | undefined
  /** In the normal form of PEP 440. */
  readonly as: string | undefined
}

/** What the next version is decided by. */
export interface NextFacts {
  /** The last final release. */
  readonly last: string | undefined
  /** Every version that an index or a tag has. */
  readonly released: readonly string[]
  /** What the project has written down, where it has. */
  readonly stated: string | undefined
  readonly evidence: readonly Evidence[]
  readonly scheme: VersionScheme | undefined
  /** The day of the release. */
  readonly date: string
  /** The final releases whose day is known, the newest first. */
  readonly dated: readonly DatedRelease[]
}

/** The version that comes next, and why. */
export interface NextVersion {
  /** In the normal form of PEP 440. */
  readonly version: string
  readonly level: ChangeLevel
  readonly rule: string
  readonly scheme: string
  /** The least version that fits what changed; absent where any does. */
  readonly least: string | undefined
  /** The newest final release, whether it comes before or after. */
  readonly newest: string | undefined
  /** What else led to it. */
  readonly because: readonly string[]
  /** What speaks against it. */
  readonly problems: readonly string[]
}

/** Decides on the next version. */
export function nextVersion(facts: NextFacts, asked: Asked): NextVersion {
  const level = mostOf(facts.evidence)
  const { least, rule, scheme } = followed(facts, level)
  const { because, version } = chosen(facts, asked, least, level)
  const tried = asked.prerelease
    ? trialOf(version, asked.prerelease, facts.released)
    : version
  refuseReleased(tried, facts.released)
  const newest = newestFinal(facts.released)
  return {
    ...{ version: tried, level, rule, scheme, least, newest, because },
    problems: [
      ...complaints(facts, tried, { least, level, rule }),
      ...goingBack(facts, tried, newest),
    ],
  }
}

/** What a first release is called where nothing says it. */
const FIRST = "0.1.0"

function followed(
  { dated, last, scheme: configured }: NextFacts,
  level: ChangeLevel,
): { least: string | undefined; rule: string; scheme: string } {
  if (last === undefined)
    return {
      least: undefined,
      rule: "there is no final release before it, so any version may be the first",
      scheme: "first release",
    }
  const { from, scheme } = schemeOf(last, configured, dated)
  return { ...ruleOf(scheme, last, level), scheme: `${scheme} (${from})` }
}

function chosen(
  facts: NextFacts,
  { as }: Asked,
  least: string | undefined,
  level: ChangeLevel,
): { version: string; because: string[] } {
  if (as !== undefined) return { version: as, because: ["`--as` says so"] }
  const { last, released, stated } = facts
  if (last !== undefined && least === undefined)
    return { version: byCalendar(facts, last, level), because: [] }
  const computed = least === undefined ? FIRST : likeLast(least, last)
  const trial = newestTrial(last, released)
  const meant = stated === undefined ? undefined : finalOf(stated)
  const candidates = [
    { version: computed, because: [] },
    ...(trial === undefined
      ? []
      : [
          {
            version: finalOf(trial),
            because: [`${trial}, a prerelease, leads to ${finalOf(trial)}`],
          },
        ]),
    ...(meant === undefined || !isFree(meant, last, released)
      ? []
      : [
          {
            version: meant,
            because: [`the project says ${stated ?? ""} already`],
          },
        ]),
  ]
  // A first release is what its project says.
  const known = least === undefined && candidates.length > 1
  return candidates
    .slice(known ? 1 : 0)
    .reduce((one, other) =>
      compare(other.version, one.version) > 0 ? other : one,
    )
}

function isFree(
  version: string,
  last: string | undefined,
  released: readonly string[],
): boolean {
  return (
    (last === undefined || compare(version, last) > 0) &&
    compare(version, "0") > 0 &&
    !released.some((each) => compare(each, version) === 0)
  )
}

/** How many of the newest releases show what their numbers count. */
const FORMED = 3

function byCalendar(
  { date, dated, released }: NextFacts,
  last: string,
  level: ChangeLevel,
): string {
  const form = calendarForm(dated.slice(0, FORMED))
  const version =
    form && nextByCalendar(form, last, date, level, released.filter(isFinal))
  if (version !== undefined) return version
  throw problem(
    "tag",
    form
      ? `${last} is of today, and nothing in its numbers counts further`
      : `nothing tells what the numbers of ${last} count: the days of its releases don't fit them`,
    "Say it: `--as`.",
  )
}

function isFinal(version: string): boolean {
  return !isPrerelease(version)
}

/** Whoever writes `1.2` does not write `1.3.0`. */
function likeLast(least: string, last: string | undefined): string {
  const short = last !== undefined && explain(last)?.release.length === 2
  return short && least.endsWith(".0") ? least.replace(/\.0$/, "") : least
}

/** The newest prerelease that no final release followed. */
function newestTrial(
  last: string | undefined,
  released: readonly string[],
): string | undefined {
  const [newest] = released
    .filter((each) => explain(each)?.pre != null)
    .filter((each) => last === undefined || compare(each, last) > 0)
    .sort((one, other) => compare(other, one))
  return newest
}

/** The version without what makes it a prerelease or a build of its own. */
export function finalOf(version: string): string {
  return explain(version)?.release.join(".") ?? version
}

/** The next prerelease of its kind. */
function trialOf(
  version: string,
  kind: TrialKind,
  released: readonly string[],
): string {
  const final = finalOf(version)
  const own = released.filter(
    (each) => explain(each)?.pre != null && compare(finalOf(each), final) === 0,
  )
  const numbers = own.flatMap((each) => {
    const [phase, number] = explain(each)?.pre ?? []
    return phase === kind ? [Number(number)] : []
  })
  const tried = `${final}${kind}${String(Math.max(0, ...numbers) + 1)}`
  const later = own.find((each) => compare(each, tried) > 0)
  if (later === undefined) return tried
  throw problem(
    "tag",
    `${tried} would come before ${later}, which is there already`,
    "Ask for a later kind: `a` comes before `b`, and `b` before `rc`.",
  )
}

function refuseReleased(version: string, released: readonly string[]): void {
  if (released.every((each) => compare(each, version) !== 0)) return
  throw problem(
    "tag",
    `${version} is released already`,
    "A version is given once; name another one as `--as`.",
  )
}

function newestFinal(released: readonly string[]): string | undefined {
  const [newest] = released
    .filter(isFinal)
    .sort((one, other) => compare(other, one))
  return newest
}

/** An older line has releases of its own before it, and its branch says no newer version. */
function goingBack(
  { last, stated }: NextFacts,
  version: string,
  newest: string | undefined,
): string[] {
  const isBelow = (other: string) =>
    compare(finalOf(other), finalOf(version)) > 0
  return [
    ...(last === undefined && newest !== undefined && isBelow(newest)
      ? [
          `${newest} is there already, and ${version} is older than every release`,
        ]
      : []),
    ...(stated !== undefined && isBelow(stated)
      ? [`the project says ${stated}, and would go back to ${version}`]
      : []),
  ]
}

function complaints(
  { last, released }: NextFacts,
  version: string,
  { least, level, rule }: Pick<NextVersion, "least" | "level" | "rule">,
): string[] {
  const line = (each: string) => releaseOf(each).slice(0, 2).join(".")
  const newer = released.find(
    (each) =>
      isFinal(each) &&
      line(each) === line(version) &&
      compare(each, version) > 0,
  )
  return [
    ...(isEnough(version, least, level)
      ? []
      : [
          `${version} is too low for what changed since ${last ?? ""}: ${least ?? ""} would fit, because ${rule}`,
        ]),
    ...(newer === undefined
      ? []
      : [`${newer} is there already, and ${version} is older in its line`]),
  ]
}
