import { posix } from "node:path"

import { hasModules, isBelow } from "../frontend/output.js"
import { deadEnd, type Links } from "../git/tracked.js"
import { covers, takesAny } from "../reading/path-patterns.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import type { DataPattern } from "./data-patterns.js"
import { isWheel } from "./distribution.js"
import { type Archive, type Facts, paths } from "./facts.js"
import { isInForbidden } from "./forbidden.js"
import { installedPath } from "./frontend-manifest.js"

/** What a project has that its files may lack. */
export interface Possessions {
  readonly packageDir: string
  /** The files that git tracks, or would. */
  readonly tracked: readonly string[]
  /** Whether a commit tells which: else a folder may have what an earlier export left. */
  readonly committed: boolean
  readonly patterns: readonly DataPattern[]
  /** The folders of submodules, whose own projects have files that are nothing of this package. */
  readonly submodules?: readonly string[]
  /** What the backend is told by name to leave out. */
  readonly excluded: readonly string[]
  /** Folders that a frontend is built in, whose files are no part of the package. */
  readonly frontends: readonly string[]
  /** Where each frontend's output goes; its own gate compares that. */
  readonly destinations: readonly string[]
  /** Absent where there are none. */
  readonly links?: Links
  /** Reason by path or pattern of what is left out on purpose. */
  readonly notShipped: ReadonlyMap<string, string>
}

/** For those who work on a package, and not for those who install it. */
const FOR_AUTHORS = [
  /(^|\/)\.[^/]+$/,
  /(^|\/)(Makefile|Dockerfile|BUILD|BUILD\.bazel|meson\.build|CMakeLists\.txt|package(-lock)?\.json|tsconfig\.json|pyproject\.toml|setup\.(py|cfg)|MANIFEST\.in|conftest\.py)$/,
  /(^|\/)(test_[^/]*|[^/]*_test)\.py$/,
]
const FOLDERS_FOR_AUTHORS =
  /(^|\/)(tests?|testing|_tests?|benchmarks?|__snapshots__|docs?)\//
const NOTE =
  /^(README|CHANGES?|CHANGELOG|HISTORY|NEWS|CONTRIBUT(ING|ORS)|AUTHORS|NOTICES?|LICEN[CS]ES?|COPYING|TODO)(?![a-z])/i
/** What others' projects are made from has what else would be of this one. */
const SKELETON =
  /(^|\/)(templates?|skeletons?|scaffold(s|ing)?|boilerplates?|cookiecutters?)\/.*/
/** What something else is made from, which is in the package in its place. */
const SOURCES =
  /\.(pyx|pxd|pxi|c|cc|cpp|cxx|h|hpp|cu|rs|f|f90|pot|proto|thrift|scss|sass|less|tsx?|jsx|vue|svelte|coffee|map|in|j2\.py|patch|ipynb)$/

const OF_FRONTENDS = /\.(scss|sass|less|tsx?|jsx|vue|svelte)$/

/** The files of the package that the wheel does not have. */
export interface Missing {
  /** Nobody who installs the package will have them. */
  readonly lost: readonly string[]
  /** Left out on purpose, by what the backend is told. */
  readonly named: readonly string[]
  /** Probably not meant for the package. */
  readonly others: readonly string[]
}

export function missingFiles(files: Facts["files"], has: Possessions): Missing {
  const all = packageDirs(files, has).map((packageDir) =>
    missingIn(files, { ...has, packageDir }),
  )
  return {
    lost: all.flatMap(({ lost }) => lost),
    named: all.flatMap(({ named }) => named),
    others: all.flatMap(({ others }) => others),
  }
}

/** The project's package, and those beside it that a wheel brings as well. */
export function packageDirs(
  files: Facts["files"],
  { packageDir, tracked }: Possessions,
): string[] {
  const root = packageDir.replace(/[^/]*$/, "")
  const tops = files
    .filter(({ name }) => isWheel(name))
    .flatMap((wheel) => paths(wheel).map((path) => path.replace(/\/.*$/, "")))
  const beside = [...new Set(tops)]
    .map((top) => `${root}${top}`)
    .filter(
      (each) =>
        each !== packageDir &&
        tracked.includes(`${each}/__init__.py`) &&
        // By mistake tests come along: that is told by another rule.
        !FOLDERS_FOR_AUTHORS.test(`${each}/`),
    )
  return [packageDir, ...beside]
}

function missingIn(files: Facts["files"], has: Possessions): Missing {
  const wheels = files.filter(({ name }) => isWheel(name))
  const shipped = wheels.map((wheel) => shippedIn(wheel, has.packageDir))
  const isShipped = (path: string) => shipped.some((isIn) => isIn(path))
  const names = new Set(wheels.flatMap(paths).map(withoutHash))
  const isAgain = (path: string) =>
    isShipped(path) ||
    names.has(withoutHash(installedPath(path, has.packageDir)))
  const replaced = has.destinations.filter(
    (each) => !has.committed || isOldBuild(each, has, isAgain),
  )
  const missing = packageFiles({ ...has, destinations: replaced }).filter(
    (path) => !isShipped(path),
  )
  const sources = sourceFolders(missing, has)
  const others = (path: string) =>
    sources.some((each) => path.startsWith(each)) || isForAuthors(path, has)
  const named = missing.filter((path) => isNamed(path, has))
  const unnamed = missing.filter((path) => !named.includes(path))
  return {
    lost: unnamed.filter((path) => !others(path)),
    named,
    others: unnamed.filter(others),
  }
}

/** Whether the backend is told of it, or of a folder in the package that it is in; a name alone may be meant for what is at the project's top. */
function isNamed(
  path: string,
  { excluded, packageDir, tracked }: Possessions,
): boolean {
  const root = packageDir.replace(/[^/]*$/, "")
  const inner = path.slice(packageDir.length)
  const isInside = (named: string) =>
    named.startsWith(`${packageDir}/`) && isBelow(path, named)
  return excluded.some((each) => {
    const name = each.replace(/^\*\*\//, "")
    const isAnywhere =
      name !== each ||
      (!each.includes("/") && !tracked.some((one) => isBelow(one, each)))
    return isAnywhere
      ? `${inner}/`.includes(`/${name}/`)
      : isInside(each) || isInside(root + each)
  })
}

/** Whether what git tracks in a frontend's destination is an earlier output: of that some names are there again, and what is not has gone on purpose. */
function isOldBuild(
  destination: string,
  has: Possessions,
  isAgain: (path: string) => boolean,
): boolean {
  const tracked = has.tracked.filter((path) => isBelow(path, destination))
  return tracked.some((path) => !isForAuthors(path, has) && isAgain(path))
}

/** Bundlers call a file by its content as well, such as `app-Bx3kT9a_.js`. */
function withoutHash(path: string): string {
  return path.replace(/[-._][\w-]{8,}(?=\.[^/]+$)/, "")
}

/** By its name and its folders, as far as those are of the project itself; a subpackage for testing with the package is none. */
function isForAuthors(path: string, has: Possessions): boolean {
  const inner = path.slice(has.packageDir.length)
  const own = inner.replace(SKELETON, "")
  if (
    FOLDERS_FOR_AUTHORS.test(withoutSubpackage(`${own}/`, has)) ||
    isNote(inner)
  )
    return true
  return own === inner
    ? SOURCES.test(inner) || FOR_AUTHORS.some((each) => each.test(inner))
    : SOURCES.test(inner.replace(/\.in$/, "")) || /\/\.gitkeep$/.test(inner)
}

function withoutSubpackage(
  inner: string,
  { packageDir, tracked }: Possessions,
): string {
  return tracked.includes(`${packageDir}/testing/__init__.py`)
    ? inner.replace(/^\/testing\//, "/")
    : inner
}

/** Code, pages and data are none, whatever they are called. */
function isNote(path: string): boolean {
  const name = path.replace(/^.*\//, "")
  return (
    NOTE.test(name) &&
    (/\.(md|markdown|rst|txt|adoc)$/i.test(name) || !/\.[a-z\d]+$/.test(name))
  )
}

/** The folders of the package that a frontend is made of: they have its sources, and nothing of them is shipped. */
function sourceFolders(
  missing: readonly string[],
  { destinations, packageDir, tracked }: Possessions,
): string[] {
  if (destinations.length === 0) return []
  const folderOf = (path: string) =>
    /^[^/]+\//.exec(path.slice(packageDir.length + 1))?.[0] ?? ""
  const lacks = new Set(missing)
  const kept = tracked
    .filter((path) => path.startsWith(`${packageDir}/`) && !lacks.has(path))
    .map(folderOf)
  return missing
    .filter((path) => OF_FRONTENDS.test(path))
    .map(folderOf)
    .filter((each) => each !== "" && !kept.includes(each))
    .map((each) => `${packageDir}/${each}`)
}

/** What the package's folder has, less what is said to be left out, and what a frontend is made of. */
function packageFiles(has: Possessions): string[] {
  const { destinations, frontends, notShipped, packageDir, tracked } = has
  const { submodules = [] } = has
  const all = new Set(tracked)
  const isModule = (path: string) => {
    const folder = posix.dirname(path)
    const isPackage = folder === packageDir || all.has(`${folder}/__init__.py`)
    return isPackage && /(\.pyi?|\/py\.typed)$/.test(path)
  }
  const shared = frontends.filter((each) =>
    hasModules(each, packageDir, tracked),
  )
  const isIn = (path: string, folders: readonly string[]) =>
    folders.some((each) => each !== "" && path.startsWith(`${each}/`))
  const own = frontends.filter((each) => !shared.includes(each))
  return tracked
    .filter((path) => path.startsWith(`${packageDir}/`))
    .filter((path) => !isInForbidden(path))
    .filter((path) => !submodules.some((each) => path.startsWith(each)))
    .filter((path) => !isIn(path, own))
    .filter(
      (path) => isModule(path) || !isIn(path, [...shared, ...destinations]),
    )
    .filter(
      (path) => ![...notShipped.keys()].some((each) => covers(each, path)),
    )
}

/** Under its own name or, where the backend moves the package, under any that ends alike; a translation is there as what it is compiled to. */
function shippedIn(
  wheel: Archive,
  packageDir: string,
): (path: string) => boolean {
  const names = paths(wheel).map((each) =>
    each.replace(/^[^/]+\.data\/(purelib|platlib)\//, ""),
  )
  const all = new Set(names)
  const top = installedPath(packageDir, packageDir)
  const moved = !names.some((each) => each.startsWith(`${top}/`))
  return (path) => {
    const compiled = path.replace(/\.po$/, ".mo")
    const inner = compiled.slice(packageDir.length)
    return moved
      ? names.some((each) => each.endsWith(inner))
      : all.has(installedPath(compiled, packageDir))
  }
}

/** The patterns that no file fits, neither of the project nor of what was built. */
export function emptyPatterns(
  files: Facts["files"],
  has: Possessions,
): DataPattern[] {
  const all = [...new Set([...has.tracked, ...files.flatMap(paths)])]
  const root = has.packageDir.replace(/[^/]*$/, "")
  const installed = all.map((path) =>
    path.startsWith(root) ? path.slice(root.length) : path,
  )
  const data = files
    .filter(({ name }) => isWheel(name))
    .flatMap(paths)
    .flatMap((path) => /^[^/]+\.data\/(.*)$/.exec(path)?.[1] ?? [])
  return has.patterns.filter(({ anywhere, lands, module, pattern }) => {
    if (has.notShipped.has(pattern)) return false
    if (lands !== undefined) return !takesAny(`/${lands}`, data)
    if (/^(!|\.\.\/)/.test(pattern)) return false
    if (anywhere) return !takesAny(`**/${pattern}`, all)
    if (module === undefined) return !takesAny(pattern, all)
    const folder = module.replaceAll(".", "/")
    return !takesAny(`/${folder}/${pattern}`, [...installed, ...all])
  })
}

/** Whether something is missing where a pattern fits no file. */
export function isNeeded({ anywhere, spare }: DataPattern): boolean {
  return !anywhere && !spare
}

function shownLost(path: string, has: Possessions): string {
  const end = endOf(path, has)
  return end
    ? `${code(path)} (a link to ${code(end.to)}, ${end.why})`
    : code(path)
}

/** Where a file leads, where that is the reason that it is missing. */
export function endOf(path: string, { links }: Possessions) {
  return links && deadEnd(path, links)
}

/** What stops: files that would be lost, and patterns that were to bring files. */
export function refuseIncomplete({ files }: Facts, has: Possessions): string[] {
  const { lost } = missingFiles(files, has)
  return [
    ...(lost.length > 0
      ? [
          `the wheel lacks ${lost.length === 1 ? "a file" : `${String(lost.length)} files`} of the package: ${few(lost.map((path) => shownLost(path, has)))}`,
        ]
      : []),
    ...emptyPatterns(files, has)
      .filter(isNeeded)
      .map(
        ({ pattern, where }) =>
          `\`${pattern}\` in \`${where}\` fits no file, so it put none into the package`,
      ),
  ]
}

/** What is only worth saying. */
export function remarkIncomplete({ files }: Facts, has: Possessions): string[] {
  const { named, others } = missingFiles(files, has)
  const reasons = [...has.notShipped].map(
    ([each, reason]) => `\`${each}\` is not shipped: ${reason}.`,
  )
  return [
    ...(named.length > 0
      ? [
          `The backend is told to leave out what the package's folder has there: ${few(named.map(code))}.`,
        ]
      : []),
    ...(others.length > 0
      ? [
          `Of the package's folder the wheel leaves out what looks like sources, tests and notes of its authors: ${few(others.map(code))}.`,
        ]
      : []),
    ...emptyPatterns(files, has)
      .filter((each) => !isNeeded(each))
      .map(
        ({ anywhere, pattern, where }) =>
          `\`${pattern}\` in \`${where}\` fits no file${anywhere ? " of any package" : ""}.`,
      ),
    ...reasons,
  ]
}
