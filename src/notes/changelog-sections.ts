import type { Changelog } from "./changelog.js"
import { type HeadingVersions, headingVersions } from "./heading-version.js"
import {
  type ChangelogHeading,
  type ChangelogOutline,
  listedVersions,
  outlineChangelog,
} from "./sections.js"

/** A section of a changelog, and what its heading is about. */
export interface ChangelogSection extends HeadingVersions {
  readonly heading: ChangelogHeading
  /** The line after its last one: where the next heading is that is of a version, or that is as high. */
  readonly end: number
  /** The line below its heading that says that it is not out yet, where one does. */
  readonly awaited?: number
}

/** Reads the sections of a changelog, each with the lines that belong to it. */
export function changelogSections(changelog: Changelog): {
  readonly outline: ChangelogOutline
  readonly sections: readonly ChangelogSection[]
} {
  const outline = outlineChangelog(changelog.path, changelog.text)
  const titled = readHeadings(outline.headings, changelog.project)
  const read = titled.some(({ named, unreleased }) => unreleased || named[0])
    ? titled
    : readHeadings(withListed(outline), changelog.project)
  const sections = read.map((section) => {
    const { from, level } = section.heading
    const next = read.find(
      ({ heading, leading, unreleased }) =>
        heading.at >= from &&
        (heading.level <= level || leading !== undefined || unreleased),
    )
    const end = next?.heading.at ?? outline.lines.length
    const first = firstLine(outline, from, end)
    const isAwaited = AWAITED.test(outline.lines[first] ?? "")
    return { ...section, end, ...(isAwaited && { awaited: first }) }
  })
  const headings = read.map(({ heading }) => heading)
  return { outline: { ...outline, headings }, sections }
}

function readHeadings(headings: readonly ChangelogHeading[], project: string) {
  return headings.map((heading) => ({
    heading,
    ...headingVersions(heading.text, project),
  }))
}

/** The headings of a changelog, with the versions of a list in their places. */
function withListed({ headings, lines }: ChangelogOutline) {
  return [...headings, ...listedVersions(lines)].sort(
    (one, other) => one.at - other.at,
  )
}

/** As a line of its own. */
const AWAITED = /^[\W_]*(?:unreleased|not (?:yet )?released)[\W_]*$/i

/** The first line of a section that says something; its end, where none does. */
export function firstLine(
  { lines }: Pick<ChangelogOutline, "lines">,
  from: number,
  end: number,
): number {
  const at = lines.findIndex(
    (line, other) => other >= from && line.trim() !== "",
  )
  return at < 0 || at > end ? end : at
}

/** The lines of a section, without comments and what links are defined by. */
export function sectionBody(
  { comments, definitions, lines }: ChangelogOutline,
  { end, heading: { from } }: ChangelogSection,
): string {
  const left = new Set<number>()
  for (const [at, to] of [...comments, ...definitions])
    for (let line = at; line < to; line += 1) left.add(line)
  const own = lines.slice(from, end).filter((_, at) => !left.has(from + at))
  return dedented(own).join("\n").trim()
}

/** Without what all lines are indented by: below an entry of a list that is no code. */
function dedented(lines: readonly string[]): string[] {
  const depths = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.search(/\S/))
  const least = Math.min(...depths)
  return lines.map((line) => line.slice(least))
}

/** Words by which people say that a version is not out yet. */
const NOT_OUT =
  /\b(?:unreleased|not (?:yet )?released|in (?:development|progress)|upcoming|tbd|tba)\b|\b[xy]{4}-[xm]{2}-[xd]{2}\b|\?{2,4}[-/.]\?\?/i

/** The section of what is not released yet: without a version, or with the one that is meant. */
export function pendingSection(
  sections: readonly ChangelogSection[],
): ChangelogSection | undefined {
  return sections.find(
    ({ awaited, heading, leading, unreleased }) =>
      unreleased ||
      (leading !== undefined &&
        (awaited !== undefined || NOT_OUT.test(heading.text))),
  )
}
