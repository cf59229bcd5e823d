import { posix } from "node:path"

import { isBelow } from "../frontend/output.js"
import { normalizeName } from "../reading/requirements.js"
import { literal } from "../text/literal.js"
import { type Archive, innerPath } from "./facts.js"
import { installed } from "./forbidden.js"

/** What backends write beside the metadata; compiled translations are in an sdist as what they are made of. */
const MADE_BY_ANY =
  /\.mo$|(?:^|\/)__pycache__\/|^[^/]+\.dist-info\/(?:(?:METADATA|WHEEL|RECORD(?:\.jws|\.p7s)?|(?:entry_points|top_level|namespace_packages|dependency_links)\.txt|zip-safe|pbr\.json)$)/

/** Whether a file of a wheel has its like in no sdist; of a folder for metadata there is one. */
export function isMadeByAny(wheel: Archive, path: string): boolean {
  return (
    MADE_BY_ANY.test(path) &&
    (!/^[^/]+\.dist-info\//.test(path) || path.startsWith(infoOf(wheel)))
  )
}

function infoOf({ name }: Archive): string {
  return `${name.split("-").slice(0, 2).join("-")}.dist-info/`
}

/** Whether a file of a wheel belongs to no package of it: what describes it, and what an installer puts somewhere else (PEP 427). */
export function isBeside(wheel: Archive, path: string): boolean {
  return /^[^/]+\.data\//.test(path) || path.startsWith(infoOf(wheel))
}

/** Of a file beside the packages what a project calls it. */
export function placed(path: string): string {
  return path.replace(/^[^/]+\.(?:data\/[^/]+|dist-info(?:\/licenses)?)\//, "")
}

/** The package that is the project's own: its module, and the folder that it is in. */
export interface Own {
  readonly module: string
  readonly packageDir: string
}

/** What paths in a wheel begin with, and what they begin with in the sdist that it is made from. */
interface Move {
  readonly to: string
  readonly from: string
}

/** What an sdist has, by what is asked of it for each file of a wheel. */
export interface SdistFiles {
  /** The bytes that a wheel may have of each file. */
  readonly bytes: ReadonlyMap<string, readonly string[]>
  readonly byContent: ReadonlyMap<string, readonly string[]>
  /** By each end of a path. */
  readonly byEnd: ReadonlyMap<string, readonly string[]>
  /** The lines of its settings. */
  readonly settings: readonly string[]
}

export function sourcesOf(sdist: Archive): SdistFiles {
  const files = sdist.entries.map(
    (each) => [innerPath(sdist, each.name), bytesOf(each)] as const,
  )
  return {
    bytes: new Map(files),
    byContent: pathsBy(files),
    byEnd: pathsBy(files.map(([path]) => [path, endsOf(path)])),
    settings: (sdist.settings ?? "").split("\n"),
  }
}

/** A file of a wheel that the sdist has, but not so. */
export function changedFrom(sources: SdistFiles, wheel: Archive, own: Own) {
  const moves = [homeOf(own), ...movesOf(wheel, sources)]
  return wheel.entries
    .filter(({ name }) => !isMadeByAny(wheel, name))
    .filter(({ name, sha256 }) => {
      const path = installed(name)
      const origins = originsOf(path, moves, sources)
      return (
        origins.length > 0 &&
        !origins.some((each) => sources.bytes.get(each)?.includes(sha256)) &&
        !renamedTo(path, sha256, sources)
      )
    })
}

/** Whether what a wheel has beside its packages is a file of the sdist: by its name, or by its bytes where that name was shortened or given by the settings. */
export function isBrought(
  path: string,
  sha256: string,
  sources: SdistFiles,
): boolean {
  const { byContent, byEnd } = sources
  const alike = (byContent.get(sha256) ?? []).filter((each) =>
    isCalled(baseOf(path), baseOf(each)),
  )
  return (
    [...(byEnd.get(placed(path)) ?? []), ...alike].some(
      (each) => !isCommand(path) || isForCommands(each, sources),
    ) || renamedTo(path, sha256, sources)
  )
}

/** Scripts lose their ending on the way. */
function isCalled(name: string, origin: string): boolean {
  return name === origin || name === origin.replace(/(?<=.)\.[^.]+$/, "")
}

/** What tests, docs and examples have makes no command, unless the settings say so. */
function isForCommands(origin: string, { settings }: SdistFiles): boolean {
  const folder = origin.slice(0, -baseOf(origin).length)
  return (
    !isAside(origin) ||
    settings.some((line) => names(line, origin) || line.includes(`${folder}*`))
  )
}

/** Whether a line of the settings has the path of a file in the sdist, and where it goes. */
function renamedTo(
  path: string,
  sha256: string,
  { byContent, settings }: SdistFiles,
): boolean {
  return (byContent.get(sha256) ?? []).some((origin) =>
    settings.some((line) => names(line, origin) && names(line, placed(path))),
  )
}

export function names(line: string, path: string): boolean {
  return (
    line.includes(path) &&
    new RegExp(`(?<![\\w./-])(?:\\./)?${literal(path)}(?![\\w./-])`).test(line)
  )
}

/** Whether an installer makes a command of it. */
export function isCommand(path: string): boolean {
  return /^[^/]+\.data\/(?:scripts|data\/(?:bin|scripts))\//i.test(path)
}

/** The bytes of a file, and those that it has where a backend leaves its interpreter to the installer. */
export function bytesOf({
  script,
  sha256,
}: Archive["entries"][number]): string[] {
  return script === undefined ? [sha256] : [sha256, script]
}

function homeOf({ module, packageDir }: Own): Move {
  return { to: module.replaceAll(".", "/"), from: packageDir }
}

/** Where each of what files are found by is found. */
function pathsBy(
  files: Iterable<readonly [path: string, keys: readonly string[]]>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, keys] of files)
    for (const key of keys) {
      const there = found.get(key)
      if (there) there.push(path)
      else found.set(key, [path])
    }
  return found
}

/** A path, and what is left of it below each of its folders. */
function endsOf(path: string): string[] {
  const ends = [path]
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1))
    ends.push(path.slice(at + 1))
  return ends
}

/** By what most files of a wheel came to where they are; empty ones are alike everywhere. */
function movesOf(wheel: Archive, { byContent }: SdistFiles): Move[] {
  const files = wheel.entries.filter(
    ({ name, size }) => size > 0 && !isMadeByAny(wheel, name),
  )
  const wanted = new Set(files.map(({ sha256 }) => sha256))
  const byEnd = firstByEnd(byContent, wanted)
  const counted = new Map<string, { move: Move; count: number }>()
  for (const { name, sha256 } of files) {
    const path = installed(name)
    const [nearest] = endsOf(path).flatMap(
      (end) => byEnd.get(`${sha256}/${end}`) ?? [],
    )
    // One that has another name tells of no other file, and would speak for itself.
    if (nearest === undefined) continue
    const move = moveOf(path, nearest)
    const key = `${move.to}\n${move.from}`
    counted.set(key, { move, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()]
    .sort(
      (one, other) => other.count - one.count || byLength(one.move, other.move),
    )
    .map(({ move }) => move)
}

/** Of each content the first path by each of its ends: the longest one that a file shares leads to where it is from. */
function firstByEnd(
  byContent: SdistFiles["byContent"],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const [content, paths] of byContent)
    for (const path of wanted.has(content) ? paths : [])
      for (const end of endsOf(path)) {
        const key = `${content}/${end}`
        if (!first.has(key)) first.set(key, path)
      }
  return first
}

/** The packages of a wheel that a backend gave another name: most of their files have their own names and bytes still, and were taken from where nothing else of the wheel is from, such as tests. */
export function movedTops(wheel: Archive, sdist: Archive): ReadonlySet<string> {
  const byContent = pathsBy(
    sdist.entries.map(({ name, sha256 }) => [innerPath(sdist, name), [sha256]]),
  )
  const files = wheel.entries
    .filter(
      ({ name, size }) =>
        size > 0 &&
        !isMadeByAny(wheel, name) &&
        !isBeside(wheel, installed(name)),
    )
    .map(({ name, sha256 }) => ({ path: installed(name), sha256 }))
  const topsOf = new Map<string, Set<string>>()
  for (const { path, sha256 } of files)
    topsOf.set(sha256, (topsOf.get(sha256) ?? new Set()).add(topOf(path)))
  const isMoved = ({ path, sha256 }: (typeof files)[number]) =>
    topsOf.get(sha256)?.size === 1 &&
    (byContent.get(sha256) ?? []).some(
      (each) => baseOf(each) === baseOf(path) && !isAside(each),
    )
  const counted = new Map<string, number>()
  for (const each of files) {
    const top = topOf(each.path)
    counted.set(top, (counted.get(top) ?? 0) + (isMoved(each) ? 1 : -1))
  }
  return new Set(
    [...counted].flatMap(([top, count]) => (count > 0 ? [top] : [])),
  )
}

function isAside(path: string): boolean {
  return /(^|\/)(tests?|testing|docs|examples)\//.test(path)
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

export function topOf(path: string): string {
  return path.split("/")[0] ?? ""
}

function byLength(one: Move, other: Move): number {
  return one.to.length - other.to.length
}

/** Without the folders and the name that both paths end with. */
function moveOf(path: string, origin: string): Move {
  const [to, from] = [path.split("/"), origin.split("/")]
  while (to.length > 0 && to.at(-1) === from.at(-1)) {
    to.pop()
    from.pop()
  }
  return { to: folder(to), from: folder(from) }
}

function folder(parts: readonly string[]): string {
  return parts.map((each) => `${each}/`).join("")
}

/** What in an sdist a file of a wheel is made from; where nothing tells, all that it has of that name, below whatever folders. */
function originsOf(
  path: string,
  moves: readonly Move[],
  { byEnd, bytes }: SdistFiles,
): readonly string[] {
  const isOrigin = ({ from, to }: Move) =>
    path.startsWith(to) && bytes.has(from + path.slice(to.length))
  const move = moves.find(isOrigin)
  return move === undefined
    ? (byEnd.get(placed(path)) ?? [])
    : [move.from + path.slice(move.to.length)]
}

/** Whether a path is this one, below whatever folders. */
export function endsWith(path: string, inner: string): boolean {
  return path === inner || path.endsWith(`/${inner}`)
}

/** What programs take from below `share`, where a user's own install lays it too, only for who looks it up by its name. */
const LOOKED_UP =
  /^(?:man|locale|icons|pixmaps|fonts|doc|info|help|licenses|metainfo|appdata)\//

/** What is looked up by the name of a command or a package: another's would take the place of that. */
const NAMED = [
  /^applications\/([^/]+)\.desktop$/,
  /^bash-completion\/completions\/([^/]+?)(?:\.bash)?$/,
  /^zsh\/(?:site-functions|vendor-completions)\/_([^/]+)$/,
  /^fish\/(?:vendor_)?completions(?:\.d)?\/([^/]+)\.fish$/,
  /^pkgconfig\/([^/]+)\.pc$/,
  /^cmake\/([^/]+)\//,
  /^mime\/packages\/([^/]+)\.xml$/,
  /^glib-2\.0\/schemas\/([^/]+)\.gschema\.xml$/,
  /^jupyter\/(?:kernels|labextensions|nbextensions|nbconvert\/templates|voila\/templates)\/((?:@[^/]+\/)?[^/]+)\//,
  /^jupyter\/(?!(?:kernels|lab|labextensions|nbextensions|nbconvert)\/)([^/]+)\//,
]

/** What others run of what lies there, so that it is no project's folder, whatever that is called. */
const OF_OTHERS =
  /^(?:applications|autostart|caja|cmake|dbus-1|emacs|fish|flatpak|gdb|git-core|jupyter|kio|lua|mime|nautilus|nemo|nushell|nvim|plasma|systemd|thumbnailers|vim|vulkan|zsh)(?:-python)?\//

/** Asks of the files of a wheel whether they go to where an environment, its tools or other people's programs look for what is theirs, and not to where they are only looked up by their names, or where the settings put what they have for Jupyter. */
export function putAnywhere(
  wheel: Archive,
  settings = "",
): (path: string) => boolean {
  const own = ownNames(wheel)
  const put = jupyterFolders(settings)
  return (path) => {
    if (isCommand(path)) return true
    const inner = /^[^/]+\.data\/data\/(.*)$/i.exec(path)?.[1]
    return (
      inner !== undefined &&
      !isLookedUp(inner, own) &&
      !put.some((each) => isBelow(inner, each))
    )
  }
}

/** Where settings put what Jupyter takes unasked, written as a path or part by part; a name that they compute may be any. */
function jupyterFolders(settings: string): string[] {
  const joined = settings.replace(/["']\s*,\s*["']/g, "/")
  return [...joined.matchAll(JUPYTER)].map(([, folder = ""]) =>
    folder.replace(/\/$/, ""),
  )
}

const JUPYTER =
  /(?<![\w./-])(?:\.\/)?(share\/jupyter(?:\/[\w.@-]+)*\/?)(?=["'%{=\s])/g

function isLookedUp(path: string, own: readonly string[]): boolean {
  const inner = /^share\/(.*)$/.exec(path)?.[1]
  return (
    inner !== undefined && (LOOKED_UP.test(inner) || isNamedFor(own, inner))
  )
}

function isNamedFor(own: readonly string[], path: string): boolean {
  const found = NAMED.flatMap((each) => each.exec(path)?.[1] ?? [])
  if (found.length === 0)
    return !OF_OTHERS.test(path) && own.includes(normalizeName(topOf(path)))
  // Desktops put the name of a site before it, and npm that of a scope.
  const names = found
    .flatMap((each) => [
      ...[each, each.replace(/^.*\./, "")],
      ...[each.replace(/^@.*\//, ""), each.replace(/^@(.*)\//, "$1-")],
    ])
    .map(normalizeName)
  return own.some((each) =>
    names.some((one) => one === each || one.startsWith(`${each}-`)),
  )
}

/** What a wheel has of its own accord at its top. */
const OF_WHEEL = /\.(?:data|dist-info)$/

/** What a wheel is called by, and its packages and commands, whose own gates ask whether they are the project's. */
function ownNames({ entries, entryPoints = [], name }: Archive): string[] {
  const paths = entries.map((each) => installed(each.name))
  const commands = paths.filter(isCommand).map((path) => posix.basename(path))
  const packages = paths.map(topOf).filter((top) => !OF_WHEEL.test(top))
  const points = entryPoints.filter(({ group }) => group.endsWith("_scripts"))
  const names = [
    name.replace(/-.*$/, ""),
    ...[...commands, ...packages].map((each) => posix.parse(each).name),
    ...points.map((each) => each.name),
  ]
  return [...new Set(names.map(normalizeName))]
}
