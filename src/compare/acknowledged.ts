import { itemsIn, labelsIn } from "../notes/labels.js"
import { outlineChangelog } from "../notes/sections.js"
import { hasWord } from "../text/literal.js"
import type { Change } from "./change.js"

/** The heading of a section that tells of breaks. */
export const BREAKING_SECTION =
  /\b(break(s|ing)?|remov(ed|als?)|incompatib\w+|migrat\w+)\b/i

/** What begins with the word, in a line of its own or in a list, or says that something is removed. */
const BREAKING_ITEM =
  /^(?:\s*[-*+])?\s*[*_]*\W?(?:breaking|remov(?:ed?|es|al)|(?:backwards?[- ])?incompatible)\b|\b(?:is|are|was|were|been)(?: now)? removed\b/i

/** What the notes of a release say of breaks: the sections and lists that are called so, and items that begin with the word. */
export function breakingNotes(notes: string): string {
  const outline = outlineChangelog("notes.md", notes)
  const { lines } = outline
  const headings = [...outline.headings, ...labelsIn(outline)].sort(
    (one, other) => one.at - other.at,
  )
  const sections = headings
    .filter(({ text }) => BREAKING_SECTION.test(text))
    .map(({ from, level }) => {
      const next = headings.find(
        (each) => each.at >= from && each.level <= level,
      )
      return lines.slice(from, next?.at).join("\n")
    })
  const single = itemsIn(lines).filter((item) => BREAKING_ITEM.test(item))
  return [...sections, ...single].join("\n")
}

/** Whether a text names what a change is of: by its whole path, or by the end of it; of an option that is its name, and of parameters one of them as well. */
export function isNamed({ names }: Change, text: string): boolean {
  const [path = "", ...more] = names
  const mark = path.includes(" ") ? " " : "."
  const parts = path.replace(/\.__init__$/, "").split(mark)
  const ends = parts.map((_, at) => parts.slice(at).join(mark))
  const parameters = more.flatMap((name) => /\((\w+)\)$/.exec(name)?.[1] ?? [])
  return (
    ends.some((name) => hasWord(text, name)) &&
    (parameters.length === 0 || parameters.some((each) => hasWord(text, each)))
  )
}
