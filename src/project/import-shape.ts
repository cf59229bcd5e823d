import {
  declaredPlaces,
  findPackage,
  importName,
  type ImportPackage,
  packageAt,
  type PackageLayout,
} from "../reading/import-package.js"
import type { Sources } from "../reading/sources.js"

/** What can be imported, or is made into what can. */
const CODE = /\.(py|pyx|so|pyd|c|cc|cpp|rs|f90)$/

/** The import package of a project, also one without `__init__.py`: stubs, a namespace, a folder of data. */
export function findShape(
  sources: Sources,
  layout: PackageLayout,
  name: string,
): ImportPackage | undefined {
  const found = findPackage(sources, layout, name)
  if (found) return found
  const { named, roots } = declaredPlaces(layout)
  const places = [
    ...named,
    ...roots.flatMap((root) =>
      folderNames(name).map((path) => ({ root, path })),
    ),
  ]
  for (const { path, root } of places) {
    const full = root ? `${root}/${path}` : path
    if (!path || roots.includes(full)) continue
    if (sources.has(`${full}.py`)) return { root, path: `${full}.py` }
    if (isFolder(sources, full)) return { root, path: full }
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
  if (!sources.has(path) && !isFolder(sources, path)) return undefined
  const { roots } = declaredPlaces(layout)
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
  const hasCode =
    path.endsWith(".py") ||
    [...sources.paths].some(
      (each) => each.startsWith(`${path}/`) && CODE.test(each),
    )
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

function isFolder(sources: Sources, path: string): boolean {
  return [...sources.paths].some((each) => each.startsWith(`${path}/`))
}
