import { compare } from "@renovatebot/pep440"

import type { CompareSettings } from "../config/compare-config.js"
import { breakingNotes, isNamed } from "./acknowledged.js"
import { type Change, type ChangeLevel, isBreak, levelOf } from "./change.js"
import type { Comparison } from "./comparison.js"
import { byName } from "./named.js"
import { isPrerelease } from "./predecessor.js"
import {
  type DatedRelease,
  isEnough,
  releaseOf,
  ruleOf,
  schemeOf,
} from "./scheme.js"

/** What is known of a release beside its comparison. */
export interface Release {
  readonly version: string
  /** What its notes say. */
  readonly notes: string
  /** Every version that the index has. */
  readonly known: readonly string[]
  /** The days of those, where the index tells. */
  readonly dated?: readonly DatedRelease[]
  /** The tag of a prerelease of this version whose commit is later. */
  readonly laterTrial: string | undefined
}

/** Whether a version says what its release does to its users. */
export interface VersionVerdict {
  readonly level: ChangeLevel
  readonly scheme: string
  readonly rule: string
  /** The least version that would fit; absent where any does. */
  readonly least: string | undefined
  /** What the level is taken from. */
  readonly evidence: readonly string[]
  /** Breaks that the configuration says are meant, and why. */
  readonly acknowledged: readonly string[]
  /** Breaks that the release notes name. */
  readonly noted: readonly string[]
  readonly problems: readonly string[]
}

/** Judges a version by what changed since the last final release. */
export function judgeVersion(
  { before, changes }: Comparison,
  { dated, known, laterTrial, notes, version }: Release,
  { breaks, scheme: configured }: CompareSettings,
): VersionVerdict {
  const { acknowledged, noted, open } = acknowledge(changes, notes, breaks)
  const { from, scheme } = schemeOf(version, configured, dated)
  const level = levelOf(open)
  const { least, rule } = ruleOf(scheme, before, level)
  const evidence = open
    .filter((each) => !each.doubtful && each.level === level)
    .map(({ what }) => what)
  const enough = isEnough(version, least, level)
  return {
    level,
    scheme: `${scheme} (${from})`,
    rule,
    least,
    evidence: level === "fix" ? [] : evidence,
    acknowledged,
    noted,
    problems: [
      ...(enough
        ? []
        : [
            `${version} is too low for a ${nouns[level]} since ${before}, ${least ?? ""} would fit: ${rule}`,
          ]),
      ...lineProblems(version, known),
      ...(laterTrial === undefined
        ? []
        : [
            `\`${laterTrial}\`, a prerelease of ${version}, is of a later commit: was the right one tagged?`,
          ]),
    ],
  }
}

const nouns = { breaking: "break", feature: "feature", fix: "fix" }

function acknowledge(
  changes: readonly Change[],
  notes: string,
  reasons: ReadonlyMap<string, string>,
): { acknowledged: string[]; noted: string[]; open: Change[] } {
  const said = breakingNotes(notes)
  const breaks = changes.filter(isBreak)
  const { told, others, unused } = byName(breaks, reasons)
  const noted = others.filter((each) => isNamed(each, said))
  const meant = new Set([...told.map(({ change }) => change), ...noted])
  return {
    acknowledged: [
      ...told.map(
        ({ change, reason }) =>
          `${change.what}: \`tool.shipwheel.compare.breaks\` says: ${reason}`,
      ),
      ...unused.map(
        (name) =>
          `\`${name}\` of \`tool.shipwheel.compare.breaks\` fits no break`,
      ),
    ],
    noted: noted.map(({ what }) => what),
    open: changes.filter((each) => !meant.has(each)),
  }
}

/** Whoever asks for the newest of a line would not get this one. */
function lineProblems(version: string, known: readonly string[]): string[] {
  const line = (each: string) => releaseOf(each).slice(0, 2).join(".")
  const [newer] = known
    .filter((each) => !isPrerelease(each) && line(each) === line(version))
    .filter((each) => compare(each, version) > 0)
    .sort((one, other) => compare(other, one))
  return newer === undefined
    ? []
    : [`${newer} is on the index already, and ${version} is older in its line`]
}
