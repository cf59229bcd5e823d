import { triedVersion, type Version } from "../version/version.js"
import {
  type ChangelogSection,
  changelogSections,
  sectionBody,
} from "./changelog-sections.js"
import type { Collector } from "./collector.js"
import { normalVersion } from "./heading-version.js"
import type { ChangelogOutline } from "./sections.js"

/** The release notes, and the heading they were found under. */
export interface Notes {
  readonly text: string
  /** Absent where the changelog says nothing of this version. */
  readonly heading: string | undefined
  /** What they are written in; absent for Markdown. */
  readonly form?: "rst"
  /** Where they were found, in words; absent where there are none. */
  readonly origin?: string
  /** The headings of a changelog that has no section for the version. */
  readonly seen?: readonly string[]
  /** The changelog is in an encoding that hides its headings. */
  readonly encoded?: boolean
  /** Other changelogs, which have one. */
  readonly elsewhere?: readonly string[]
}

/** What a project says of where its notes are. */
export interface NoteSources {
  readonly changelog: string | undefined
  /** What looks like another changelog. */
  readonly others?: readonly string[]
  /** What is not collected into the changelog yet. */
  readonly fragments?: readonly string[]
  /** The tool of the project that collects them. */
  readonly collector?: Collector | undefined
  /** The file of a version, which is asked before the changelog. */
  readonly file: string | undefined
  /** A file around the notes. */
  readonly template: string | undefined
}

/** A changelog as it is in the project. */
export interface Changelog {
  readonly path: string
  readonly text: string
  /** The project's name, which may stand in its headings. */
  readonly project: string
}

/**
 * Takes a version's section out of a changelog: that of the exact version,
 * else for a prerelease that of its final version, else what is unreleased.
 */
export function releaseNotes(changelog: Changelog, version: Version): Notes {
  const { outline, sections } = changelogSections(changelog)
  for (const isMeant of candidates(version)) {
    const found = sections.filter(isMeant).map((section) => ({
      heading: section.heading.text,
      text: sectionText(outline, section),
    }))
    const [first] = found
    // Of several headings the one counts that has something to say.
    if (first)
      return {
        ...(found.find(({ text }) => text !== "") ?? first),
        ...(outline.form === "rst" && { form: outline.form }),
      }
  }
  const seen = outline.headings.map(({ text }) => text)
  const encoded = isEncoded(changelog, outline)
  return { text: "", heading: undefined, seen, ...(encoded && { encoded }) }
}

/** Whether no heading is seen because the file is UTF-16 or such: of its bytes the engine makes U+FFFD and zeros. */
export function isEncoded(
  { text }: Changelog,
  { headings }: ChangelogOutline,
): boolean {
  return headings.length === 0 && /[\0\uFFFD]/.test(text)
}

/** A version that begins a heading comes before one that is only named there. */
function candidates(
  version: Version,
): ((section: ChangelogSection) => boolean)[] {
  // A trial is of a version, whose section it shows.
  const { pep440, prerelease } = triedVersion(version)
  const wanted = [pep440, ...(prerelease ? [finalOf(pep440)] : [])]
  return [
    ...wanted
      .map(normalVersion)
      .flatMap((each) => [
        ({ leading }: ChangelogSection) => leading === each,
        ({ beside, leading, named }: ChangelogSection) =>
          each !== undefined &&
          (leading === undefined ? named : beside).includes(each),
      ]),
    ({ unreleased }: ChangelogSection) => unreleased,
  ]
}

function finalOf(pep440: string): string {
  return /^[0-9.]*[0-9]/.exec(pep440)?.[0] ?? pep440
}

/** The name of a link, or of what is put in its place. */
const LABEL = /^(?:\[([^\]]+)\]:|\.\. (?:_`?([^:`]+)|(\|.+\|) ))/

/** The lines of a section, with the links that it refers to, wherever in the file they are defined. */
function sectionText(
  outline: ChangelogOutline,
  section: ChangelogSection,
): string {
  const { definitions, lines } = outline
  const text = sectionBody(outline, section)
  const lower = text.toLowerCase()
  const links = [...definitions]
    .map(([at, to]) => lines.slice(at, to).join("\n").trim())
    .filter((each) => {
      const [, markdown, ...rst] = LABEL.exec(each) ?? []
      const named = markdown === undefined ? rst : [`[${markdown}]`]
      return named.some((label) => label && lower.includes(label.toLowerCase()))
    })
  return links.length > 0 ? `${text}\n\n${links.join("\n")}` : text
}
