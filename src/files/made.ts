import { type Allowed, isAllowed } from "../config/allowed.js"
import { isBelow } from "../frontend/output.js"
import { isCode, isRunElsewhere } from "../frontend/written.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { literal } from "../text/literal.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, innerPath } from "./facts.js"
import { installed, isOwn } from "./forbidden.js"
import { installedPath } from "./frontend-manifest.js"
import {
  bytesOf,
  changedFrom,
  isBeside,
  isBrought,
  isCommand,
  isMadeByAny,
  movedTops,
  names,
  type Own,
  placed,
  putAnywhere,
  type SdistFiles,
  sourcesOf,
  topOf,
} from "./origins.js"
import { isWritten, type Present, saysVersion } from "./untracked.js"

/** What a project has and is called by. */
export type Has = Own & Present

/** A file of a wheel, where an installer puts it. */
interface Made {
  readonly file: string
  readonly path: string
  /** Its first folder has no name of the project's, and is no package of it that moved. */
  readonly stranger: boolean
  /** It belongs to no package. */
  readonly beside: boolean
  /** It goes to where others look for what is theirs. */
  readonly anywhere: boolean
}

/** What a wheel has and the sdist has not, neither by its name nor by its content, or under a name that is nobody's: its build made that. Of the project is asked what a build may have put into the sdist first. */
export function madeFiles(
  { files }: Facts,
  has: Has,
  of: "sdist" | "project",
): Made[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return []
  const sources = sourcesOf(of === "sdist" ? sdist : ofProject(sdist, has))
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) => {
      const owned = ownedTops(wheel, sdist, has)
      const isAnywhere = putAnywhere(wheel, sdist.settings)
      const isStranger = (path: string) =>
        !isBeside(wheel, path) && !owned.has(topOf(path))
      return newIn(wheel, sources, isStranger).map((path) => ({
        file: wheel.name,
        path,
        beside: isBeside(wheel, path),
        anywhere: isAnywhere(path),
        stranger: isStranger(path),
      }))
    })
}

/** An sdist without what its build made. */
function ofProject(sdist: Archive, has: Has): Archive {
  const isMade = madeBy(sdist, has)
  return { ...sdist, entries: sdist.entries.filter((each) => !isMade(each)) }
}

/** Whether neither the project has a file of its sdist, nor a frontend wrote it, nor was it taken from around the project. */
function madeBy(sdist: Archive, { destinations, tracked }: Has) {
  const own = new Set(tracked)
  const around = (sdist.settings ?? "")
    .split("\n")
    .filter((line) => line.includes("../"))
  return ({ name, unlike }: Archive["entries"][number]) => {
    if (unlike !== "made") return false
    const path = innerPath(sdist, name)
    const above = [path, ...foldersOf(path)]
    return (
      // What git tracks as a link leads to what is in no folder of the project.
      !above.some((each) => own.has(each)) &&
      !destinations.some((each) => isBelow(path, each)) &&
      !around.some((line) => above.some((each) => names(line, each)))
    )
  }
}

/** What a wheel has at its top by a name of the project's; a backend may give a package another, as a whole or by its settings. */
function ownedTops(
  wheel: Archive,
  sdist: Archive,
  has: Has,
): ReadonlySet<string> {
  const moved = movedTops(wheel, ofProject(sdist, has))
  const isNamed = namesIn(sdist, has)
  const tops = new Set(wheel.entries.map(({ name }) => topOf(installed(name))))
  return new Set([...tops].filter((top) => moved.has(top) || isNamed(top)))
}

/** Whether something of the project has a name: where a build only moved a file, its folder may be made. */
function namesIn(sdist: Archive, has: Has): (top: string) => boolean {
  const isMade = madeBy(sdist, has)
  const own = sdist.entries
    .filter((each) => each.unlike !== "moved" && !isMade(each))
    .map(({ name }) => innerPath(sdist, name))
  const known = [...own, ...has.present, ...has.tracked, ...has.destinations]
  const parts = new Set(known.flatMap((path) => path.split("/")))
  return (top) =>
    parts.has(top) ||
    isOwn(top, has.module) ||
    // What more it does than say a version is asked elsewhere.
    isWritten(top) ||
    isPlacedBy(sdist.settings ?? "", top)
}

/** What a build added to the sdist, and an install would give to Python: compiled code, and what has no name of the project's. */
export function addedToSdist(
  { files }: Facts,
  has: Has,
): { compiled: string[]; strangers: string[] } {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return { compiled: [], strangers: [] }
  const isNamed = namesIn(sdist, has)
  const made = sdist.entries
    .filter(madeBy(sdist, has))
    .map(({ name }) => innerPath(sdist, name))
  const isStranger = (path: string) =>
    isCode(path) && !isSettings(path) && !isNamed(topIn(path, has))
  return {
    compiled: made.filter(isCompiled),
    strangers: made.filter(isStranger),
  }
}

/** What a path of the project begins with once it is installed. */
function topIn(path: string, { packageDir }: Has): string {
  return topOf(installedPath(path, packageDir).replace(/^src\//, ""))
}

/** Whether Python loads it without its source. */
export function isCompiled(path: string): boolean {
  return /\.(so|pyd|pyc|pyo|dylib)$/i.test(path)
}

function foldersOf(path: string): string[] {
  const parts = path.split("/")
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/"))
}

/** Whether settings say a path at the top of the wheel, which no requirement looks like. */
function isPlacedBy(settings: string, top: string): boolean {
  const name = literal(top.includes(".") ? top : `${top}/`)
  const place = `["'][^"'\\n]*/[^"'\\n]*["']\\s*=\\s*["'](?:src/)?${literal(top)}["']`
  return new RegExp(`["']${name}|${place}`).test(settings)
}

/** Some backends write the name of its folder otherwise than that of the wheel, and the same into it as into the sdist. */
function isDescription(path: string): boolean {
  return /^[^/]+\.dist-info\//.test(path)
}

function newIn(
  wheel: Archive,
  sources: SdistFiles,
  isStranger: (path: string) => boolean,
): string[] {
  const { byContent, byEnd } = sources
  return wheel.entries
    .filter(({ name, sha256, size }) => {
      if (isMadeByAny(wheel, name)) return false
      const path = installed(name)
      if (isBeside(wheel, path)) return !isBrought(path, sha256, sources)
      return (
        !byEnd.has(placed(path)) &&
        (!byContent.has(sha256) ||
          size === 0 ||
          (isStranger(path) && !isDescription(name)))
      )
    })
    .map(({ name }) => installed(name))
}

/** Refuses what would be installed under a name that the project does not have: a build that somebody took over adds it. */
export function refuseMade(facts: Facts, has: Has, allowed: Allowed): string[] {
  const found = strangers(facts, has).filter(
    ({ path }) => !isAllowed(allowed, path),
  )
  const files = [...new Set(found.map(({ file }) => file))]
  return files.map((name) => {
    const tops = found.filter(({ file }) => file === name)
    const shown = [...new Set(tops.map(({ top }) => code(top)))]
    return `\`${name}\` brings ${few(shown)}, of which the project has nothing under that name, so that only its build can have made it; an install would put it beside everybody's packages. If that is meant, allow it in \`[tool.shipwheel.allow]\` with its reason`
  })
}

/** What is refused of a wheel or an sdist unless it is allowed. */
export function strangersIn(facts: Facts, has: Has): string[] {
  return strangers(facts, has).map(({ path }) => path)
}

function strangers(
  facts: Facts,
  has: Has,
): { file: string; path: string; top: string }[] {
  const sdist = facts.files.find(({ name }) => !isWheel(name))?.name ?? ""
  return [
    ...madeFiles(facts, has, "project")
      .filter(({ stranger }) => stranger)
      .map(({ file, path }) => ({ file, path, top: topOf(path) })),
    ...addedToSdist(facts, has).strangers.map((path) => ({
      ...{ file: sdist, path },
      top: topIn(path, has),
    })),
  ]
}

/** What a build made or changed on its way, and may: nobody has read it. */
const ON_THE_WAY: readonly {
  readonly find: (facts: Facts, has: Has) => string[]
  readonly tell: (paths: string) => string
}[] = [
  {
    find: (facts) => unlikeIn(facts, "made").filter(isCode),
    tell: (paths) =>
      `The build makes code that is in the sdist and not in the project: ${paths}.`,
  },
  {
    find: (facts, has) => changedOnTheWay(facts, has).others,
    tell: (paths) =>
      `The build changes files on their way from the project into the sdist: ${paths}.`,
  },
  {
    find: (facts, has) =>
      madeFiles(facts, has, "sdist")
        .filter(
          ({ beside, path, stranger }) =>
            !beside && !stranger && isRun(path, has),
        )
        .map(({ path }) => path),
    tell: (paths) =>
      `The build makes code that is in the wheel and not in the sdist: ${paths}.`,
  },
  {
    find: (facts, has) =>
      madeFiles(facts, has, "sdist")
        .filter(({ anywhere, beside }) => beside && !anywhere)
        .map(({ path }) => path),
    tell: (paths) =>
      `The build makes files beside the packages that the sdist does not have by that name: ${paths}.`,
  },
]

export function remarkMade(facts: Facts, has: Has): string[] {
  return ON_THE_WAY.flatMap(({ find, tell }) => {
    const shown = new Set(find(facts, has).map(code))
    return shown.size === 0 ? [] : [tell(few([...shown]))]
  })
}

/** The files of an sdist that what it was built from has not so; what every backend writes is none of them. */
export function unlikeIn({ files }: Facts, how: "changed" | "made"): string[] {
  return files.flatMap((file) =>
    file.entries
      .filter(({ unlike }) => unlike === how)
      .map((entry) => ({ entry, path: innerPath(file, entry.name) }))
      .filter(
        ({ entry, path }) =>
          entry.acts || path === "setup.cfg" || !saysVersion(entry, path),
      )
      .map(({ path }) => path),
  )
}

/** What a build writes a version into, and is no code of the project: it may do nothing else. */
export function versionsThatAct(
  facts: Facts,
  has: Has,
): { file: string; path: string }[] {
  const made = new Map(
    facts.files.map((file) => [file.name, madeIn(file, facts, has)]),
  )
  return facts.files.flatMap((file) =>
    file.entries
      .filter(({ acts }) => acts)
      .map(({ name }) => ({ file: file.name, path: pathIn(file, name) }))
      .filter(({ path }) => isWritten(path) && made.get(file.name)?.has(path)),
  )
}

function madeIn(file: Archive, facts: Facts, has: Has): ReadonlySet<string> {
  return new Set(
    isWheel(file.name)
      ? madeFiles(facts, has, "sdist").map(({ path }) => path)
      : unlikeIn(facts, "made"),
  )
}

function pathIn(file: Archive, name: string): string {
  return isWheel(file.name) ? installed(name) : innerPath(file, name)
}

/** What an sdist has with other bytes than the project: what is run or says what is, and the others. */
export function changedOnTheWay(
  facts: Facts,
  has: Has,
): { deciding: string[]; others: string[] } {
  const [scripts, stamped] = [scriptsIn(facts), stampedIn(facts)]
  const decides = (path: string) =>
    !stamped.has(path) &&
    (isRun(path, has) || isSettings(path) || scripts.has(path))
  const changed = unlikeIn(facts, "changed")
  return {
    deciding: changed.filter(decides),
    others: changed.filter((path) => !decides(path)),
  }
}

/** Whether a file runs by its name; what a frontend writes is held to its output. */
export function isRun(path: string, { destinations }: Has): boolean {
  return (
    isCode(path) ||
    (isRunElsewhere(path) && !destinations.some((each) => isBelow(path, each)))
  )
}

function stampedIn({ files }: Facts): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) =>
      file.entries
        .filter(({ stamped }) => stamped)
        .map(({ name }) => innerPath(file, name)),
    ),
  )
}

/** What of an sdist runs, whatever it is called: it says so itself, or a wheel has it as a command. */
function scriptsIn({ files }: Facts): ReadonlySet<string> {
  const commands = new Set(
    files
      .filter(({ name }) => isWheel(name))
      .flatMap(({ entries }) => entries)
      .filter(({ name }) => isCommand(name))
      .flatMap(bytesOf),
  )
  return new Set(
    files
      .filter(({ name }) => !isWheel(name))
      .flatMap((file) =>
        file.entries
          .filter(
            (each) =>
              each.runs || bytesOf(each).some((bytes) => commands.has(bytes)),
          )
          .map(({ name }) => innerPath(file, name)),
      ),
  )
}

/** The links of an sdist that the project does not have as the same ones: they may lead to any other file of it. */
export function madeLinks({ files }: Facts, has: Has): string[] {
  return files
    .filter(({ name }) => !isWheel(name))
    .flatMap((file) =>
      file.entries
        .filter(({ link, unlike }) => link && unlike !== undefined)
        .map(({ name }) => innerPath(file, name)),
    )
    .filter((path) => !has.destinations.some((each) => isBelow(path, each)))
}

/** What a build from an sdist is decided by. */
function isSettings(path: string): boolean {
  return /^(pyproject\.toml|setup\.(cfg|py)|(hatch|pdm)\.toml|MANIFEST\.in)$/.test(
    path,
  )
}

/** Backends that don't run the `setup.py` that some of them write. */
const RUNS_NO_SETUP = /^(poetry|pdm|flit|hatchling|uv_build)/

/** Settings that an sdist has and the project has not. */
export function madeSettings(facts: Facts, backend: string): string[] {
  return unlikeIn(facts, "made")
    .filter(isSettings)
    .filter((path) => path !== "setup.py" || !RUNS_NO_SETUP.test(backend))
}

/** The files of a wheel that the sdist has with other bytes, though the wheel is made from it. */
export function changedIn(
  { files }: Facts,
  own: Own,
): { file: string; path: string }[] {
  const sdist = files.find(({ name }) => !isWheel(name))
  if (!sdist) return []
  return files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) =>
      changedFrom(sourcesOf(sdist), wheel, own).map(({ name }) => ({
        file: wheel.name,
        path: installed(name),
      })),
    )
}
