import { triedVersion, type Version } from "../version/version.js"
import { headingVersions, normalVersion } from "./heading-version.js"
import {
  type ChangelogHeading,
  type ChangelogOutline,
  outlineChangelog,
} from "./sections.js"

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
}

/** What a project says of where its notes are. */
export interface NoteSources {
  readonly changelog: string | undefined
  /** What looks like another changelog. */
  readonly others?: readonly string[]
  /** What is not collected into the changelog yet. */
  readonly fragments?: readonly string[]
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
  const outline = outlineChangelog(changelog.path, changelog.text)
  const sections = outline.headings.map((heading) => ({
    heading,
    ...headingVersions(heading.text, changelog.project),
  }))
  for (const isMeant of candidates(version)) {
    const found = sections.filter(isMeant).map(({ heading }) => ({
      heading: heading.text,
      text: sectionText(outline, heading, sections),
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
  return { text: "", heading: undefined, seen }
}

type Section = ReturnType<typeof headingVersions> & {
  readonly heading: ChangelogHeading
}

/** A version that begins a heading comes before one that is only named there. */
function candidates(version: Version): ((section: Section) => boolean)[] {
  // A trial is of a version, whose section it shows.
  const { pep440, prerelease } = triedVersion(version)
  const wanted = [pep440, ...(prerelease ? [finalOf(pep440)] : [])]
  return [
    ...wanted
      .map(normalVersion)
      .flatMap((each) => [
        ({ leading }: Section) => leading === each,
        ({ leading, named }: Section) =>
          leading === undefined && each !== undefined && named.includes(each),
      ]),
    ({ unreleased }: Section) => unreleased,
  ]
}

function finalOf(pep440: string): string {
  return /^[0-9.]*[0-9]/.exec(pep440)?.[0] ?? pep440
}

/** The name of a link, or of what is put in its place. */
const LABEL = /^(?:\[([^\]]+)\]:|\.\. (?:_`?([^:`]+)|(\|.+\|) ))/

/** Up to the next heading that is of a version, or that is as high; with the links that it refers to, wherever in the file they are defined. */
function sectionText(
  { comments, definitions, lines }: ChangelogOutline,
  { from, level }: ChangelogHeading,
  sections: readonly Section[],
): string {
  const end = sections.find(
    ({ heading, leading, unreleased }) =>
      heading.at >= from &&
      (heading.level <= level || leading !== undefined || unreleased),
  )?.heading.at
  const left = new Set<number>()
  for (const [at, to] of [...comments, ...definitions])
    for (let line = at; line < to; line += 1) left.add(line)
  const text = lines
    .slice(from, end)
    .filter((_, at) => !left.has(from + at))
    .join("\n")
    .trim()
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
