import { type Allowed, isAllowed } from "../config/allowed.js"
import { isCode } from "../frontend/written.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { isWheel } from "./distribution.js"
import {
  type Archive,
  type EntryPoint,
  type Facts,
  innerPath,
  paths,
} from "./facts.js"
import { installed, isOwn } from "./forbidden.js"
import { isWritten } from "./untracked.js"

/** What describes a wheel is in no sdist, and compiled translations are there as what they are made of. */
const MADE_BY_ANY =
  /^[^/]+\.(?:dist-info|data)\/(?!purelib|platlib)|\.mo$|(?:^|\/)__pycache__\//

/** A file of a wheel, where an installer puts it. */
interface Made {
  readonly file: string
  readonly path: string
  /** Nothing of the sdist has its first folder's name. */
  readonly stranger: boolean
}

/** What a wheel has and the sdist has not, neither by its name nor by its content: its build made that. */
export function madeFiles({ files }: Facts, module: string): Made[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return []
  const known = paths(sdist)
  const contents = new Set(sdist.entries.map(({ sha256 }) => sha256))
  const parts = new Set(known.flatMap((path) => path.split("/")))
  const isKnown = (path: string) =>
    known.some((each) => each === path || each.endsWith(`/${path}`))
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) => {
      const moved = movedTops(wheel, contents)
      return newIn(wheel, contents)
        .filter((path) => !isKnown(path))
        .map((path) => ({
          file: wheel.name,
          path,
          stranger:
            !parts.has(topOf(path)) &&
            !moved.has(topOf(path)) &&
            !isOwn(path, module),
        }))
    })
}

/** The folders of a wheel that hold what the sdist has under another name: a backend moved the package there. */
function movedTops(
  wheel: Archive,
  contents: ReadonlySet<string>,
): ReadonlySet<string> {
  const known = wheel.entries.filter(
    ({ sha256, size }) => size > 0 && contents.has(sha256),
  )
  return new Set(known.map(({ name }) => topOf(installed(name))))
}

function newIn(wheel: Archive, contents: ReadonlySet<string>): string[] {
  return wheel.entries
    .filter(
      ({ name, sha256, size }) =>
        !MADE_BY_ANY.test(name) && (size === 0 || !contents.has(sha256)),
    )
    .map(({ name }) => installed(name))
}

function topOf(path: string): string {
  return path.split("/")[0] ?? ""
}

/** Refuses what would be installed under a name that the project does not have: a build that somebody took over adds it. */
export function refuseMade(
  facts: Facts,
  module: string,
  allowed: Allowed,
): string[] {
  const found = madeFiles(facts, module).filter(
    ({ path, stranger }) => stranger && !isAllowed(allowed, path),
  )
  const wheels = [...new Set(found.map(({ file }) => file))]
  return wheels.map((wheel) => {
    const tops = found.filter(({ file }) => file === wheel)
    const shown = [...new Set(tops.map(({ path }) => code(topOf(path))))]
    return `\`${wheel}\` brings ${few(shown)}, of which the sdist has nothing, so that only its build can have made it; an install would put it beside everybody's packages. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`
  })
}

/** What is refused of a wheel unless it is allowed. */
export function strangersIn(facts: Facts, module: string): string[] {
  return madeFiles(facts, module)
    .filter(({ stranger }) => stranger)
    .map(({ path }) => path)
}

/** What a build made or changed on its way, and may: nobody has read it. */
const ON_THE_WAY: readonly {
  readonly find: (facts: Facts, module: string) => string[]
  readonly tell: (paths: string) => string
}[] = [
  {
    find: (facts) => unlikeIn(facts, "made").filter(isCode),
    tell: (paths) =>
      `The build makes code that is in the sdist and not in the project: ${paths}.`,
  },
  {
    find: (facts) =>
      unlikeIn(facts, "changed").filter((path) => !decides(path)),
    tell: (paths) =>
      `The build changes files on their way from the project into the sdist: ${paths}.`,
  },
  {
    find: (facts, module) =>
      madeFiles(facts, module)
        .filter(({ path, stranger }) => !stranger && isCode(path))
        .map(({ path }) => path),
    tell: (paths) =>
      `The build makes code that is in the wheel and not in the sdist: ${paths}.`,
  },
]

export function remarkMade(facts: Facts, module: string): string[] {
  return ON_THE_WAY.flatMap(({ find, tell }) => {
    const shown = new Set(find(facts, module).map(code))
    return shown.size === 0 ? [] : [tell(few([...shown]))]
  })
}

/** The files of an sdist that what it was built from has not so; what every backend writes is none of them. */
export function unlikeIn({ files }: Facts, how: "changed" | "made"): string[] {
  return files.flatMap((file) =>
    file.entries
      .filter(({ unlike }) => unlike === how)
      .map(({ acts, name }) => ({ acts, path: innerPath(file, name) }))
      .filter(
        ({ acts, path }) => acts || isChanged(path, how) || !isWritten(path),
      )
      .map(({ path }) => path),
  )
}

/** What a build writes a version into, and is no code of the project: it may do nothing else. */
export function versionsThatAct(
  facts: Facts,
): { file: string; path: string }[] {
  const made = new Map(
    facts.files.map((file) => [file.name, madeIn(file, facts)]),
  )
  return facts.files.flatMap((file) =>
    file.entries
      .filter(({ acts }) => acts)
      .map(({ name }) => ({ file: file.name, path: pathIn(file, name) }))
      .filter(({ path }) => isWritten(path) && made.get(file.name)?.has(path)),
  )
}

function madeIn(file: Archive, facts: Facts): ReadonlySet<string> {
  return new Set(
    isWheel(file.name)
      ? madeFiles(facts, "").map(({ path }) => path)
      : unlikeIn(facts, "made"),
  )
}

function pathIn(file: Archive, name: string): string {
  return isWheel(file.name) ? installed(name) : innerPath(file, name)
}

/** What setuptools writes into its settings is known, and is no change of them. */
function isChanged(path: string, how: "changed" | "made"): boolean {
  return path === "setup.cfg" && how === "changed"
}

/** What is run, or says what is. */
export function decides(path: string): boolean {
  return isCode(path) || /^(pyproject\.toml|setup\.cfg)$/.test(path)
}

/** The files of a wheel that the sdist has with other bytes, though the wheel is made from it. */
export function changedIn(
  { files }: Facts,
  own: Own,
): { file: string; path: string }[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return []
  const known = new Map(
    sdist.entries.map(({ name, sha256 }) => [innerPath(sdist, name), sha256]),
  )
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) => {
      const moves = [homeOf(own), ...movesOf(wheel, known)]
      return wheel.entries
        .filter(({ name }) => !MADE_BY_ANY.test(name))
        .filter((entry) => {
          const origins = originsOf(installed(entry.name), moves, known)
          return (
            origins.length > 0 &&
            origins.every((each) => known.get(each) !== entry.sha256)
          )
        })
        .map(({ name }) => ({ file: wheel.name, path: installed(name) }))
    })
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

function homeOf({ module, packageDir }: Own): Move {
  return { to: module.replaceAll(".", "/"), from: packageDir }
}

/** By what most files of a wheel came to where they are; empty ones are alike everywhere. */
function movesOf(wheel: Archive, known: ReadonlyMap<string, string>): Move[] {
  const byContent = new Map<string, string[]>()
  for (const [path, content] of known)
    byContent.set(content, [...(byContent.get(content) ?? []), path])
  const counted = new Map<string, { move: Move; count: number }>()
  for (const { name, sha256, size } of wheel.entries) {
    if (size === 0 || MADE_BY_ANY.test(name)) continue
    const [move] = (byContent.get(sha256) ?? [])
      .map((path) => moveOf(installed(name), path))
      .sort(byLength)
    if (!move) continue
    const key = `${move.to}\n${move.from}`
    counted.set(key, { move, count: (counted.get(key)?.count ?? 0) + 1 })
  }
  return [...counted.values()]
    .sort(
      (one, other) => other.count - one.count || byLength(one.move, other.move),
    )
    .map(({ move }) => move)
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
  known: ReadonlyMap<string, string>,
): string[] {
  const isOrigin = ({ from, to }: Move) =>
    path.startsWith(to) && known.has(from + path.slice(to.length))
  const move = moves.find(isOrigin)
  return move === undefined
    ? [...known.keys()].filter((each) => each.endsWith(`/${path}`))
    : [move.from + path.slice(move.to.length)]
}

/** Until then an sdist did not say what its wheels may say otherwise. */
const SAYS_WHAT_IS_DYNAMIC = 2.2

/** What a wheel requires and its sdist does not, or the other way round, where that is not dynamic (PEP 643). */
export function redescribed({ files }: Facts): string[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist || !saysWhatIsDynamic(sdist)) return []
  const dynamic = sdist.metadata.Dynamic.map((each) => each.toLowerCase())
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) =>
      REQUIRING.filter((field) => !dynamic.includes(field.toLowerCase()))
        .map((field) => ({
          field,
          added: without(valuesOf(wheel, field), valuesOf(sdist, field)),
          gone: without(valuesOf(sdist, field), valuesOf(wheel, field)),
        }))
        .filter(({ added, gone }) => added.length + gone.length > 0)
        .map(
          ({ added, field, gone }) =>
            `\`${field}\` of \`${wheel.name}\` is not that of the sdist, which does not call it dynamic (PEP 643): ${[...told("added", added), ...told("gone", gone)].join("; ")}`,
        ),
    )
}

/** What files require or are found by that a static `[project]` does not say, though it says all of that (PEP 621). */
export function unstated({ files, stated = {} }: Facts): string[] {
  const { entryPoints, requires } = stated
  const points = entryPoints?.map(pointInWords)
  return files.flatMap((file) => [
    ...added(
      `\`${file.name}\` requires`,
      without(requires ? file.requires : [], requires ?? []),
    ),
    ...added(
      `\`${file.name}\` has the entry points`,
      without(
        points ? (file.entryPoints ?? []).map(pointInWords) : [],
        points ?? [],
      ),
    ),
  ])
}

function added(what: string, values: readonly string[]): string[] {
  return values.length === 0
    ? []
    : [
        `${what} ${few(values.map(code))}, which \`[project]\` does not say and does not call dynamic (PEP 621)`,
      ]
}

function pointInWords({ group, name, value }: EntryPoint): string {
  return `${group}: ${name} = ${value.replace(/\s/g, "")}`
}

/** What decides on what an install brings. */
const REQUIRING = [
  "Requires-Dist",
  "Provides-Extra",
  "Requires-Python",
] as const

function saysWhatIsDynamic({ metadata }: Archive): boolean {
  return Number(metadata["Metadata-Version"] ?? 0) >= SAYS_WHAT_IS_DYNAMIC
}

function valuesOf(
  { metadata }: Archive,
  field: (typeof REQUIRING)[number],
): string[] {
  return [metadata[field] ?? []].flat()
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((each) => !others.includes(each))
}

function told(what: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${what} ${few(values.map(code))}`]
}
