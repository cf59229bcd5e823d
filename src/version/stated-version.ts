import { type ImportPackage, moduleFiles } from "../reading/import-package.js"
import type { Sources } from "../reading/sources.js"
import { assignedTexts, importedFrom } from "../text/python-text.js"
import type { VersionPlace } from "./version-place.js"

const NAME = "__version__"
/** Where packages keep it apart from `__init__.py`. */
const USUAL = ["_version.py", "__version__.py", "__about__.py", "version.py"]

/** Each plain `__version__` of a package: in `__init__.py`, where that imports it from, and in the usual files. */
export function statedVersions(
  sources: Sources,
  found: ImportPackage | undefined,
): VersionPlace[] {
  if (!found) return []
  if (found.path.endsWith(".py")) return statedIn(sources, found.path)
  const init = `${found.path}/__init__.py`
  const place = originOf(sources, found.root, init, NAME)
  const usual = USUAL.map((name) => `${found.path}/${name}`)
  return [
    ...(place ? [place] : []),
    ...usual.flatMap((path) => statedIn(sources, path)),
  ]
}

function statedIn(sources: Sources, path: string): VersionPlace[] {
  const text = sources.text(path)
  return text !== undefined && assignedTexts(text, NAME).length > 0
    ? [{ kind: "assignment", path, name: NAME }]
    : []
}

/** Follows a name through `from … import` to the module that gives it a plain text. */
export function originOf(
  sources: Sources,
  root: string,
  path: string,
  name: string,
  seen: readonly string[] = [],
): VersionPlace | undefined {
  const text = sources.text(path)
  if (text === undefined || seen.includes(path)) return undefined
  if (assignedTexts(text, name).length > 0)
    return { kind: "assignment", path, name }
  const from = importedFrom(text, name)
  if (!from) return undefined
  const files = importedFiles(root, path, from.module)
  const file = files.find((each) => sources.has(each))
  return file === undefined
    ? undefined
    : originOf(sources, root, file, from.name, [...seen, path])
}

/** The files that `from module import` may mean in the module at `path`. */
function importedFiles(root: string, path: string, module: string): string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  if (dots === 0) return moduleFiles(root, module)
  const base = path.split("/").slice(0, -dots).join("/")
  const rest = module.slice(dots)
  return rest ? moduleFiles(base, rest) : [`${base}/__init__.py`]
}
