import { nodeFolders } from "../backends/build-folders.js"
import {
  type BuilderInUse,
  buildersInUse,
  isBuilderHook,
  nodeOf,
} from "../backends/frontend-builders.js"
import { type HatchHook, hatchHooks } from "../backends/hatch-hooks.js"
import { Problems } from "../errors.js"
import { type BuildClues, buildScripts } from "../reading/build-scripts.js"
import { readPackageJson } from "../reading/package-json.js"
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
  /** What of the repository it reads beside the project, from its top: of a workspace, that is all. */
  readonly reads: readonly string[]
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
/** Where a variable or a method has the program's name. */
const NAMED = new RegExp(
  `(?:=|\\b(?:return|else|or))\\s*["']${PROGRAM}(?:\\.cmd)?["']`,
)
/** A list, or a text that is filled in, whose first word has a name. */
const NAMED_CALL =
  /(?:\[\s*[A-Za-z_][\w.]*(?:\(\))?\s*,\s*["']|\{[A-Za-z_][\w.]*(?:\(\))?\} )(?:ci|install|i|run|exec|build)\b/

/** The Node that the build of a package needs, where its own files show that it calls one. */
export function resolveBuildNode(clues: BuildClues): BuildNode | undefined {
  const builders = buildersInUse(clues)
  const why = whyCallNode(clues, builders)
  if (why === undefined) return undefined
  const { folders, path } = placesOf(clues, builders)
  // A folder above the project is known by its path from the top alone.
  const sources = repositorySources(clues.sources)
  const place = pathFromTop(clues.sources.at, path)
  // What is wrong with these files is the build's own to say.
  const unheard = new Problems()
  const manifest = readPackageJson(place, sources, unheard)
  const reads = readAbove(folders, clues.sources)
  const built = { path, folders, reads, ...saidOf(builders), why }
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

/** Where the lockfiles are of what is built above the project. */
function readAbove(folders: readonly string[], sources: Sources): string[] {
  const all = repositorySources(sources)
  const places = folders
    .filter((each) => each.startsWith(".."))
    .map((each) => pathFromTop(sources.at, each))
    .filter((each) => !each.startsWith(".."))
  const roots = places.map((place) => {
    const manifest = readPackageJson(place, all, new Problems())
    return manifest
      ? resolveInstallation(place, manifest, all, new Problems()).root
      : place
  })
  return [...new Set(roots)].sort()
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
    calls(clues.sources.text(path) ?? ""),
  )
  return script === undefined ? undefined : `\`${script}\` calls it`
}

/** The hooks of hatchling that call it, by themselves or by a script. */
export function nodeHooks({ pyproject, sources }: BuildClues): HatchHook[] {
  const isScript = ({ name, settings }: HatchHook) => {
    const { path = "hatch_build.py" } = settings
    const text = typeof path === "string" ? sources.text(path) : undefined
    return name === "custom" && calls(text ?? "")
  }
  return hatchHooks(pyproject).filter(
    (each) => callsNode(each) || isScript(each),
  )
}

/** Whether a script calls it, by its own name or by another. */
function calls(text: string): boolean {
  return CALL.test(text) || (NAMED.test(text) && NAMED_CALL.test(text))
}

function callsNode(hook: HatchHook): boolean {
  return (
    isBuilderHook(hook) ||
    new RegExp(`"${PROGRAM}[" ]`).test(JSON.stringify(hook.settings))
  )
}

/** Where those builders, hooks and scripts say that they build. */
function placesOf(clues: BuildClues, builders: readonly BuilderInUse[]) {
  const scripts = buildScripts(clues).map((path) => {
    const text = clues.sources.text(path) ?? ""
    return { path, text, calls: calls(text) }
  })
  const hooks = nodeHooks(clues)
  return nodeFolders({ builders, hooks, scripts }, clues.sources)
}
