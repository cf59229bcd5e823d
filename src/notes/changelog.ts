import { triedVersion, type Version } from "../version/version.js"

/** The release notes, and the heading they were found under. */
export interface Notes {
  readonly text: string
  /** Absent where the changelog says nothing of this version. */
  readonly heading: string | undefined
  /** Where they were found, in words; absent where there are none. */
  readonly origin?: string
}

/** What a project says of where its notes are. */
export interface NoteSources {
  readonly changelog: string | undefined
  /** The file of a version, which is asked before the changelog. */
  readonly file: string | undefined
  /** A file around the notes. */
  readonly template: string | undefined
}

/**
 * Takes a version's section out of a changelog in the form of Keep a Changelog:
 * the exact version, else for a prerelease its final version, else Unreleased.
 */
export function releaseNotes(
  changelog: string | undefined,
  version: Version,
): Notes {
  const sections = splitSections(changelog ?? "")
  for (const wanted of candidates(version)) {
    const section = sections.find(({ heading }) => names(heading, wanted))
    if (section) return section
  }
  return { text: "", heading: undefined }
}

function candidates(version: Version): string[] {
  // A trial is of a version, whose section it shows.
  const { pep440, prerelease, semver, tag } = triedVersion(version)
  const final = prerelease ? [finalOf(pep440)] : []
  return [tag, semver ?? pep440, pep440, ...final, "unreleased"]
}

function finalOf(pep440: string): string {
  return /^[0-9.]*[0-9]/.exec(pep440)?.[0] ?? pep440
}

function names(heading: string, wanted: string): boolean {
  const [word = ""] = heading.replace(/^\[([^\]]*)\].*$/, "$1").split(/\s/)
  return (
    word.replace(/^v(?=\d)/, "").toLowerCase() ===
    wanted.replace(/^v(?=\d)/, "").toLowerCase()
  )
}

interface Section {
  readonly heading: string
  readonly text: string
}

const DEFINITION = /^ {0,3}\[([^\]]+)\]: +\S/

/** The sections, each with the links that its text refers to, wherever in the file they are defined. */
function splitSections(changelog: string): Section[] {
  const lines = [...outsideFences(changelog)]
  const defined = lines.flatMap(({ line, prose }) => {
    const label = prose ? DEFINITION.exec(line)?.[1] : undefined
    return label === undefined ? [] : [{ label, line: line.trim() }]
  })
  const sections: { heading: string; lines: string[] }[] = []
  for (const { line, prose } of lines) {
    const heading = prose ? /^## +(.*)$/.exec(line)?.[1] : undefined
    if (heading !== undefined)
      sections.push({ heading: heading.trim(), lines: [] })
    else if (!prose || !DEFINITION.test(line)) sections.at(-1)?.lines.push(line)
  }
  return sections.map((section) => {
    const text = section.lines.join("\n").trim()
    const used = defined.filter(({ label }) =>
      text.toLowerCase().includes(`[${label.toLowerCase()}]`),
    )
    const links = used.map(({ line }) => line)
    return {
      heading: section.heading,
      text: links.length > 0 ? `${text}\n\n${links.join("\n")}` : text,
    }
  })
}

/** Each line, and whether it is prose: in a code fence nothing is a heading, and nothing defines a link. */
function* outsideFences(
  text: string,
): Generator<{ line: string; prose: boolean }> {
  let fence = ""
  for (const line of text.split(/\r?\n/)) {
    const [, mark = "", rest = ""] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    yield { line, prose: fence === "" && mark === "" }
    if (fence === "") fence = mark
    else if (mark.startsWith(fence) && rest.trim() === "") fence = ""
  }
}
