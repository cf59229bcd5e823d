import { explain } from "@renovatebot/pep440"

import type { VersionScheme } from "../config/compare-config.js"
import type { ChangeLevel } from "./change.js"

/** What a project's versions mean, and how that is known. */
export interface SchemeFound {
  readonly scheme: VersionScheme
  readonly from: string
}

/** A release, and its day as `2026-03-01`. */
export interface DatedRelease {
  readonly version: string
  readonly date: string
}

/** How many of the newest first numbers have to be the years of their releases. */
const YEARS = 3

/** Calendar versions whose year has four digits are recognised; two digits may be anything, and are years where the days of the releases say so. */
export function schemeOf(
  version: string,
  configured: VersionScheme | undefined,
  released: readonly DatedRelease[] = [],
): SchemeFound {
  if (configured)
    return { scheme: configured, from: "`tool.shipwheel.compare.scheme`" }
  const [year = 0] = releaseOf(version)
  if (year >= 1990 && year < 3000)
    return { scheme: "calendar", from: `${String(year)} is a year` }
  const years = shortYears(released)
  return years.length > 1 && year >= (years.at(-1) ?? 0)
    ? {
        scheme: "calendar",
        from: `${years.map(String).join(", ")} are the years of its releases`,
      }
    : { scheme: "semver", from: "the usual one" }
}

/** The newest first numbers, where each of them is the year in which it came; else none. */
function shortYears(released: readonly DatedRelease[]): number[] {
  const first = new Map<number, string>()
  for (const { date, version } of released) {
    const [major = 0] = releaseOf(version)
    const known = first.get(major)
    if (known === undefined || date < known) first.set(major, date)
  }
  const newest = [...first]
    .sort(([one], [other]) => other - one)
    .slice(0, YEARS)
  return newest.every(([major, date]) => major === Number(date.slice(2, 4)))
    ? newest.map(([major]) => major)
    : []
}

/** The numbers of a version, three at least. */
export function releaseOf(version: string): number[] {
  const numbers = [...(explain(version)?.release ?? [])]
  while (numbers.length < 3) numbers.push(0)
  return numbers
}

/** What a scheme asks of the version after another, and who says so. */
export interface SchemeRule {
  /** The least version that fits; absent where the scheme asks for none. */
  readonly least: string | undefined
  readonly rule: string
}

export function ruleOf(
  scheme: VersionScheme,
  before: string,
  level: ChangeLevel,
): SchemeRule {
  if (scheme === "calendar")
    return {
      least: undefined,
      rule: "calendar versions say when, and nothing of breaks (calver.org): those belong into the changelog",
    }
  const [major = 0, minor = 0, patch = 0] = releaseOf(before)
  if (major === 0)
    return {
      least:
        level === "breaking"
          ? `0.${String(minor + 1)}.0`
          : `0.${String(minor)}.${String(patch + 1)}`,
      rule: "0.y.z may break at any time (Semantic Versioning 2.0.0, 4), and ranges such as `^0.2.3` of npm, Cargo and Poetry take a new y for a break",
    }
  const least = {
    breaking: `${String(major + 1)}.0.0`,
    feature: `${String(major)}.${String(minor + 1)}.0`,
    fix: `${String(major)}.${String(minor)}.${String(patch + 1)}`,
  }
  const rules = {
    breaking: "a break raises the first number (Semantic Versioning 2.0.0, 8)",
    feature:
      "a feature raises the second number (Semantic Versioning 2.0.0, 7)",
    fix: "a fix raises the third number (Semantic Versioning 2.0.0, 6)",
  }
  return { least: least[level], rule: rules[level] }
}

/** Whether a version is high enough, whatever stands behind its numbers; what changes nothing may be a post-release. */
export function isEnough(
  version: string,
  least: string | undefined,
  level: ChangeLevel,
): boolean {
  if (least === undefined || level === "fix") return true
  const [own, wanted] = [releaseOf(version), releaseOf(least)]
  const at = own.findIndex((each, i) => each !== (wanted[i] ?? 0))
  return at < 0 || (own[at] ?? 0) > (wanted[at] ?? 0)
}
