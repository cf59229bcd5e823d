import { code } from "../text/code.js"
import { few } from "../text/few.js"
import type { Notes } from "./changelog.js"

/** What the engine puts in the place of bytes that are none of UTF-8. */
const NO_LETTER = "\uFFFD"
/** How much of a line that has some is shown. */
const SHOWN = 80

/** What is wrong with notes that somebody wrote and saved in another encoding, and what to do about it. */
export function withoutLetters({
  heading,
  origin = "the text of the notes",
  text,
}: Pick<Notes, "heading" | "origin" | "text">):
  { what: string; next: string } | undefined {
  return heading !== undefined && text.includes(NO_LETTER)
    ? {
        what: `${origin} has bytes that are not UTF-8: ${few(linesWithout(text))}`,
        next: `Save it as UTF-8; where \`${NO_LETTER}\` itself is meant, write \`&#xFFFD;\`.`,
      }
    : undefined
}

function linesWithout(text: string): string[] {
  return text
    .split("\n")
    .filter((each) => each.includes(NO_LETTER))
    .map((each) => code(each.trim().slice(0, SHOWN)))
}
