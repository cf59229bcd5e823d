import type { ChangeLevel } from "../compare/change.js"
import type { Comparison } from "../compare/comparison.js"
import { shownCount } from "../compare/comparison-report.js"
import type { Evidence } from "./evidence.js"
import type { NextVersion } from "./next-version.js"

/** All that there is to say of the next release. */
export interface NextRelease {
  readonly name: string
  readonly tag: string
  /** The last final release. */
  readonly last: string | undefined
  readonly next: NextVersion
  readonly evidence: readonly Evidence[]
  readonly comparison: Comparison | undefined
  /** What was not asked, or does not count, and why. */
  readonly notes: readonly string[]
  /** What `stamp` writes. */
  readonly written: readonly string[]
  /** A tool of the project's writes some of it, and may make files. */
  readonly collects: boolean
  /** What leads to the folder where that is applied, such as `../..`; empty for the project's. */
  readonly top: string
}

const SHOWN = 10
const FEW = 3

/** The next version and why, what it changes in the project, and the commands up to its tag. */
export function nextReport(release: NextRelease): string {
  const { comparison, evidence, last, name, next, notes, tag, written } =
    release
  const compared = comparison
    ? [`compared ${shownCount(comparison.counted)} of ${comparison.before}`]
    : []
  return [
    `# Next: ${name} ${next.version}`,
    last === undefined
      ? withoutLast(next)
      : `After ${last}, what changed is ${NOUNS[next.level]}; by ${next.scheme}: ${next.rule}.`,
    ...list("Does not fit", next.problems),
    ...list("Why", [
      ...next.because,
      ...evidence.map((each) => evidenceLines(each, next.level)),
      ...(evidence.length === 0 ? ["nothing asks for more than a fix"] : []),
    ]),
    ...list("Looked at", [...compared, ...notes]),
    ...list(`\`dagger call stamp --tag ${tag}\` writes`, written),
    "Then:",
    `\`\`\`sh\n${commands(release).join("\n")}\n\`\`\``,
    `\`dagger call plan --tag ${tag}\` tells what a release would do; pushing the tag is what a CI waits for.`,
  ].join("\n\n")
}

function withoutLast({ newest }: NextVersion): string {
  return newest === undefined
    ? "It is the first release."
    : `No final release comes before it; the newest is ${newest}.`
}

const NOUNS = { breaking: "a break", feature: "a feature", fix: "a fix" }

/** What decides stands in lines of its own; of what asks for less the first is told. */
function evidenceLines(
  { from, level, what }: Evidence,
  decided: ChangeLevel,
): string {
  const most = level === decided ? SHOWN : FEW
  const more = what.length - most
  const shown = [
    ...what.slice(0, most),
    ...(more > 0 ? [`and ${String(more)} more`] : []),
  ]
  const head = `\`${level}\` by ${from}:`
  return level === decided && shown.length > 1
    ? [head, ...shown.map((each) => `  - ${each}`)].join("\n")
    : `${head} ${shown.join("; ")}`
}

/** Those of git, and before them the edits. */
function commands(release: NextRelease): string[] {
  const { collects, next, tag, top, written } = release
  if (written.length === 0) return [`git tag ${tag}`, `git push origin ${tag}`]
  const stamp =
    top === ""
      ? `dagger call --auto-apply stamp --tag ${tag}`
      : `dagger call stamp --tag ${tag} export --path ${top}`
  const message = `--message "Release ${next.version}"`
  // What is new is in no commit of all that git knows.
  const commit = collects
    ? ["git add --all", `git commit ${message}`]
    : [`git commit --all ${message}`]
  return [stamp, ...commit, `git tag ${tag}`]
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return [`**${title}**\n\n${lines.map((line) => `- ${line}`).join("\n")}`]
}
