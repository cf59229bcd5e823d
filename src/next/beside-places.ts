import { posix } from "node:path"

import type { Frontend } from "../frontend/frontend.js"
import { inFolder } from "../reading/package-json.js"
import { normalizeName } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { jsonText, parseJson } from "../text/json-text.js"
import type { VersionPlace } from "../version/version-place.js"

/** Lockfiles that may have an entry of the project that they are for. */
const LOCK = /^(?:uv\.lock|poetry\.lock|pdm\.lock|pylock(?:\.[^/]+)?\.toml)$/

/** The project's own entries in its lockfiles, and in those above it in its repository: out of step with the version, they would be refused by their tool. */
export function lockPlaces(sources: Sources, name: string): VersionPlace[] {
  const beside = [...sources.paths].filter((path) => LOCK.test(path))
  const above = [...sources.outside].filter((path) =>
    LOCK.test(path.replace(/^(?:\.\.\/)+/, "")),
  )
  return [...beside, ...above].sort().flatMap((path) => {
    const text = sources.text(path)
    return text === undefined ? [] : ownEntries(path, text, name)
  })
}

function ownEntries(path: string, text: string, name: string): VersionPlace[] {
  const lock = tomlTable(text)
  return ["package", "packages"].flatMap((table) => {
    const entries = lock[table]
    if (!Array.isArray(entries)) return []
    return entries.flatMap((entry: unknown, at): VersionPlace[] =>
      isOwn(entry, name)
        ? [{ kind: "toml", path, key: [table, at, "version"], entry: name }]
        : [],
    )
  })
}

function isOwn(entry: unknown, name: string): boolean {
  const { name: own, source, version } = recordOf(entry)
  return (
    typeof own === "string" &&
    normalizeName(own) === normalizeName(name) &&
    typeof version === "string" &&
    !isFetched(recordOf(source))
  )
}

/** Of uv and of poetry; the others say of their own entries that they are folders. */
function isFetched(source: Readonly<Record<string, unknown>>): boolean {
  const { git, registry, type, url } = source
  const local = type === "directory" || type === "file"
  return [git, registry, local ? undefined : url].some(
    (each) => each !== undefined,
  )
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : {}
}

/** Where frontends keep the version that the project has: in package.json, and in npm's lockfile. One that has a version of its own keeps it. */
export function frontendPlaces(
  sources: Sources,
  frontends: readonly Pick<Frontend, "path" | "root">[],
  versions: readonly string[],
): VersionPlace[] {
  return frontends.flatMap(({ path, root }) => {
    const file = inFolder(path, "package.json")
    const inLock = posix.relative(root, path)
    const lock = inFolder(root, "package-lock.json")
    const places: VersionPlace[] = [
      { kind: "json", path: file, key: ["version"] },
      ...(inLock === ""
        ? [{ kind: "json", path: lock, key: ["version"] } as const]
        : []),
      { kind: "json", path: lock, key: ["packages", inLock, "version"] },
    ]
    const kept = valueAt(sources, file, ["version"])
    if (kept === undefined || !versions.includes(kept)) return []
    return places.filter(
      (place) =>
        place.kind === "json" &&
        valueAt(sources, place.path, place.key) === kept,
    )
  })
}

function valueAt(
  sources: Sources,
  path: string,
  key: readonly (string | number)[],
): string | undefined {
  const text = sources.has(path) ? sources.text(path) : undefined
  if (text === undefined || parseJson(text) === undefined) return undefined
  const span = jsonText(text, key)
  return span && text.slice(span.start, span.end)
}
