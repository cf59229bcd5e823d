import { fenced } from "../pipeline/failure.js"
import { foreign } from "../text/foreign.js"
import type { ReleaseText } from "./forge.js"

/** GitHub takes notes up to this many characters. */
const LIMIT = 125_000

/** The file that has the whole of them. */
export const WHOLE_NOTES = "NOTES.md"

/** Whether GitHub would refuse them. */
export function isTooLong(notes: string): boolean {
  return notes.length > LIMIT
}

/** Notes that GitHub takes: all of them, or their first paragraphs with a link to the whole. */
export function fittingNotes(notes: string, address: string): string {
  if (!isTooLong(notes)) return notes
  const whole =
    address === "" ? `\`${WHOLE_NOTES}\`` : `[${WHOLE_NOTES}](${address})`
  return cut(
    notes,
    LIMIT,
    `These notes are shortened: ${whole} has all of them.`,
  )
}

const BEGIN =
  "\n\n<details>\n<summary>What changed since the last release</summary>\n\n"
const END = "\n\n</details>"
/** Less than this says nothing. */
const LEAST = 1000

/** Notes, and below them what changed: as much of it as GitHub takes. */
export function withComparison(
  notes: string,
  comparison: string,
  tag: string,
): string {
  const room = LIMIT - notes.length - BEGIN.length - END.length
  if (comparison === "" || room < Math.min(LEAST, comparison.length))
    return notes
  const shown =
    comparison.length <= room
      ? comparison
      : cut(
          comparison,
          room,
          `This is shortened: \`dagger call compare --tag ${tag}\` shows all of it.`,
        )
  return notes + BEGIN + shown + END
}

/** The first paragraphs of a text, and a last one that says so. */
function cut(text: string, limit: number, last: string): string {
  const end = `\n\n${last}`
  const shown = text.slice(0, limit - end.length - "\n```".length)
  const [at] = ["\n\n", "\n"]
    .map((each) => shown.lastIndexOf(each))
    .filter((found) => found > limit / 2)
  return closed(shown.slice(0, at)) + end
}

/** What follows a fence of code that is still open would be code. */
function closed(text: string): string {
  const fences = text.match(/^ {0,3}(?:```|~~~)/gm) ?? []
  const [last = ""] = fences.slice(-1)
  return fences.length % 2 === 1 ? `${text}\n${last.trim()}` : text
}

/** What people wrote into a draft is told, as GitHub keeps no earlier text of a release. */
export function replacedWords({
  notes,
  prerelease,
  title,
}: Partial<ReleaseText>): { remarks: string[]; details?: string } {
  const had = [
    ...(title === undefined ? [] : [`the title ${foreign(title)}`]),
    ...(notes === undefined ? [] : ["notes of its own, which are below"]),
    ...(prerelease === undefined
      ? []
      : [`${prerelease ? "the" : "no"} mark of a prerelease`]),
  ]
  if (had.length === 0) return { remarks: [] }
  return {
    remarks: [
      `github: the draft that was there had ${had.join("; ")}. In place of that is what this release says.`,
    ],
    ...(notes === undefined
      ? {}
      : {
          details: `The notes that the draft on GitHub had:\n\n${fenced(notes)}`,
        }),
  }
}

/** A draft is seen by nobody but those who may write, so nobody else would tell of it. */
export function leftDrafts(drafts: readonly string[]): string[] {
  return drafts.map(
    (url) =>
      `github: a draft of the same tag is left at ${url}. Delete it there, unless another run of this release is at work on it.`,
  )
}
