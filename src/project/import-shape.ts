import {
  declaredPlaces,
  importName,
  type ImportPackage,
  onlyPackage,
  packageAmong,
  packageAt,
  type PackageLayout,
  type Place,
  placesByName,
  under,
} from "../reading/import-package.js"
import { foldersAbove, inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"

/** What can be imported, or is made into what can. */
const CODE = /\.(py|pyx|so|pyd|c|cc|cpp|rs|f90)$/
const CODE_OR_STUBS = new RegExp(`${CODE.source}|\\.pyi$`)

/**
 * The import package of a project, also one without `__init__.py`: stubs, a namespace, a folder of data. It is where
 * the backend is told that it is; then by the project's name, if code or stubs are there; then the only one.
 */
export function findShape(
  sources: Sources,
  layout: PackageLayout,
  name: string,
): ImportPackage | undefined {
  const { named, roots } = declaredPlaces(layout, name)
  const byName = placesByName(name, roots)
  const folders = roots.flatMap((root) =>
    folderNames(name).map((inside) => ({ root, inside })),
  )
  return (
    packageAmong(sources, named, roots) ??
    folderAmong(sources, named, roots) ??
    packageAmong(sources, byName, roots) ??
    folderAmong(sources, folders, roots, CODE_OR_STUBS) ??
    onlyPackage(sources, roots, name) ??
    folderAmong(sources, folders, roots)
  )
}

/** The first of some places that is a module, or a folder with such files that is no part of a package. */
function folderAmong(
  sources: Sources,
  places: readonly Place[],
  roots: readonly string[],
  holds = /./,
): ImportPackage | undefined {
  for (const { inside, root } of places) {
    const path = under(root, inside)
    if (!inside || roots.includes(path)) continue
    if (sources.has(`${path}.py`)) return { root, path: `${path}.py` }
    const isPart = foldersAbove(path).some((each) =>
      sources.has(inFolder(each, "__init__.py")),
    )
    if (!isPart && holdsFile(sources, path, holds)) return { root, path }
  }
  return undefined
}

/** Where a configured package is; undefined where it isn't there. */
export function configuredShape(
  sources: Sources,
  layout: PackageLayout,
  name: string,
  path: string,
  imports: readonly string[],
): ImportPackage | undefined {
  if (!sources.has(path) && !holdsFile(sources, path)) return undefined
  const { roots } = declaredPlaces(layout, name)
  const inside = roots.filter((root) => root && path.startsWith(`${root}/`))
  const usual =
    inside[0] === undefined ? top(sources, path) : { root: inside[0] }
  // A folder above that is no root may be one, or a namespace: who names the module decides.
  const all = [
    { root: "", path },
    { ...usual, path },
  ]
  const meant = all.find((each) => {
    const module = importName(each)
    return (
      imports.some((one) => one === module || one.startsWith(`${module}.`)) ||
      module.replace(/[._]/g, "-") === name.replace(/[._]/g, "-")
    )
  })
  return meant ?? { ...usual, path }
}

/** The outermost package around a folder. */
function top(sources: Sources, path: string): ImportPackage {
  const { root } = packageAt(path)
  return root && sources.has(`${root}/__init__.py`)
    ? top(sources, root)
    : { root, path }
}

/** What of a package can be imported: nothing of stubs and of data. */
export function modulesOf(
  sources: Sources,
  found: ImportPackage | undefined,
): string[] {
  if (!found) return []
  const module = importName(found)
  if (!/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(module))
    return []
  const { path } = found
  const hasCode = path.endsWith(".py") || holdsFile(sources, path, CODE)
  return hasCode ? [module] : []
}

/** The folders that a project of this name may have: a namespace's, and those of stubs. */
function folderNames(name: string): string[] {
  const stubs = /^types-(.+)$/.exec(name)?.[1]
  const imported = name.replace(/[-.]+/g, "_")
  const names = [
    imported,
    name.replace(/[-.]+/g, "/"),
    ...(name.endsWith("-stubs") ? [name] : []),
    ...(stubs === undefined ? [] : [`${stubs}-stubs`]),
  ]
  return [...new Set(names.flatMap((each) => [each, each.toLowerCase()]))]
}

/** Whether something is in a folder, of those files that are meant. */
function holdsFile(sources: Sources, folder: string, meant = /./): boolean {
  return [...sources.paths].some(
    (each) => each.startsWith(`${folder}/`) && meant.test(each),
  )
}
