import { compare } from "@renovatebot/pep440"
import { CommitParser } from "conventional-commits-parser"

import { ownVersions } from "../version/tag-owner.js"
import type { Version } from "../version/version.js"

/** A commit as git keeps it. */
export interface Commit {
  readonly id: string
  readonly message: string
}

/** The groups of the notes in their order, by the types of Conventional Commits 1.0.0. */
const GROUPS = [
  { heading: "Added", types: ["feat"] },
  { heading: "Fixed", types: ["fix"] },
  { heading: "Faster", types: ["perf"] },
  { heading: "Reverted", types: ["revert"] },
  { heading: "Documentation", types: ["docs"] },
]
const BREAKING = "Breaking changes"
const OTHER = "Other changes"
/** What changes nothing for who installs the package. */
const SILENT = ["build", "chore", "ci", "refactor", "style", "test"]

const TYPES = [...GROUPS.flatMap(({ types }) => types), ...SILENT]

/** The tag of the release before this one: of a final release the final one, so that its notes tell all since then; of a trial also one that went further; where no tag has its prefix yet, one without any. */
export function previousTag(
  version: Version,
  tags: readonly string[],
): string | undefined {
  const [own, bare] = ownVersions(version.prefix, tags)
  return newestBefore(version, own) ?? newestBefore(version, bare)
}

function newestBefore(
  version: Version,
  versions: readonly Version[],
): string | undefined {
  const isTrial = version.environment === "staging"
  const before = versions
    .filter(({ environment }) => isTrial || environment === "production")
    .filter(({ pep440 }) => compare(pep440, version.pep440) < 0)
    .filter(({ prerelease }) => version.prerelease || !prerelease)
    .sort((one, other) => compare(other.pep440, one.pep440))
  return before[0]?.tag
}

/** Writes notes of commits, grouped by their conventional type; breaking changes come first. */
export function commitNotes(commits: readonly Commit[]): string {
  const groups = new Map<string, string[]>()
  for (const commit of commits) {
    const entry = readCommit(commit)
    if (!entry) continue
    for (const { heading, line } of entry) {
      const lines = groups.get(heading) ?? []
      groups.set(heading, lines)
      lines.push(line)
    }
  }
  const order = [BREAKING, ...GROUPS.map(({ heading }) => heading), OTHER]
  return order
    .filter((heading) => groups.has(heading))
    .map((heading) =>
      [`### ${heading}`, "", ...(groups.get(heading) ?? [])].join("\n"),
    )
    .join("\n\n")
}

/** Nothing here reads references and reverts; looking for them takes a line's length cubed, even for a prefix that is not there. */
const UNREAD: object = {
  issuePrefixes: undefined,
  referenceActions: undefined,
  revertPattern: undefined,
}

const parser = new CommitParser({
  headerPattern: /^(\w+)(?:\(([^)]+)\))?(!)?: (.+)$/,
  headerCorrespondence: ["type", "scope", "breaking", "subject"],
  noteKeywords: ["BREAKING CHANGE", "BREAKING-CHANGE"],
  ...UNREAD,
})

/** What of a line is read, and told. */
const LONGEST = 2000

function parsed(text: string) {
  const lines = text.split("\n")
  return parser.parse(lines.map((line) => shortened(line)).join("\n"))
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** What a commit says of itself, by Conventional Commits 1.0.0. */
export interface CommitKind {
  /** Absent where it follows no convention. */
  readonly type: string | undefined
  readonly breaking: boolean
  /** Its first line. */
  readonly header: string
}

/** What commits say of themselves; merges, which tell again what theirs tell, are left out. */
export function commitKinds(commits: readonly Commit[]): CommitKind[] {
  const own = commits.filter(({ message }) => !isSilent(message.trim()))
  return own.map(({ message }) => {
    const { breaking, header, notes, type } = parsed(message.trim())
    const known = type?.toLowerCase() ?? ""
    return {
      type: TYPES.includes(known) ? known : undefined,
      breaking: Boolean(breaking) || notes.length > 0,
      header: header ?? "",
    }
  })
}

function isSilent(message: string): boolean {
  return message === "" || /^Merge (branch|pull request|remote)/.test(message)
}

function readCommit({
  id,
  message,
}: Commit): { heading: string; line: string }[] | undefined {
  const whole = message.trim()
  if (isSilent(whole)) return undefined
  const { breaking, header, notes, scope, subject, type } = parsed(whole)
  const where = scope ? `**${inline(scope)}:** ` : ""
  const short = ` (${id.slice(0, 7)})`
  const line = `- ${where}${inline(subject ?? header ?? "")}${short}`
  const broken = notes.map(
    ({ text }) =>
      `- ${where}${inline(text.replace(/\s+/g, " ").trim())}${short}`,
  )
  if (broken.length === 0 && breaking) broken.push(line)
  const own = type?.toLowerCase() ?? ""
  const heading =
    GROUPS.find(({ types }) => types.includes(own))?.heading ?? OTHER
  const told = broken.length > 0 && heading === OTHER
  return [
    ...broken.map((each) => ({ heading: BREAKING, line: each })),
    ...(SILENT.includes(own) || told ? [] : [{ heading, line }]),
  ]
}

/** What is left as it is, an escaped mark or code between as many backticks at both ends, and what is no text. */
const MARKS =
  /\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)|<|!(?=\[)|`|~(?=~~)/g

/** A line of whoever sent the change, as text with code in it: no image, no HTML, and nothing that goes on below. */
function inline(text: string): string {
  return text
    .replace(MARKS, (mark) => (mark.length > 1 ? mark : `\\${mark}`))
    .replace(/^(?:[#>+*-]|\d+(?=[.)]))(?=\S*\s)/, "\\$&")
}
