import type { Sources } from "../reading/sources.js"
import { otherChangelogs } from "./changelog-file.js"
import { changelogSections } from "./changelog-sections.js"

/** The changelog that is meant where the usual one has no section of any version, and only says where to look: one that it names, else one of the documentation. */
export function followChangelog(
  sources: Sources,
  found: string,
  project: string,
): string {
  const text = sources.text(found)
  if (text === undefined || hasSections(sources, found, project)) return found
  const others = otherChangelogs(sources.paths, found)
  const named = others.filter((each) => text.includes(each))
  const usual = others.filter((each) => /^docs?\//.test(each))
  const all = [...named, ...usual]
  return all.find((each) => hasSections(sources, each, project)) ?? found
}

function hasSections(sources: Sources, path: string, project: string): boolean {
  const text = sources.text(path) ?? ""
  return changelogSections({ path, text, project }).sections.some(
    ({ named, unreleased }) => named.length > 0 || unreleased,
  )
}
