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
  const end = `\n\nThese notes are shortened: ${whole} has all of them.`
  const shown = notes.slice(0, LIMIT - end.length - "\n```".length)
  const [cut] = ["\n\n", "\n"]
    .map((each) => shown.lastIndexOf(each))
    .filter((at) => at > LIMIT / 2)
  return closed(shown.slice(0, cut)) + end
}

/** What follows a fence of code that is still open would be code. */
function closed(text: string): string {
  const fences = text.match(/^ {0,3}(?:```|~~~)/gm) ?? []
  const [last = ""] = fences.slice(-1)
  return fences.length % 2 === 1 ? `${text}\n${last.trim()}` : text
}
