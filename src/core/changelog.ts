import { triedVersion, type Version } from "./version.js"

/** The release notes, and the heading they were found under. */
export interface Notes {
  readonly text: string
  /** Absent where the changelog says nothing of this version. */
  readonly heading: string | undefined
  /** Where they were found, in words; absent where there are none. */
  readonly origin?: string
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

function splitSections(changelog: string): { heading: string; text: string }[] {
  return changelog
    .split(/^## +/m)
    .slice(1)
    .map((section) => {
      const [heading = "", ...rest] = section.split(/\r?\n/)
      const text = rest.filter((line) => !/^\[[^\]]+\]: /.test(line)).join("\n")
      return { heading: heading.trim(), text: text.trim() }
    })
}
