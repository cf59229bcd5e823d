import { isWheel } from "../files/distribution.js"
import type { Archive } from "../files/facts.js"
import { code } from "../text/code.js"
import type { About } from "./about.js"
import { apiChanges, type ApiDifference } from "./api.js"
import { type Change, type ChangeLevel, levelOf } from "./change.js"
import { compareFiles, type FileChanges } from "./file-changes.js"
import { countedFields, metadataChanges } from "./metadata.js"
import { byName, type Told } from "./named.js"
import { optionChanges, type ShownHelp } from "./options.js"
import { type AuditedBoth, vulnerabilityChanges } from "./vulnerabilities.js"

/** One side of a comparison: what its files hold and say. */
export interface Side {
  readonly version: string
  readonly archives: readonly Archive[]
  readonly about: readonly About[]
}

/** How many of what were compared: a comparison of nothing must not look like one that found nothing. */
export interface Counted {
  readonly files: number
  readonly fields: number
  readonly commands: number
  /** Of those, as their help shows them. */
  readonly options: number
  readonly packages: readonly string[]
  readonly modules: number
  readonly objects: number
}

/** How a release differs from one before it. */
export interface Comparison {
  readonly before: string
  /** Where that was found. */
  readonly origin: string
  readonly after: string
  readonly names: readonly string[]
  readonly counted: Counted
  /** What of it was not compared, and why. */
  readonly left: readonly string[]
  readonly files: readonly FileChanges[]
  readonly changes: readonly Change[]
  /** Changes of what the configuration says is no API. */
  readonly ignored: readonly Told[]
  readonly level: ChangeLevel
}

/** What was read of both sides together. */
export interface Read {
  readonly api: ApiDifference | undefined
  /** Absent where they have no command in common. */
  readonly help?: ShownHelp | undefined
  /** Absent where nobody wants to know. */
  readonly audited?: AuditedBoth | undefined
}

/** Puts together what was read of two releases. */
export function compareReleases(
  origin: string,
  before: Side,
  after: Side,
  { api, audited, help }: Read,
  ignore: ReadonlyMap<string, string>,
): Comparison {
  const [old, now] = [before, after].map(({ about }) => mainOf(about))
  const known = old && now ? ([old, now] as const) : undefined
  const options = optionChanges(help)
  const vulnerable = vulnerabilityChanges(audited)
  const found = [
    ...(api ? apiChanges(api) : []),
    ...(known ? metadataChanges(...known) : []),
    ...options.changes,
    ...vulnerable.changes,
  ]
  const { others, told, unused } = byName(found, ignore)
  const files = fileChanges(before, after)
  return {
    before: before.version,
    origin,
    after: after.version,
    names: before.archives.map(({ name }) => name),
    counted: {
      files: files.reduce((sum, { counted }) => sum + counted, 0),
      fields: known ? countedFields(...known) : 0,
      commands: Object.keys(old?.commands ?? {}).length,
      options: options.counted,
      packages: api?.packages ?? [],
      modules: api?.modules ?? 0,
      objects: api?.objects ?? 0,
    },
    left: [
      ...leftOut(before, old, api),
      ...options.left,
      ...vulnerable.left,
      ...unused.map(unusedName),
    ],
    files,
    changes: others,
    ignored: told,
    level: levelOf(others),
  }
}

/** The wheel, which tells more, else the sdist. */
function mainOf(about: readonly About[]): About | undefined {
  return about.find(({ name }) => isWheel(name)) ?? about[0]
}

function fileChanges(before: Side, after: Side): FileChanges[] {
  return (["wheel", "sdist"] as const).flatMap((kind) => {
    const [old, now] = [before, after].map(({ archives }) =>
      archives.find(({ name }) => isWheel(name) === (kind === "wheel")),
    )
    return old && now ? [compareFiles(kind, old, now)] : []
  })
}

function leftOut(
  { archives, version }: Side,
  old: About | undefined,
  api: ApiDifference | undefined,
): string[] {
  const has = (wheel: boolean) =>
    archives.some(({ name }) => isWheel(name) === wheel)
  return [
    ...(has(true) ? [] : [`${version} has no wheel to compare with`]),
    ...(has(false) ? [] : [`${version} has no sdist to compare with`]),
    ...(old && !old.commands ? ["an sdist does not tell its commands"] : []),
    ...(api && api.packages.length === 0
      ? ["no import package of both could be read"]
      : []),
    ...(api && api.compiled.length > 0
      ? [
          `${String(api.compiled.length)} compiled modules, such as ${code(api.compiled[0] ?? "")}: nobody can read those without importing them`,
        ]
      : []),
    ...(api?.unread ?? []).map(code),
  ]
}

function unusedName(name: string): string {
  return `\`${name}\` of \`tool.shipwheel.compare.ignore\` fits nothing that changed`
}
