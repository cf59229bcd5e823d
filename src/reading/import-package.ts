import { normalizeName } from "./requirements.js"
import type { Sources } from "./sources.js"

/** Where the code is that a distribution installs. */
export interface ImportPackage {
  /** The folder that is on Python's path when it is imported, such as `src`. */
  readonly root: string
  /** A folder with `__init__.py`, or a single module's file. */
  readonly path: string
}

/** Where a build backend is told that the packages are. */
export interface PackageLayout {
  /** Folders that are on Python's path, besides the usual ones. */
  readonly roots: readonly string[]
  readonly paths: readonly PackagePath[]
  /** Names of modules in any of the roots. */
  readonly modules: readonly string[]
}

/** A package in its root, or where none is named in the folder above it. */
export interface PackagePath {
  readonly root?: string
  readonly path: string
}

/** What may be a package, as a backend or the project's name has it. */
export interface Place {
  readonly root: string
  /** The path from there. */
  readonly inside: string
}

/** Folders that are looked into wherever a package may be. */
const USUAL_ROOTS = ["src", "", "lib", "python"]

/** The first of some places that has code which can be imported from there. */
export function packageAmong(
  sources: Sources,
  places: readonly Place[],
  roots: readonly string[],
): ImportPackage | undefined {
  for (const { inside, root } of places) {
    // A folder of packages is no package: pdm includes `src`.
    if (roots.includes(under(root, inside))) continue
    const found = resolve(sources, root, inside)
    if (found) return found
  }
  return undefined
}

/** Where a package of the project's name is usually. */
export function placesByName(name: string, roots: readonly string[]): Place[] {
  const imported = name.replace(/-+/g, "_")
  const all = [
    imported.replaceAll(".", "/"),
    imported.replaceAll(".", "_"),
  ].flatMap((each) => [each, each.toLowerCase()])
  return roots.flatMap((root) => all.map((inside) => ({ root, inside })))
}

/** Every file that a module's name may stand for, such as `src/one/two.py` for `one.two`. */
export function moduleFiles(root: string, module: string): string[] {
  const path = under(root, module.replaceAll(".", "/"))
  return [`${path}.py`, `${path}/__init__.py`]
}

/** The name under which a package is imported: `zope.interface`. */
export function importName({ path, root }: ImportPackage): string {
  const inside = root ? path.slice(root.length + 1) : path
  return inside.replace(/\.py$/, "").replaceAll("/", ".")
}

/** The folders that packages are in, and the packages that the backend names: that of the project's name first, those of its authors last. */
export function declaredPlaces(layout: PackageLayout, name: string) {
  const roots = [...new Set([...layout.roots, ...USUAL_ROOTS].map(clean))]
  const own = normalizeName(name)
  const rank = ({ inside }: Place) => {
    if (normalizeName(inside.replaceAll("/", "-")) === own) return 0
    const [first = ""] = inside.split("/")
    return OTHERS.test(first) || SELDOM.test(first) ? 2 : 1
  }
  const named = namedPlaces(layout, roots)
  return {
    roots,
    named: named.sort((one, other) => rank(one) - rank(other)),
  }
}

function namedPlaces(
  { modules, paths }: PackageLayout,
  roots: readonly string[],
): Place[] {
  const shallowFirst = [...modules].sort(
    (one, other) => depth(one) - depth(other),
  )
  return [
    ...paths.map(({ path, root }) =>
      root === undefined
        ? inParent(clean(path))
        : { root: clean(root), inside: clean(path) },
    ),
    ...shallowFirst.flatMap((module) =>
      roots.map((root) => ({ root, inside: module.replaceAll(".", "/") })),
    ),
  ]
}

function resolve(
  sources: Sources,
  root: string,
  inside: string,
): ImportPackage | undefined {
  const full = under(root, inside)
  if (sources.has(`${full}/__init__.py`)) return { root, path: full }
  if (sources.has(`${full}.py`)) return { root, path: `${full}.py` }
  if (full.endsWith(".py") && sources.has(full)) return { root, path: full }
  // A namespace package: what is named holds the package that can be imported.
  const inner = full ? shallowest(sources, `${full}/`) : []
  const [only, another] = inner
  return only && !another ? { root, path: only } : undefined
}

/** Folders that hold code which no distribution installs. */
const OTHERS = /^(?:tests?|docs?|build|dist|node_modules|\..*)$/
/** What is seldom a package, unless it is the only one. */
const SELDOM = /^(?:testing|examples?|samples?|scripts?|tools?|benchmarks?)$/

/** Without a hint: the one package there is, or the one whose name is nearest to the project's. */
export function onlyPackage(
  sources: Sources,
  roots: readonly string[],
  name: string,
): ImportPackage | undefined {
  const isUsual = (first: string) => !OTHERS.test(first) && !SELDOM.test(first)
  return (
    nearest(sources, roots, name, isUsual) ??
    nearest(sources, roots, name, (first) => SELDOM.test(first))
  )
}

/** Every package there is but those of tests and documentation. */
export function packagesSeen(
  sources: Sources,
  layout: PackageLayout,
  name: string,
): string[] {
  const { roots } = declaredPlaces(layout, name)
  const all = roots.flatMap((root) =>
    shallowest(sources, root ? `${root}/` : "").filter((path) => {
      const [first = ""] = path.slice(root ? root.length + 1 : 0).split("/")
      return !OTHERS.test(first)
    }),
  )
  return [...new Set(all)]
}

/** The same among those whose first folder will do. */
function nearest(
  sources: Sources,
  roots: readonly string[],
  name: string,
  isMeant: (first: string) => boolean,
): ImportPackage | undefined {
  const wanted = normalizeName(name).replaceAll("-", "")
  for (const root of roots) {
    const inner = roots.filter((each) => each && root === "")
    const all = shallowest(sources, root ? `${root}/` : "").filter((path) => {
      const [first = ""] = path.slice(root ? root.length + 1 : 0).split("/")
      // What is in another root is looked at there.
      return (
        isMeant(first) && !inner.some((each) => path.startsWith(`${each}/`))
      )
    })
    const near = all.filter((path) => {
      const own = normalizeName(
        path.slice(root ? root.length + 1 : 0).replaceAll("/", "-"),
      ).replaceAll("-", "")
      return own === wanted || wanted.endsWith(own) || own.endsWith(wanted)
    })
    const [path, another] = near.length > 0 ? near : all
    if (path !== undefined && another === undefined) return { root, path }
  }
  return undefined
}

/** The packages in a folder that are nearest to it: none of them is inside another one. */
function shallowest(sources: Sources, prefix: string): string[] {
  const dirs = [...sources.paths]
    .filter((path) => path.startsWith(prefix) && path.endsWith("/__init__.py"))
    .filter((path) => path !== `${prefix}__init__.py`)
    .map((path) => path.slice(0, -"/__init__.py".length))
    .sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1))
  return dirs.filter(
    (dir) => !dirs.some((other) => dir.startsWith(`${other}/`)),
  )
}

function depth(path: string): number {
  return path.split(/[/.]/).length
}

/** `src/one` is the package `one` in `src`. */
export function packageAt(path: string): ImportPackage {
  return { root: path.split("/").slice(0, -1).join("/"), path }
}

function inParent(path: string): Place {
  const { root } = packageAt(path)
  return { root, inside: root ? path.slice(root.length + 1) : path }
}

/** A path in a root, as seen from where the root is. */
export function under(root: string, path: string): string {
  return root ? `${root}/${path}` : path
}

function clean(path: string): string {
  return path.replace(/^(?:\.\/)+|\/+$|^\.$/g, "")
}
