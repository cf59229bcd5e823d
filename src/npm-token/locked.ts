import { parseAllDocuments, parseDocument } from "#yaml"

import { code } from "../text/code.js"
import { linesOf } from "./line-settings.js"
import { addressIn, type SaidSetting } from "./said.js"

/** A package by the name that its lockfile has for it, and all that says where it comes from. */
interface LockedSource {
  readonly name: string
  readonly from: readonly string[]
}

const FORGES =
  /^(?:(?:www|gist|codeload|raw)\.)?(?:github\.com|gitlab\.com|bitbucket\.org|git\.sr\.ht)$/
/** How registries call the files of packages. */
const TARBALL =
  /(?:\.tgz|\.tar\.gz|\/download\/(?:@[^/]+\/)?[^/]+\/[^/]+\/[^/]+)$/
const ARCHIVE = "__archiveUrl"

/**
 * What of a lockfile comes from git, or from an address that is no registry's: a package manager makes a package of
 * that where it fetches it, by settings and scripts of its own. Nothing of pnpm, which does no such thing without
 * scripts. A name is empty where the lockfile can't be read.
 */
export function strayLocked(
  tool: string,
  text: string,
): {
  readonly names: readonly string[]
  readonly said: readonly SaidSetting[]
} {
  const locked = lockedBy(tool, text)
  if (locked === undefined) return { names: [""], said: [] }
  const stray = locked.filter(({ from }) => !from.every(isHarmless))
  return {
    names: tool === "pnpm" ? [] : stray.map(({ name }) => name),
    said: [
      ...locked.flatMap(plainOf),
      ...(tool === "berry" ? locked.flatMap(archivesOf) : []),
    ],
  }
}

/** Undefined where it has a form in which the package manager may read something else. */
function lockedBy(tool: string, text: string): LockedSource[] | undefined {
  try {
    if (tool === "npm")
      return lockedByNpm(JSON.parse(text.replace(/^\uFEFF/, "")) as NpmLocked)
    if (tool === "yarn") return lockedByYarnClassic(text)
    return tool === "berry" ? lockedByYarn(text) : lockedByPnpm(text)
  } catch {
    return undefined
  }
}

interface NpmLocked {
  readonly version?: unknown
  readonly resolved?: unknown
  readonly link?: unknown
  readonly hasShrinkwrap?: unknown
  readonly dependencies?: Readonly<Record<string, NpmLocked>>
  readonly packages?: Readonly<Record<string, NpmLocked>>
}

function lockedByNpm({
  dependencies = {},
  packages = {},
}: NpmLocked): LockedSource[] {
  const old = (each: Readonly<Record<string, NpmLocked>>): LockedSource[] =>
    Object.entries(each).flatMap(([name, locked]) => [
      { name, from: fromOf(locked) },
      ...old(locked.dependencies ?? {}),
    ])
  return [
    ...Object.entries(packages)
      .filter(([path]) => path !== "")
      .map(([path, locked]) => ({
        name: path.replace(/^.*node_modules\//, ""),
        from: fromOf(locked),
      })),
    ...old(dependencies),
  ]
}

function fromOf({
  hasShrinkwrap,
  link,
  resolved,
  version,
}: NpmLocked): string[] {
  if (link === true) return []
  // A package that brings a lockfile along is not all that is fetched.
  if (hasShrinkwrap === true) return ["shrinkwrap:"]
  return [resolved, version].filter((each) => typeof each === "string")
}

const PATTERN = '(?:"[^"\\\\]+"|[\\w@.^~<>=|*+/-]+)'
const PATTERNS = new RegExp(`^${PATTERN}(?:, ${PATTERN})*:$`)
const FIELD = /^ {2,4}("[^"\\]+"|[\w@/.-]+)(?::| ("[^"\\]*"|[\w./+=:-]+))$/

/** Each line as Yarn 1 writes it, and no other. */
function lockedByYarnClassic(text: string): LockedSource[] {
  const found: { name: string; from: string[] }[] = []
  for (const line of linesOf(text)) {
    if (/^(?:#.*)?$/.test(line)) continue
    if (PATTERNS.test(line)) {
      const patterns = line.slice(0, -1).split(", ").map(unquoted)
      const [name = ""] = patterns.map((each) => splitName(each).name)
      found.push({ name, from: patterns.map((each) => splitName(each).range) })
      continue
    }
    const [, key = "", value = ""] = FIELD.exec(line) ?? []
    if (key === "") throw new Error(line)
    if (line.startsWith("  resolved ")) found.at(-1)?.from.push(unquoted(value))
  }
  return found
}

function lockedByYarn(text: string): LockedSource[] {
  if (/yarn\s+lockfile\s+v1/i.test(text)) throw new Error("another form")
  const document = parseDocument(linesOf(text).join("\n"), {
    schema: "failsafe",
  })
  if (document.errors.length > 0) throw new Error("no YAML")
  const entries = document.toJS({ maxAliasCount: 0 }) as Record<
    string,
    { readonly resolution?: string }
  >
  return Object.entries(entries)
    .filter(([key]) => key !== "__metadata")
    .map(([, { resolution = "" }]) => {
      const { name, range } = splitName(resolution)
      return { name, from: [unpatched(range)] }
    })
}

interface PnpmLocked {
  readonly packages?: Readonly<
    Record<string, { readonly resolution?: { readonly tarball?: string } }>
  >
}

/** Since version 11 a lockfile of pnpm may have one of its own tools before it. */
function lockedByPnpm(text: string): LockedSource[] {
  return [...parseAllDocuments(text, { schema: "failsafe" })].flatMap(
    (each) => {
      if (each.errors.length > 0) throw new Error("no YAML")
      const { packages = {} } = (each.toJS({ maxAliasCount: 0 }) ??
        {}) as PnpmLocked
      return Object.entries(packages).map(([name, { resolution }]) => ({
        name,
        from: [name, resolution?.tarball ?? ""],
      }))
    },
  )
}

function isHarmless(from: string): boolean {
  if (/^https?:/.test(from)) return isTarball(from)
  // A version, a range or a tag has neither a scheme nor a slash.
  return /^(?:npm|workspace|link|portal|file):/.test(from) || !/[:/]/.test(from)
}

/** What a patch is for, however often it is patched. */
function unpatched(from: string): string {
  const [, patched] = /^patch:([^#]*)/.exec(from) ?? []
  return patched === undefined
    ? from
    : unpatched(splitName(decodeURIComponent(patched)).range)
}

function isTarball(address: string): boolean {
  const { hostname, pathname } = new URL(address)
  const isForge = FORGES.test(hostname)
  return isForge
    ? hostname === "gitlab.com" && pathname.includes("/-/")
    : TARBALL.test(pathname)
}

/** A token that its host is shown without TLS is shown to whoever listens. */
function plainOf({ from, name }: LockedSource): SaidSetting[] {
  return from
    .filter((each) => /(?:^|@)http:/i.test(each))
    .map((each) => ({
      place: `${code(name)} in its lockfile`,
      address: {
        host: hostOf(each.replace(/^.*?(?=http:)/i, "")),
        shown: false,
        plain: true,
      },
    }))
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : ""
}

/** Yarn shows the token of a scope to the address that its lockfile has for a package of it. */
function archivesOf({ from, name }: LockedSource): SaidSetting[] {
  return from
    .filter((each) => decoded(each).includes(ARCHIVE))
    .map((each) => {
      const query = /^npm:[^:]*::(.*)$/.exec(each)?.[1] ?? ""
      const [address, ...more] = new URLSearchParams(query).getAll(ARCHIVE)
      const place = `${code(name)} in its lockfile`
      const known = /^https?:/.test(address ?? "")
        ? addressIn(address ?? "", true)
        : undefined
      return known && more.length === 0
        ? { place, address: known }
        : { place, stray: true }
    })
}

function decoded(text: string): string {
  try {
    const once = decodeURIComponent(text)
    return once === text ? once : decoded(once)
  } catch {
    return text
  }
}

function splitName(descriptor: string): { name: string; range: string } {
  const [, name = descriptor, range = ""] =
    /^(@[^/@]+\/[^@]+|[^@]+)@(.*)$/.exec(descriptor) ?? []
  return { name, range }
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, "$1")
}
