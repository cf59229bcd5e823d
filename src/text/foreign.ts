import { code } from "./code.js"
import { tame } from "./tame.js"

const LONGEST = 200
/** What no Markdown makes anything of. */
const PLAIN = /^[\w ,.;:!?()'"%+=/-]*$/

/** What a foreign program said, as a part of a sentence of ours: one short line, of which Markdown and HTML make nothing. */
export function foreign(text: string, longest = LONGEST): string {
  const short = oneLine(text, longest)
  return PLAIN.test(short.replace("…", "")) ? short : code(short)
}

function oneLine(text: string, longest: number): string {
  const line = tame(text.slice(0, longest * 4))
    .replace(/\s+/g, " ")
    .trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
