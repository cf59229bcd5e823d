import { tame } from "./tame.js"

const LONGEST = 200
/** What no Markdown makes anything of. */
const PLAIN = /^[\w ,.;:!?()'"%+=/-]*$/

/** What a foreign program said, as a part of a sentence of ours: one short line, of which Markdown and HTML make nothing. */
export function foreign(text: string): string {
  const line = tame(text.slice(0, LONGEST * 4))
    .replace(/\s+/g, " ")
    .trim()
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  if (PLAIN.test(short.replace("…", ""))) return short
  return `\`${short.replaceAll("`", "'")}\``
}
