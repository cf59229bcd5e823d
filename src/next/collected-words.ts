import type { NoteSources } from "../notes/changelog.js"
import { collectCommand } from "../notes/collector.js"
import type { NextSection, Sectioned } from "../notes/next-section.js"
import { commandLine } from "../text/command-line.js"
import { plural } from "../text/plural.js"

type Collecting = Pick<NoteSources, "changelog" | "collector" | "fragments">

/** What the project's own tool would be run as, where there is something to collect. */
export function collectorRun(
  { collector, fragments = [] }: Collecting,
  { date, version }: Pick<NextSection, "date" | "version">,
): string[] | undefined {
  return collector && fragments.length > 0
    ? collectCommand(collector.tool, version.pep440, date)
    : undefined
}

/** What it writes, in words. */
export function collectedInWords(
  notes: Collecting,
  next: Pick<NextSection, "date" | "version">,
): string[] {
  const command = collectorRun(notes, next)
  const { collector, fragments = [] } = notes
  return command && collector
    ? [
        `the changelog, by \`${commandLine(command)}\` (\`${collector.where}\`), of ${plural(fragments.length, "fragment")}`,
      ]
    : []
}

/** Why the changelog would have no section, or nothing in it. */
export function unwritten(
  { changelog = "", collector, fragments = [] }: Collecting,
  section: Sectioned | undefined,
): string[] {
  if (collector?.tool === "changesets")
    return [
      "changesets writes the changelog and a version of its own: `npx changeset version`, before `stamp`",
    ]
  if (collector && fragments.length === 0)
    return [`${collector.tool} has no fragment to collect`]
  if (section?.empty)
    return [
      `\`${changelog}\` says nothing of what is unreleased: write it first`,
    ]
  switch (section?.kept) {
    case "there":
      return [`\`${changelog}\` has its section already`]
    case "prerelease":
      return [
        `\`${changelog}\` has no sections of prereleases: what is unreleased stays there`,
      ]
    case "silent":
      return [
        `\`${changelog}\` has nothing that is unreleased, and the preflight asks for a section: write it first`,
      ]
    case undefined:
      return []
  }
}
