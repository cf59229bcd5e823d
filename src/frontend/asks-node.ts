import { posix } from "node:path"

import { foldersTold } from "../backends/build-folders.js"
import { type HatchHook, hatchHooks } from "../backends/hatch-hooks.js"
import { Problems } from "../errors.js"
import {
  type BuildClues,
  buildScripts,
  requiredByBuild,
} from "../reading/build-scripts.js"
import { inFolder, readPackageJson } from "../reading/package-json.js"
import { repositorySources, type Sources } from "../reading/sources.js"
import { resolveInstallation } from "./lockfile.js"
import { type NodeVersion, resolveNode } from "./node-version.js"
import { isBelow } from "./output.js"
import { NPM, type PackageManager } from "./package-manager.js"
import { pathFromTop } from "./place.js"

/** The Node and the package manager that the build of a Python package calls. */
export interface BuildNode {
  readonly manager: PackageManager
  /** Absent where the usual Node will do. */
  readonly node: NodeVersion | undefined
  /** The folder of the package.json that it builds. */
  readonly path: string
  /** Those whose frontends it builds, and that it is sure to find. */
  readonly folders: readonly string[]
  /** Why it is known, in words. */
  readonly why: string
}

/** They call a package manager, whatever the project's own files say. */
const CALLERS = ["jupyter-packaging", "hatch-jupyter-builder"]
const PROGRAM = "(?:npm|npx|pnpm|pnpx|yarn|jlpm)"
/** A call in a build script, as the first argument or in one text, or a search for the program. */
const CALL = new RegExp(
  [
    `[[(]\\s*["']${PROGRAM}(?:\\.cmd)?["']`,
    `["'\`&;]\\s*${PROGRAM} (?:ci|install|i|run|exec|build|--)`,
    "npm_builder|install_npm",
  ].join("|"),
)

/** The Node that the build of a package needs, where its own files show that it calls one. */
export function resolveBuildNode(clues: BuildClues): BuildNode | undefined {
  const why = whyCallNode(clues)
  if (why === undefined) return undefined
  const { folders, path } = foldersOf(clues)
  // A folder above the project is known by its path from the top alone.
  const sources = repositorySources(clues.sources)
  const place = pathFromTop(clues.sources.at, path)
  // What is wrong with these files is the build's own to say.
  const unheard = new Problems()
  const manifest = readPackageJson(place, sources, unheard)
  if (!manifest) return { manager: NPM, node: undefined, path, folders, why }
  const { manager } = resolveInstallation(place, manifest, sources, unheard)
  const node = resolveNode(place, undefined, manifest, sources, unheard)
  return { manager, node, path, folders, why }
}

/** Whether what is in a folder is built by the backend itself. */
export function buildsItself(
  built: BuildNode | undefined,
  folder: string,
  { at }: Pick<Sources, "at">,
): boolean {
  return (built?.folders ?? []).some((each) => {
    const place = pathFromTop(at, each)
    return place.startsWith("..") || isBelow(pathFromTop(at, folder), place)
  })
}

function whyCallNode(clues: BuildClues): string | undefined {
  const required = requiredByBuild(clues)
  const caller = CALLERS.find((each) => required.includes(each))
  if (caller !== undefined) return `the build requires \`${caller}\``
  const hook = hatchHooks(clues.pyproject).find(callsNode)
  if (hook) return `the hook \`${hook.name}\` of hatchling calls it`
  const script = buildScripts(clues).find((path) =>
    CALL.test(clues.sources.text(path) ?? ""),
  )
  return script === undefined ? undefined : `\`${script}\` calls it`
}

/** The hooks of hatchling that call it, by themselves or by a script. */
export function nodeHooks({ pyproject, sources }: BuildClues): HatchHook[] {
  const isScript = ({ name, settings }: HatchHook) => {
    const { path = "hatch_build.py" } = settings
    const text = typeof path === "string" ? sources.text(path) : undefined
    return name === "custom" && CALL.test(text ?? "")
  }
  return hatchHooks(pyproject).filter(
    (each) => callsNode(each) || isScript(each),
  )
}

function callsNode({ name, settings }: HatchHook): boolean {
  return (
    name === "jupyter-builder" ||
    new RegExp(`"${PROGRAM}[" ]`).test(JSON.stringify(settings))
  )
}

/** The folders that a builder is told, else that a script names, else the nearest with a package.json; those above the project last. */
function foldersOf(clues: BuildClues): Pick<BuildNode, "folders" | "path"> {
  const { sources } = clues
  const hooks = nodeHooks(clues)
  const builders = hooks.filter(({ name }) => name === "jupyter-builder")
  const own = builders.flatMap(({ settings }) => ownFolder(settings) ?? [])
  const [first] = own
  if (first !== undefined) return { path: first, folders: own }
  const scripts = buildScripts(clues).map((each) => sources.text(each) ?? "")
  const texts = [
    ...hooks.map(({ settings }) => JSON.stringify(settings)),
    ...scripts.filter((each) => CALL.test(each)),
  ]
  const isAtTop = sources.has("package.json")
  const told = isAtTop && builders.length > 0 ? [] : foldersTold(texts, sources)
  const guess = isAtTop ? "" : (nearest(scripts, sources) ?? "")
  const all = told.length > 0 ? told : [guess]
  // Of what is above a project, its build is given what is named as it is.
  const isThere = (folder: string) =>
    !folder.startsWith("..") ||
    (told.length > 0 && texts.some((each) => each.includes(folder)))
  return { path: all[0] ?? "", folders: all.filter(isThere) }
}

/** What `npm_builder` is told; without a word, it is the project's own folder. */
function ownFolder(settings: HatchHook["settings"]): string | undefined {
  const { path } = (settings["build-kwargs"] ?? {}) as { path?: unknown }
  return typeof path === "string"
    ? posix.join(path, ".").replace(/\/$|^\.$/, "")
    : undefined
}

function nearest(
  scripts: readonly string[],
  sources: Sources,
): string | undefined {
  const folders = [...sources.paths]
    .filter((each) => posix.basename(each) === "package.json")
    .map((each) => posix.dirname(each))
    .sort((one, other) => one.length - other.length)
  const isNamed = (folder: string) =>
    scripts.some((text) => text.includes(posix.basename(folder)))
  const above = sources.above.map((each) => each.replace(/\/$/, ""))
  return (
    folders.find(isNamed) ??
    folders[0] ??
    above.find((each) => sources.has(inFolder(each, "package.json")))
  )
}
