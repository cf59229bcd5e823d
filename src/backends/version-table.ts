import { refuseSource, type VersionSource } from "../version/version-source.js"

/** A version that `[tool.<tool>.version]` finds by a pattern in a file. */
export function versionByPattern(
  tool: string,
  path: string | undefined,
  pattern: string,
): VersionSource {
  return path === undefined
    ? refuseSource(`\`[tool.${tool}.version]\` has no \`path\``)
    : { places: [{ kind: "pattern", path, pattern }] }
}

/** A source of versions that knows no way to be told one. */
export function refuseOwnSource(tool: string, source: string): VersionSource {
  return refuseSource(
    `\`tool.${tool}.version.source\` is \`${source}\`, which can't be told the version of the tag`,
  )
}
