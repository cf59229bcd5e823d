import { posix } from "node:path"

import { valid } from "@renovatebot/pep440"

import type { ImportPackage } from "../reading/import-package.js"
import type { Sources } from "../reading/sources.js"
import { literal } from "../text/literal.js"
import { readPlace } from "./version-place.js"

const EXAMPLE = '{ path = "quayside/VERSION" }'

/** What to say in the configuration where nothing leads to the version: the line itself, if a plain one is seen. */
export function whereToSay(
  sources: Sources,
  found: ImportPackage | undefined,
): string {
  const seen = seenPlace(sources, found)
  const which = seen
    ? `which file holds it; what looks like it is \`version-in = ${seen}\``
    : `which file holds it, such as \`version-in = ${EXAMPLE}\`, with a \`pattern\` where that holds more`
  return `Say in \`[tool.shipwheel]\` ${which}; or let setuptools-scm, hatch-vcs, pdm-backend or versioneer take it from git: those are told the version of the tag. Where \`pyproject.toml\` has a \`[project]\` table, it can have the \`version\` itself.`
}

/** \`VERSION = "1.2.0"\` at the start of a line, up to the version. */
const ASSIGNED =
  /^(?<lead>_*(?:version|release)(?:_(?:string|str|text|number))?_*[ \t]*(?::[ \t]*str[ \t]*)?=[ \t]*(?<quote>["']))[^"'\n]+\k<quote>/im

/** In the modules at the top of the package: the first that gives a version to a name which says so. */
function seenPlace(
  sources: Sources,
  found: ImportPackage | undefined,
): string | undefined {
  if (!found) return undefined
  const modules = [...sources.paths].filter(
    (path) =>
      path === found.path ||
      (posix.dirname(path) === found.path && path.endsWith(".py")),
  )
  for (const path of modules.sort()) {
    const text = sources.text(path) ?? ""
    const { lead = "", quote = "" } = ASSIGNED.exec(text)?.groups ?? {}
    const pattern = `^${literal(lead)}(.*)${quote}`
    const held = lead && readPlace({ kind: "pattern", path, pattern }, text)
    if (held && valid(held) !== null)
      return `{ path = ${JSON.stringify(path)}, pattern = ${tomlText(pattern)} }`
  }
  return undefined
}

function tomlText(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}
