import { valid } from "@renovatebot/pep440"

import { type ImportPackage, moduleFiles } from "../reading/import-package.js"
import type { Sources } from "../reading/sources.js"
import { literal } from "../text/literal.js"
import {
  assignedSources,
  assignedTexts,
  assignedTuples,
  functionsOf,
  importedFrom,
} from "../text/python-text.js"
import { readPlace, type VersionPlace } from "./version-place.js"
import { hasLevel, itemsOf } from "./version-tuple.js"

const NAME = "__version__"
/** Where packages keep it apart from `__init__.py`. */
const USUAL = ["_version.py", "__version__.py", "__about__.py", "version.py"]
/** Files that hold a version and nothing else. */
const VERSION_FILES = ["VERSION", "VERSION.txt", "version.txt", "_version.txt"]
/** `".".join(map(str, VERSION))`, `'.'.join(str(v) for v in VERSION[0:3])`. */
const JOIN =
  /(["'])\.\1\.join\(\s*[[(]?\s*(?:map\(\s*str\s*,\s*(?<mapped>\w+)|str\((\w+)\)\s+for\s+\3\s+in\s+(?<looped>\w+))\s*(?<cut>\[\s*0?\s*:\s*\d\s*\])?\s*[\])]/

/** `'%s.%s%s' % (V[0], V[1], …)`, `f"{V[0]}.{V[1]}"`. */
const FORMATTED =
  /(?<named>\b[A-Za-z_]\w*)\[0\][^]{0,200}?(?<![\w.])\k<named>\[1\]/

/** `get_version(VERSION)`, as Django has it; only of a level it is known what a function makes of it. */
const CALL = /^[\w.]*version\w*\(\s*(\w+)\s*\)$/i
const CALL_OF_NOTHING = /^(\w+)\(\s*\)$/

/** Each plain `__version__` of a package: in `__init__.py`, where that imports it from, in the usual files, and in a file that it reads. */
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
    ...[init, ...usual].flatMap((path) => readFiles(sources, found, path)),
  ]
}

function statedIn(sources: Sources, path: string): VersionPlace[] {
  const text = sources.text(path)
  return text !== undefined && assignedTexts(text, NAME).length > 0
    ? [{ kind: "assignment", path, name: NAME }]
    : []
}

/** Files beside a package, or in it, that hold nothing but a version, as far as a script names them. */
export function readFiles(
  sources: Sources,
  found: ImportPackage | undefined,
  script: string,
): VersionPlace[] {
  const text = sources.text(script) ?? ""
  const folders = found ? [`${found.path}/`, ""] : [""]
  return VERSION_FILES.filter((name) =>
    new RegExp(`["'/]${literal(name)}["']`).test(text),
  )
    .flatMap((name) => folders.map((folder) => folder + name))
    .map((path): VersionPlace => ({ kind: "file", path }))
    .filter((place) => {
      const held = readPlace(place, sources.text(place.path) ?? "")
      return held !== undefined && valid(held) !== null
    })
}

/** Follows a name through `from … import` to the module that gives it a plain text, or numbers that are joined to one. */
export function originOf(
  sources: Sources,
  root: string,
  path: string,
  name: string,
): VersionPlace | undefined {
  return follow(sources, root, path, name, (text, at, named) => {
    if (assignedTexts(text, named).length > 0)
      return { kind: "assignment", path: at, name: named }
    const values = assignedSources(text, named)
    const joined = values.map(joinedIn).find(Boolean)
    if (joined) return tupleOf(sources, root, at, joined.name, formOf(joined))
    return originOfCall(sources, root, at, values[0] ?? "")
  })
}

/** The same for what a function makes: of a tuple that it is given, or of the one that it reads. */
export function originOfCall(
  sources: Sources,
  root: string,
  path: string,
  expression: string,
): VersionPlace | undefined {
  const [, given] = CALL.exec(expression) ?? []
  if (given !== undefined) return tupleOf(sources, root, path, given, hasLevel)
  const [, called] = CALL_OF_NOTHING.exec(expression) ?? []
  if (called === undefined) return undefined
  return follow(sources, root, path, called, (text, at, named) => {
    const joined = functionsOf(text, named).map(joinedIn).find(Boolean)
    return joined && tupleOf(sources, root, at, joined.name, formOf(joined))
  })
}

/** A tuple that an expression joins with dots. */
interface Joined {
  readonly name: string
  /** Its first items alone: the others may be words, as Django's. */
  readonly cut: boolean
}

/** The tuple that an expression puts a version together from. */
export function joinedIn(expression: string): Joined | undefined {
  const groups = JOIN.exec(expression)?.groups ?? {}
  const { cut, looped, mapped } = groups
  const { named } = FORMATTED.exec(expression)?.groups ?? {}
  const name = mapped ?? looped ?? named
  const isCut = cut !== undefined || name === named
  return name === undefined ? undefined : { name, cut: isCut }
}

/** Joined as a whole, a tuple of Django's five is no version; cut, it may be followed by what the rest is read as. */
export function formOf({ cut }: Joined): HasForm {
  return cut ? () => true : (items) => !hasLevel(items)
}

type HasForm = (items: readonly string[]) => boolean

/** The same for a tuple whose items are a version: with dots between them, unless it has another form. */
export function tupleOf(
  sources: Sources,
  root: string,
  path: string,
  name: string,
  hasForm: HasForm = (items) => !hasLevel(items),
): VersionPlace | undefined {
  return follow(sources, root, path, name, (text, at, named) => {
    const [span] = assignedTuples(text, named)
    if (!span || !hasForm(itemsOf(text.slice(span.start, span.end))))
      return undefined
    const place: VersionPlace = { kind: "tuple", path: at, name: named }
    return valid(readPlace(place, text) ?? "") === null ? undefined : place
  })
}

type NameReader = (
  text: string,
  path: string,
  name: string,
) => VersionPlace | undefined

function follow(
  sources: Sources,
  root: string,
  path: string,
  name: string,
  look: NameReader,
  seen: readonly string[] = [],
): VersionPlace | undefined {
  const text = sources.text(path)
  if (text === undefined || seen.includes(path)) return undefined
  const named = sameAs(text, name)
  const place = look(text, path, named)
  if (place) return place
  const from = importedFrom(text, named)
  if (!from) return undefined
  const files = importedFiles(root, path, from.module)
  const file = files.find((each) => sources.has(each))
  return file === undefined
    ? undefined
    : follow(sources, root, file, from.name, look, [...seen, path])
}

/** The name that a module gives another one to: `__version__ = VERSION`. */
function sameAs(text: string, name: string): string {
  const [value = ""] = assignedSources(text, name)
  return /^[A-Za-z_]\w*$/.test(value) && value !== "None" ? value : name
}

/** The files that `from module import` may mean in the module at `path`. */
function importedFiles(root: string, path: string, module: string): string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  if (dots === 0) return moduleFiles(root, module)
  const base = path.split("/").slice(0, -dots).join("/")
  const rest = module.slice(dots)
  return rest ? moduleFiles(base, rest) : [`${base}/__init__.py`]
}
