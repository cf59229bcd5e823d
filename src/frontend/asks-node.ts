import { posix } from "node:path"

import { foldersTold } from "../backends/build-folders.js"
import {
  type BuilderInUse,
  buildersInUse,
  isBuilderHook,
  nodeOf,
} from "../backends/frontend-builders.js"
import { type HatchHook, hatchHooks } from "../backends/hatch-hooks.js"
import { Problems } from "../errors.js"
import { type BuildClues, buildScripts } from "../reading/build-scripts.js"
import { inFolder, readPackageJson } from "../reading/package-json.js"
import { repositorySources, type Sources } from "../reading/sources.js"
import { resolveInstallation } from "./lockfile.js"
import { nodeAsked, type NodeVersion, resolveNode } from "./node-version.js"
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
  /** What brings a Node of its own, which comes before this one. */
  readonly brought?: string
  /** Variables by which the build takes this one, and downloads none. */
  readonly told?: Readonly<Record<string, string>>
  /** Why it is known, in words. */
  readonly why: string
}

const PROGRAM = "(?:npm|npx|pnpm|pnpx|yarn|jlpm)"
/** A call in a build script, as the first argument or in one text, by a module that calls it, or a search for the program. */
const CALL = new RegExp(
  [
    `[[(]\\s*["']${PROGRAM}(?:\\.cmd)?["']`,
    `["'\`&;]\\s*${PROGRAM} (?:ci|install|i|run|exec|build|--)`,
    "npm_builder|install_npm",
    "\\b(?:from|import)\\s+(?:pynpm|bokeh\\.ext)\\b",
  ].join("|"),
)

/** The Node that the build of a package needs, where its own files show that it calls one. */
export function resolveBuildNode(clues: BuildClues): BuildNode | undefined {
  const builders = buildersInUse(clues)
  const why = whyCallNode(clues, builders)
  if (why === undefined) return undefined
  const { folders, path } = foldersOf(clues, builders)
  // A folder above the project is known by its path from the top alone.
  const sources = repositorySources(clues.sources)
  const place = pathFromTop(clues.sources.at, path)
  // What is wrong with these files is the build's own to say.
  const unheard = new Problems()
  const manifest = readPackageJson(place, sources, unheard)
  const built = { path, folders, ...saidOf(builders), why }
  const asking = builders.map(nodeOf).find((each) => each !== undefined)
  const wanted = asking && nodeAsked(asking, unheard)
  if (!manifest) return { ...built, manager: NPM, node: wanted }
  const { manager } = resolveInstallation(place, manifest, sources, unheard)
  const node =
    asking === undefined
      ? resolveNode(place, undefined, manifest, sources, unheard)
      : wanted
  return { ...built, manager, node }
}

/** What the builders say of the Node that is in the build. */
function saidOf(
  builders: readonly BuilderInUse[],
): Pick<BuildNode, "brought" | "told"> {
  const brought = builders.find(({ hasNode }) => hasNode)?.name
  const told = builders.find((each) => each.told !== undefined)?.told
  return {
    ...(brought === undefined ? {} : { brought }),
    ...(told === undefined ? {} : { told }),
  }
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

function whyCallNode(
  clues: BuildClues,
  [builder]: readonly BuilderInUse[],
): string | undefined {
  if (builder) return builder.why
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

function callsNode(hook: HatchHook): boolean {
  return (
    isBuilderHook(hook) ||
    new RegExp(`"${PROGRAM}[" ]`).test(JSON.stringify(hook.settings))
  )
}

/** The folders that a builder is told, else that a script names, else the nearest with a package.json; those above the project last. */
function foldersOf(
  clues: BuildClues,
  builders: readonly BuilderInUse[],
): Pick<BuildNode, "folders" | "path"> {
  const { sources } = clues
  const hooks = nodeHooks(clues)
  const own = builders.flatMap(ownFolders)
  const [first] = own
  if (first !== undefined) return { path: first, folders: own }
  const scripts = buildScripts(clues).map((each) => sources.text(each) ?? "")
  const texts = [
    ...hooks.map(({ settings }) => JSON.stringify(settings)),
    ...scripts.filter((each) => CALL.test(each)),
  ]
  const isAtTop = sources.has("package.json")
  // Where `npm_builder` is told none, that is the project's own folder.
  const isOwn = isAtTop && hooks.some(isBuilderHook)
  const told = isOwn ? [] : foldersTold(texts, sources)
  const guess = isAtTop ? "" : (nearest(scripts, sources) ?? "")
  const all = told.length > 0 ? told : [guess]
  // Of what is above a project, its build is given what is named as it is.
  const isThere = (folder: string) =>
    !folder.startsWith("..") ||
    (told.length > 0 && texts.some((each) => each.includes(folder)))
  return { path: all[0] ?? "", folders: all.filter(isThere) }
}

function ownFolders({ folders, settings }: BuilderInUse): string[] {
  return (folders?.(settings) ?? [])
    .filter((each) => typeof each === "string")
    .map((each) => posix.join(each, ".").replace(/\/$|^\.$/, ""))
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
