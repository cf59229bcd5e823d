import type { Pyproject } from "../reading/pyproject.js"
import { lockedVersion, type LockedVersions } from "../reading/python-locks.js"
import { requirementName, requirementsOf } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { iniSections } from "../text/ini-text.js"

export type CollectorName = "towncrier" | "scriv" | "changesets"

/** A tool of the project that makes a changelog's section of fragments. */
export interface Collector {
  readonly tool: CollectorName
  /** Where it is configured. */
  readonly where: string
  /** What is installed for it: as it is locked, else as the project asks for it, else the newest. */
  readonly requirements: readonly string[]
}

/** What a collector is found by. */
export interface CollectorClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
  readonly locked: LockedVersions
}

/** Where each is configured: a table of pyproject.toml, files of its own, sections of others. */
const PLACES = {
  towncrier: { files: ["towncrier.toml"], sections: [] },
  scriv: {
    files: ["changelog.d/scriv.ini"],
    sections: ["scriv", "tool.scriv", "tool:scriv"],
  },
  changesets: { files: [".changeset/config.json"], sections: [] },
} as const
const SECTIONED = ["setup.cfg", "tox.ini"]

/** Finds the tool that writes a project's changelog, where one does. */
export function findCollector(clues: CollectorClues): Collector | undefined {
  for (const tool of ["towncrier", "scriv", "changesets"] as const) {
    const where = placeOf(tool, clues)
    if (where !== undefined)
      return { tool, where, requirements: requirementsFor(tool, clues) }
  }
  return undefined
}

function placeOf(
  tool: CollectorName,
  { pyproject, sources }: CollectorClues,
): string | undefined {
  const { files, sections } = PLACES[tool]
  const own = files.find((path) => sources.has(path))
  if (own !== undefined) return own
  if (tool in pyproject.tool) return "pyproject.toml"
  return SECTIONED.find((path) =>
    iniSections(sources.text(path) ?? "").some((each) =>
      (sections as readonly string[]).includes(each),
    ),
  )
}

function requirementsFor(
  tool: CollectorName,
  { locked, pyproject }: CollectorClues,
): string[] {
  if (tool === "changesets") return []
  const lists = [
    ...Object.keys(pyproject["dependency-groups"]),
    ...Object.keys(pyproject.project?.["optional-dependencies"] ?? {}),
  ]
  const asked = requirementsOf(pyproject, lists).filter(
    (each) => requirementName(each) === tool,
  )
  const version = lockedVersion(locked, tool)
  const own = asked.length > 0 ? asked : [tool]
  return version === undefined ? own : [...own, `${tool}${version}`]
}

/** The command that makes the section of a version; none where it decides on the version itself, too. */
export function collectCommand(
  tool: CollectorName,
  version: string,
  date: string,
): string[] | undefined {
  switch (tool) {
    case "towncrier":
      return [
        ...["towncrier", "build", "--yes"],
        ...["--version", version, "--date", date],
      ]
    case "scriv":
      return [
        ...["scriv", "collect", "--no-add", "--no-edit"],
        ...["--version", version],
      ]
    case "changesets":
      return undefined
  }
}
