import MarkdownIt from "markdown-it"

import { MONTH } from "./written-date.js"

/** A heading of a changelog, and the lines below it up to the next one. */
export interface ChangelogHeading {
  /** As it is written, without its marks. */
  readonly text: string
  /** 1 is the highest. */
  readonly level: number
  /** The first line below it. */
  readonly from: number
  /** Its own first line. */
  readonly at: number
}

/** What people write their changes in; a release shows Markdown. */
export type NotesForm = "markdown" | "rst"

/** The lines of a changelog, and what of them is a heading or is not for readers. */
export interface ChangelogOutline {
  readonly form: NotesForm
  readonly lines: readonly string[]
  readonly headings: readonly ChangelogHeading[]
  /** Definitions of links, by the line that they begin at. */
  readonly definitions: ReadonlyMap<number, number>
  /** Comments and anchors, by the line that they begin at. */
  readonly comments: ReadonlyMap<number, number>
}

const markdown = new MarkdownIt("commonmark")

/** Reads a changelog in the form that its name says: reStructuredText, Markdown, or where it says neither the one that has headings, which may be none of them. */
export function outlineChangelog(path: string, text: string): ChangelogOutline {
  const clean = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")
  if (/\.(md|markdown)$/i.test(path)) return markdownOutline(clean)
  const underlined = rstOutline(clean)
  if (/\.rst$/i.test(path) || underlined.headings.length > 0) return underlined
  const marked = markdownOutline(clean)
  return marked.headings.length > 0
    ? marked
    : { ...marked, headings: plainHeadings(marked.lines) }
}

const LONGEST_TITLE = 120
const TITLE =
  /^(?:(?:[A-Za-z][\w.]*[ -]){0,5}v?\d+(?:\.\d+)+[\w+]*(?:[.-]?(?:dev|post|rc|alpha|beta)[\w.]*)?|unreleased|next)(?<rest>\W.*)?$/i
/** Words of a day, or of that there is none yet: what says more is a sentence. */
const WHEN = new RegExp(
  `\\b(?:(?:un)?released?|not|yet|on|in|of|date|development|progress|${MONTH})\\b|(?<=\\d)(?:st|nd|rd|th)\\b`,
  "gi",
)

/** A text without marks: a version by itself on a line, with an empty line or the start above, and nothing beside its day. */
function plainHeadings(lines: readonly string[]): ChangelogHeading[] {
  return lines.flatMap((line, at) => {
    if (line.length > LONGEST_TITLE) return []
    const found = TITLE.exec(line.trimEnd())
    const isAlone = (lines[at - 1] ?? "").trim() === ""
    const rest = (found?.groups?.["rest"] ?? "").replace(WHEN, " ")
    return found && isAlone && !/\p{L}{2,}/u.test(rest)
      ? [{ text: line.trim(), level: 1, at, from: at + 1 }]
      : []
  })
}

/** Deeper than any heading is. */
const LISTED = 7
const LISTED_VERSION = /^[-*+] +(v?\d+(?:[.-]\d+)+\S*)\s*$/

/** A list of versions, each with its points indented below. */
export function listedVersions(lines: readonly string[]): ChangelogHeading[] {
  return lines.flatMap((line, at) => {
    const [, text] = LISTED_VERSION.exec(line) ?? []
    if (text === undefined) return []
    const below = lines.slice(at + 1).find((each) => each.trim() !== "") ?? ""
    return /^\s+[-*+] /.test(below)
      ? [{ text, level: LISTED, at, from: at + 1 }]
      : []
  })
}

/** Blocks alone are read, whose places the parser tells in lines; what is inside them is nobody's heading. */
function markdownOutline(text: string): ChangelogOutline {
  const tokens: ReturnType<typeof markdown.parse> = []
  markdown.block.parse(text, markdown, {}, tokens)
  const headings: ChangelogHeading[] = []
  const definitions = new Map<number, number>()
  const comments = new Map<number, number>()
  tokens.forEach(({ content, level, map, tag, type }, at) => {
    if (level > 0 || !map) return
    const [from, to] = map
    if (type === "heading_open")
      headings.push({
        text: tokens[at + 1]?.content ?? "",
        level: Number(tag.slice(1)),
        at: from,
        from: to,
      })
    else if (type === "reference_definition") definitions.set(from, to)
    else if (type === "html_block" && isComment(content)) comments.set(from, to)
  })
  return {
    form: "markdown",
    ...{ lines: text.split("\n"), headings, definitions, comments },
  }
}

function isComment(html: string): boolean {
  return /^\s*<!--/.test(html) && /(-->|<a [^>]*>\s*<\/a>)\s*$/.test(html)
}

const UNDERLINE = /^([!-/:-@[-`{-~])\1{2,}\s*$/

/** Titles of reStructuredText: underlined, or between two lines; a style is as deep as it comes late. */
function rstOutline(text: string): ChangelogOutline {
  const lines = text.split("\n")
  const styles: string[] = []
  const headings: ChangelogHeading[] = []
  const comments = new Map<number, number>()
  const definitions = new Map<number, number>()
  const markAt = (at: number) => UNDERLINE.exec(lines[at] ?? "")?.[1]
  lines.forEach((line, at) => {
    if (/^\.\. _[^:]+:\s*$/.test(line)) comments.set(at, at + 1)
    else if (/^\.\. (_[^_:`].*|_`.+`|\|.+\| \w+:):\s/.test(line))
      definitions.set(at, at + 1)
    const mark = markAt(at + 1)
    const isTitle = line.trim() !== "" && markAt(at) === undefined
    if (mark === undefined || !isTitle) return
    const over = markAt(at - 1) === mark
    if (!over && (/^\s/.test(line) || (lines[at - 1] ?? "").trim() !== ""))
      return
    const style = `${mark}${over ? "^" : ""}`
    if (!styles.includes(style)) styles.push(style)
    headings.push({
      text: line.trim(),
      level: styles.indexOf(style) + 1,
      at: over ? at - 1 : at,
      from: at + 2,
    })
  })
  return { form: "rst", lines, headings, definitions, comments }
}
