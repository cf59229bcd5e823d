import { posix } from "node:path"

import { type HatchHook, hatchHooks } from "../backends/hatch-hooks.js"
import { Problems } from "../errors.js"
import {
  type BuildClues,
  buildScripts,
  requiredByBuild,
} from "../reading/build-scripts.js"
import { readPackageJson } from "../reading/package-json.js"
import { toolTable } from "../reading/pyproject.js"
import { resolveInstallation } from "./lockfile.js"
import { type NodeVersion, resolveNode } from "./node-version.js"
import { isBelow } from "./output.js"
import { NPM, type PackageManager } from "./package-manager.js"

/** The Node and the package manager that the build of a Python package calls. */
export interface BuildNode {
  readonly manager: PackageManager
  /** Absent where the usual Node will do. */
  readonly node: NodeVersion | undefined
  /** The folder of the package.json that it builds. */
  readonly path: string
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
  const { sources } = clues
  const path = folderOf(clues)
  // What is wrong with these files is the build's own to say.
  const unheard = new Problems()
  const manifest = readPackageJson(path, sources, unheard)
  if (!manifest) return { manager: NPM, node: undefined, path, why }
  const { manager } = resolveInstallation(path, manifest, sources, unheard)
  const node = resolveNode(path, undefined, manifest, sources, unheard)
  return { manager, node, path, why }
}

/** Whether what is in a folder is built by the backend itself. */
export function buildsItself(built: BuildNode | undefined, folder: string) {
  return built !== undefined && isBelow(folder, built.path)
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

/** The folder that a builder is told, else the one that a script names, else the nearest with a package.json. */
function folderOf(clues: BuildClues): string {
  const { pyproject, sources } = clues
  const kwargs = ["jupyter-builder", "build-kwargs"]
  const { path } = toolTable(pyproject, "hatch", "build", "hooks", ...kwargs)
  if (typeof path === "string") return posix.join(path, ".").replace(/^\.$/, "")
  const folders = [...sources.paths]
    .filter((each) => posix.basename(each) === "package.json")
    .map((each) => posix.dirname(each).replace(/^\.$/, ""))
    .sort((one, other) => one.length - other.length)
  const scripts = buildScripts(clues).map((each) => sources.text(each) ?? "")
  const isNamed = (folder: string) =>
    scripts.some((text) => text.includes(posix.basename(folder)))
  const named = folders.filter(Boolean).find(isNamed)
  return folders.includes("") ? "" : (named ?? folders[0] ?? "")
}
