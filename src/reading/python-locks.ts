import { compare, explain } from "@renovatebot/pep440"

import { z } from "#zod"

import type { Problems } from "../errors.js"
import { code } from "../text/code.js"
import {
  fileRequirements,
  listedConstraints,
  type NamedConstraints,
} from "./groups.js"
import type { Pyproject } from "./pyproject.js"
import { toolTexts } from "./pyproject.js"
import { normalizeName, requirementName } from "./requirements.js"
import type { Sources } from "./sources.js"
import { parseToml, tomlMistake } from "./toml.js"

/** Which versions a project has decided on, and where. */
export interface LockedVersions {
  /** The files, such as `uv.lock`. */
  readonly from: readonly string[]
  /** Why those decide, in words. */
  readonly because: string
  readonly packages: readonly LockedPackage[]
}

/** One version of what somebody may need. */
export interface LockedPackage {
  /** In its normal form. */
  readonly name: string
  /** As PEP 508 has it, such as `==1.2.0`. */
  readonly specifier: string
  /** Where it is the one: a marker of PEP 508; empty for everywhere. */
  readonly marker: string
  /** The names of what it needs. */
  readonly needs: readonly string[]
}

export const UNLOCKED: LockedVersions = {
  from: [],
  because: "there is no lockfile",
  packages: [],
}

const text = z.string().optional().catch(undefined)
const texts = z.array(z.string()).catch([])
const named = z.array(z.object({ name: z.string() })).catch([])
const tables = z.record(z.string(), z.unknown()).catch({})
const list = <T extends z.ZodType>(each: T) => z.array(each).catch([])
const base = { name: z.string(), version: text }

const uv = z.object({
  package: list(
    z.object({
      ...base,
      source: z.object({ registry: z.string() }).optional().catch(undefined),
      "resolution-markers": texts,
      dependencies: named,
      "optional-dependencies": z.record(z.string(), named).catch({}),
    }),
  ),
})
const poetry = z.object({
  package: list(
    z.object({
      ...base,
      markers: z.unknown().optional(),
      source: z.object({ type: z.string() }).optional(),
      dependencies: tables,
      extras: z.record(z.string(), texts).catch({}),
    }),
  ),
})
const pdm = z.object({
  package: list(z.looseObject({ ...base, marker: text, dependencies: texts })),
})
const pylock = z.object({
  packages: list(z.looseObject({ ...base, marker: text, dependencies: named })),
})
const pipenv = z.object({
  default: tables,
  develop: tables,
})
const pipenvPackage = z.object({ version: z.string(), markers: text })

/** What of a package is no release on an index. */
const ELSEWHERE = ["editable", "git", "path", "url", "vcs", "directory"]

type LockReader = (source: string) => LockedPackage[]

/** Every lockfile that is known; the first that is there decides. */
const LOCKS: readonly (readonly [name: string, read: LockReader])[] = [
  ["uv.lock", readUv],
  ["poetry.lock", readPoetry],
  ["pdm.lock", readPdm],
  ["pylock.toml", readPylock],
  ["Pipfile.lock", readPipenv],
]

/**
 * The versions of the lockfile, and of the constraints that lists refer to.
 * They are read, and not asked of the tools' exporters: as constraints of what
 * is installed anyway they need no tool of that project's version, and no list of it twice.
 */
export function lockedVersions(
  sources: Sources,
  pyproject: Pyproject,
  asked: string | false | undefined,
  problems: Problems,
  /** Those that tests take. */
  lists: readonly string[] = [],
): LockedVersions {
  if (asked === false) return UNLOCKED
  const [path, read] = lockOf(sources, asked) ?? []
  if (asked !== undefined && path === undefined) refuseLock(asked, problems)
  const packages =
    path && read ? readLock(read, path, sources.text(path) ?? "", problems) : []
  const files = constraintFiles(sources, pyproject, lists)
  const others = [
    ...files.flatMap(({ file }) => fileRequirements(sources, file)),
    ...toolTexts(pyproject, "uv", "constraint-dependencies"),
  ].flatMap(constraint)
  const known = new Set(packages.map(({ name }) => name))
  const reasons = [
    ...(path === undefined ? [] : ["its name"]),
    ...files.map(({ from, line }) => `${code(line)} in ${from}`),
  ]
  return {
    from: [
      ...(path === undefined ? [] : [path]),
      ...files.map(({ file }) => file),
    ],
    because: reasons.join(", ") || UNLOCKED.because,
    packages: [...packages, ...others.filter(({ name }) => !known.has(name))],
  }
}

/** The constraints on some requirements, and on what those need in turn: a change of others reinstalls nothing. */
export function constraintsFor(
  { packages }: LockedVersions,
  requirements: readonly string[],
): string[] {
  const needed = new Set(requirements.map(requirementName))
  for (const name of needed)
    for (const each of packages)
      if (each.name === name) for (const one of each.needs) needed.add(one)
  const lines = [...needed].flatMap((name) =>
    decided(packages.filter((each) => each.name === name)).map(
      ({ marker, specifier }) =>
        marker ? `${name}${specifier} ; ${marker}` : `${name}${specifier}`,
    ),
  )
  return [...new Set(lines)].sort()
}

/** The version of one package, where there is one alone. */
export function lockedVersion(
  { packages }: LockedVersions,
  name: string,
): string | undefined {
  const own = decided(packages.filter((each) => each.name === name))
  const [only, ...more] = new Set(own.map(({ specifier }) => specifier))
  return more.length === 0 ? only : undefined
}

/**
 * What is decided of one package: of several versions each, where it says for what it is the one. Where nothing tells
 * them apart (an older lockfile, groups that exclude each other) none is newer than the newest of them.
 */
function decided(own: readonly LockedPackage[]): LockedPackage[] {
  if (new Set(own.map(({ specifier }) => specifier)).size < 2) return [...own]
  const markers = new Set(own.map(({ marker }) => marker))
  return markers.has("")
    ? upTo(own, "")
    : [...markers].flatMap((marker) =>
        upTo(
          own.filter((each) => each.marker === marker),
          marker,
        ),
      )
}

/** The one that there is, or a bound; a comparison takes no local version. */
function upTo(own: readonly LockedPackage[], marker: string): LockedPackage[] {
  const [first, ...others] = own
  if (!first) return []
  if (others.every(({ specifier }) => specifier === first.specifier))
    return [first]
  const versions = own.map((each) => each.specifier.replace(/^==|\+.*$/g, ""))
  const newest = versions.every((each) => explain(each) !== null)
    ? versions.sort(compare).at(-1)
    : undefined
  return newest === undefined
    ? []
    : [{ ...first, marker, specifier: `<=${newest}` }]
}

function lockOf(sources: Sources, asked: string | undefined) {
  const places =
    asked === undefined
      ? ["", ...sources.above].flatMap((folder) =>
          LOCKS.map(([name, read]) => [`${folder}${name}`, read] as const),
        )
      : LOCKS.filter(([name]) => asked.endsWith(name)).map(
          ([, read]) => [asked, read] as const,
        )
  return places.find(([path]) => sources.has(path))
}

function refuseLock(asked: string, problems: Problems): void {
  const names = LOCKS.map(([name]) => code(name)).join(", ")
  problems.add(
    "project",
    `\`tool.shipwheel.test.lock\` names \`${asked}\`, which is no lockfile that is there`,
    `Accepted is a path to one that is called ${names}; or \`false\`, for the newest versions.`,
  )
}

/** What is broken would lock nothing, and nobody would see it. */
function readLock(
  read: LockReader,
  path: string,
  source: string,
  problems: Problems,
): LockedPackage[] {
  try {
    return read(source)
  } catch (error) {
    problems.add(
      "project",
      `\`${path}\` can't be read: ${tomlMistake(error)}`,
      "Make it anew with its own tool, or test with the newest versions: `lock = false` in `[tool.shipwheel.test]`.",
    )
    return []
  }
}

function locked(
  name: string,
  version: string | undefined,
  marker: string | undefined,
  needs: readonly string[],
): LockedPackage {
  return {
    name: normalizeName(name),
    specifier: version === undefined ? "" : `==${version}`,
    marker: marker ?? "",
    needs: needs.map(requirementName),
  }
}

function readUv(source: string): LockedPackage[] {
  return uv.parse(parseToml(source)).package.flatMap((each) => {
    const needs = [
      ...each.dependencies,
      ...Object.values(each["optional-dependencies"]).flat(),
    ].map(({ name }) => name)
    const markers = each["resolution-markers"]
    return each.source && each.version !== undefined
      ? (markers.length > 0 ? markers : [""]).map((marker) =>
          locked(each.name, each.version, marker, needs),
        )
      : []
  })
}

function readPoetry(source: string): LockedPackage[] {
  return poetry.parse(parseToml(source)).package.flatMap((each) => {
    // A version that each group has another marker for is everybody's.
    const marker = typeof each.markers === "string" ? each.markers : ""
    const needs = [
      ...Object.keys(each.dependencies),
      ...Object.values(each.extras).flat(),
    ]
    return each.source === undefined || each.source.type === "legacy"
      ? [locked(each.name, each.version, marker, needs)]
      : []
  })
}

function readPdm(source: string): LockedPackage[] {
  return pdm
    .parse(parseToml(source))
    .package.filter(isReleased)
    .map((each) =>
      locked(each.name, each.version, each.marker, each.dependencies),
    )
}

function readPylock(source: string): LockedPackage[] {
  return pylock
    .parse(parseToml(source))
    .packages.filter(isReleased)
    .map((each) =>
      locked(
        each.name,
        each.version,
        each.marker,
        each.dependencies.map(({ name }) => name),
      ),
    )
}

function readPipenv(source: string): LockedPackage[] {
  const all = pipenv.parse(JSON.parse(source))
  const entries = [all.default, all.develop].flatMap(Object.entries<unknown>)
  const found = entries.flatMap(([name, value]) => {
    const read = pipenvPackage.safeParse(value).data
    const version = read?.version.replace(/^==/, "")
    return read ? [{ name, version, marker: read.markers }] : []
  })
  // It does not say what needs what.
  const names = found.map(({ name }) => name)
  return found.map(({ marker, name, version }) =>
    locked(name, version, marker, names),
  )
}

function isReleased(each: Readonly<Record<string, unknown>>): boolean {
  const { version } = each
  return version !== undefined && !ELSEWHERE.some((key) => each[key])
}

/** The files of constraints that are there, each with the line that first names it. */
function constraintFiles(
  sources: Sources,
  pyproject: Pyproject,
  lists: readonly string[],
): NamedConstraints[] {
  const found = listedConstraints(pyproject, sources, lists).filter(
    ({ file }) => sources.has(file),
  )
  return found.filter(
    ({ file }, at) => found.findIndex((each) => each.file === file) === at,
  )
}

function constraint(line: string): LockedPackage[] {
  const [, name = "", specifier = "", marker = ""] =
    /^([A-Za-z0-9][\w.-]*)\s*([<>=!~][^;]*?)\s*(?:;\s*(.*))?$/.exec(line) ?? []
  return name
    ? [{ name: normalizeName(name), specifier, marker, needs: [] }]
    : []
}
