import { explain } from "@renovatebot/pep440"

import { problem } from "../errors.js"
import { code } from "../text/code.js"
import { leadOf, type Version } from "../version/version.js"
import { type Changelog, isEncoded } from "./changelog.js"
import {
  type ChangelogSection,
  changelogSections,
  firstLine,
  pendingSection,
  sectionBody,
} from "./changelog-sections.js"
import {
  endedLink,
  rebasedLink,
  shifted,
  type VersionChange,
} from "./compare-links.js"
import { normalVersion } from "./heading-version.js"
import { type Headed, releaseHeading } from "./section-heading.js"
import type { ChangelogOutline } from "./sections.js"
import { writtenDate } from "./written-date.js"

/** The release that a changelog is to have a section of. */
export interface NextSection {
  readonly version: Version
  /** The day of the release, as `2026-03-01`. */
  readonly date: string
  /** The tag of the release before, where there is one. */
  readonly previous: string | undefined
}

/** A changelog with the section of a release, or why it is as it was. */
export interface Sectioned {
  readonly text: string
  /** It has a section already; it has none of prereleases; it says nothing of what is not released. */
  readonly kept?: "there" | "prerelease" | "silent"
  /** The heading that it had, where that names a version. */
  readonly from?: string
  /** The section was made, and nothing is in it. */
  readonly empty?: boolean
}

/** What holds the place of changes. */
const PLACEHOLDER =
  /^\W*(?:nothing|none|no (?:notable |significant )?changes|to be (?:written|announced)|tba|tbd|n\/a)\b[^\n]*$/i

/** Makes what is unreleased in a changelog the section of a release, below a fresh heading for what comes after it. */
export function withSection(
  changelog: Changelog,
  next: NextSection,
): Sectioned {
  const { outline, sections } = changelogSections(changelog)
  const { text } = changelog
  if (isEncoded(changelog, outline)) throw notUtf8(changelog)
  const own = normalVersion(next.version.pep440)
  const there = sections.find(({ leading }) => leading === own)
  const pending = pendingSection(sections)
  if (there && there !== pending) return { text, kept: "there" }
  if (!pending) return { text, kept: "silent" }
  const released = sections.filter(
    (each) => each !== pending && each.leading !== undefined,
  )
  if (next.version.prerelease && !released.some(isTrial))
    return { text, kept: "prerelease" }
  const [last] = released
  const headed = {
    date: next.date,
    version: next.version.tag.slice(leadOf(next.version).length),
  }
  // What was not read as it is written would be written otherwise.
  if (text.includes("\uFFFD")) throw notUtf8(changelog)
  const edits = [
    ...sectionEdits(outline, pending, last, headed, changelog.project),
    ...stateEdits(outline, pending, last, headed),
    ...linkEdits(outline, last, headed, next),
  ]
  const { awaited, heading } = pending
  const from = awaited === undefined ? heading.from : awaited + 1
  const body = sectionBody(outline, {
    ...pending,
    heading: { ...heading, from },
  })
  return {
    text: edited(text, edits),
    ...(pending.leading !== undefined && { from: code(pending.heading.text) }),
    ...((body === "" || PLACEHOLDER.test(body)) && { empty: true }),
  }
}

function notUtf8({ path }: Changelog): Error {
  return problem(
    "project",
    `\`${path}\` is not UTF-8, and the section of the release has to be written into it`,
    "Save it as UTF-8.",
  )
}

/** What takes the place of some lines. */
interface LineEdit {
  readonly at: number
  readonly remove: number
  readonly lines: readonly string[]
}

function isTrial({ leading = "" }: ChangelogSection): boolean {
  return explain(leading)?.is_prerelease === true
}

function sectionEdits(
  outline: ChangelogOutline,
  { end, heading, unreleased }: ChangelogSection,
  last: ChangelogSection | undefined,
  headed: Headed,
  project: string,
): LineEdit[] {
  const { leading: version = "" } = last ?? {}
  const before = last && { text: last.heading.text, version }
  const text = releaseHeading(headed, before, heading.text, project)
  const { at, from } = heading
  const own = outline.lines.slice(at, from)
  const lines = retitled(own, heading.text, text)
  // A heading that has its version already is that of this release.
  if (!unreleased) return [{ at, remove: from - at, lines }]
  const change = { from: version, to: headed.version }
  const fresh = own.map((line) => rebasedLink(line, change))
  const body = outline.lines.slice(from, end).join("\n").trim()
  if (!PLACEHOLDER.test(body))
    return [{ at, remove: from - at, lines: [...fresh, "", ...lines] }]
  // What holds the place of changes stays where changes come.
  const place = from + linesUpTo(outline.lines.slice(from, end), body)
  return [
    { at, remove: from - at, lines: fresh },
    { at: place, remove: 0, lines: ["", ...lines] },
  ]
}

/** What says below a heading that it is not out yet becomes the day, as the release before has it. */
function stateEdits(
  outline: ChangelogOutline,
  { awaited }: ChangelogSection,
  last: ChangelogSection | undefined,
  { date }: Headed,
): LineEdit[] {
  if (awaited === undefined) return []
  const before =
    outline.lines[last ? firstLine(outline, last.heading.from, last.end) : -1]
  const day = /^\s*[-*+]\s/.test(before ?? "")
    ? undefined
    : writtenDate(before ?? "", date)
  const line = day
    ? (before ?? "").replace(day.found, () => day.like)
    : `Released ${date}`
  return [{ at: awaited, remove: 1, lines: [line] }]
}

/** How many lines there are up to the end of a text. */
function linesUpTo(lines: readonly string[], body: string): number {
  const first = lines.findIndex((line) => line.trim() !== "")
  return first + body.split("\n").length
}

const RULE = /^(\W)\1+(?=\s*$)/

/** The lines of a heading with another text; what is underlined stays so to its end. */
function retitled(
  lines: readonly string[],
  before: string,
  after: string,
): string[] {
  const [old = 0, now = 0] = [before, after].map(widthOf)
  return lines.map((line) => {
    const [rule, mark = ""] = RULE.exec(line) ?? []
    if (rule === undefined) return line.replace(before, () => after)
    const stays = rule.length !== old && rule.length >= now
    return stays ? line : mark.repeat(now)
  })
}

/** docutils asks for a line as long as its title, in characters. */
function widthOf(title: string): number {
  return Array.from(title).length
}

const DEFINITION =
  /^(?:\s{0,3}\[(?<markdown>[^\]]+)\]:\s+|\.\. _`?(?<rst>[^:`]+)`?:\s+)(?<url>\S+)/

/** The link of the release, and that of what is not released, which begins there. */
function linkEdits(
  { definitions, lines }: ChangelogOutline,
  last: ChangelogSection | undefined,
  headed: Headed,
  { previous, version: { tag } }: NextSection,
): LineEdit[] {
  const change = { from: last?.leading ?? "", to: headed.version }
  const links = [...definitions].flatMap(([at, end]) => {
    const line = lines[at] ?? ""
    const { markdown, rst, url } = DEFINITION.exec(line)?.groups ?? {}
    const label = markdown ?? rst
    return end === at + 1 && label !== undefined && url !== undefined
      ? [{ at, line, label, url }]
      : []
  })
  const open = links.find(({ label }) => /^unreleased$/i.test(label))
  const before = links.find(({ label }) => isOf(label, change))
  const model = open ?? before
  if (!model) return []
  const label = before ? shifted(before.label, change) : headed.version
  const url = open
    ? endedLink(open.url, change, tag, previous)
    : shifted(model.url, change)
  const made = model.line
    .replace(model.url, () => url)
    .replace(model.label, () => label)
  return [
    ...(open
      ? [
          {
            at: open.at,
            remove: 1,
            lines: [open.line.replace(open.url, rebasedLink(open.url, change))],
          },
        ]
      : []),
    { at: open ? open.at + 1 : model.at, remove: 0, lines: [made] },
  ]
}

function isOf(label: string, { from }: VersionChange): boolean {
  return from !== "" && normalVersion(label.replace(/^v/, "")) === from
}

/** Puts lines into a text, with its own line ends; every other byte stays. */
function edited(text: string, edits: readonly LineEdit[]): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : ""
  const lines = text.slice(mark.length).split("\n")
  const end = lines[0]?.endsWith("\r") ? "\r" : ""
  const later = [...edits].sort((one, other) => other.at - one.at)
  for (const { at, lines: put, remove } of later)
    lines.splice(at, remove, ...put.map((line) => line + end))
  return mark + lines.join("\n")
}
