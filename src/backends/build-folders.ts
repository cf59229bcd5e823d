import { posix } from "node:path"

import { computedPaths } from "../git/computed-paths.js"
import { inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { type BuilderInUse, isBuilderHook } from "./frontend-builders.js"
import type { HatchHook } from "./hatch-hooks.js"

/** What of a build may say in which folders it calls Node. */
export interface NodeCallers {
  readonly builders: readonly BuilderInUse[]
  readonly hooks: readonly HatchHook[]
  readonly scripts: readonly BuildScript[]
}

interface BuildScript {
  readonly path: string
  readonly text: string
  /** Whether it calls Node itself. */
  readonly calls: boolean
}

/** Where a build calls Node. */
export interface NodeFolders {
  /** The folder of the package.json that decides which Node. */
  readonly path: string
  /** Those whose frontends it is sure to build. */
  readonly folders: readonly string[]
}

/** The folders that a builder is told, else that a script names, else the nearest with a package.json; those above the project last. */
export function nodeFolders(
  { builders, hooks, scripts }: NodeCallers,
  sources: Sources,
): NodeFolders {
  const own = builders.flatMap(ownFolders)
  const [first] = own
  if (first !== undefined) return { path: first, folders: own }
  const calling = scripts.filter(({ calls }) => calls)
  const computed = calling.flatMap(({ path, text }) =>
    computedPaths(path, text).map(folderPath),
  )
  const texts = [
    ...hooks.map(({ settings }) => JSON.stringify(settings)),
    ...calling.map(({ text }) => text),
  ]
  const isAtTop = sources.has("package.json")
  // Where `npm_builder` is told none, that is the project's own folder.
  const isOwn = isAtTop && hooks.some(isBuilderHook)
  const told = isOwn ? [] : foldersTold(texts, sources)
  const guess = isAtTop ? "" : (nearest(scripts, computed, sources) ?? "")
  const all = told.length > 0 ? told : [guess]
  // What is above the project is built there where the script surely leads to it.
  const isSure = (folder: string) =>
    !folder.startsWith("..") ||
    computed.includes(folder) ||
    (told.length > 0 && texts.some((each) => each.includes(folder)))
  return { path: all[0] ?? "", folders: all.filter(isSure) }
}

function ownFolders({ folders, settings }: BuilderInUse): string[] {
  return (folders?.(settings) ?? [])
    .filter((each) => typeof each === "string")
    .map(folderPath)
}

/** Without a stroke at its end; empty where it is the project's own. */
function folderPath(path: string): string {
  return posix.join(path, ".").replace(/\/$|^\.$/, "")
}

function nearest(
  scripts: readonly BuildScript[],
  computed: readonly string[],
  sources: Sources,
): string | undefined {
  const folders = [...sources.paths]
    .filter((each) => posix.basename(each) === "package.json")
    .map((each) => posix.dirname(each))
    .sort((one, other) => one.length - other.length)
  const isNamed = (folder: string) =>
    scripts.some(({ text }) => text.includes(posix.basename(folder)))
  const above = [
    ...computed.filter((each) => each.startsWith("..")),
    ...sources.above.map(folderPath),
  ]
  return (
    folders.find(isNamed) ??
    folders[0] ??
    above.find((each) => sources.has(inFolder(each, "package.json")))
  )
}

/** Where a command is told which folder to work in: by an argument, an option, or a step before it; and the line after that. */
const TOLD =
  /(?:\b(?:cwd|path|work_dir|working_dir(?:ectory)?)["']?\s*[=:]|--(?:prefix|cwd|dir)\b|(?<=["'\s])-C\b|\bchdir\(|\bcd\s)(?=([^\n]{0,300}(?:(?<=\()\n[^\n]{0,300})?))/g
const TEXT = /["']([^"'\n]*)["']/g
/** `str(HERE)` has two. */
const NAMES = 3
const PART = /^[\w@./-]+$/

/** The folders with a package.json that build scripts, or the settings of a hook, tell their commands to work in. */
export function foldersTold(
  texts: readonly string[],
  sources: Sources,
): string[] {
  const told = texts.flatMap((text) => {
    const plain = text.replace(/^[ \t]*#.*$/gm, "")
    return [...plain.matchAll(TOLD)].flatMap(
      ([, value = ""]) => existing(meant(value, plain), sources) ?? [],
    )
  })
  return [...new Set(told)]
}

/** What a value may mean: a bare word, the folder that a name stands for, or texts that are joined. */
function meant(value: string, text: string): string[] {
  const [, word = ""] = /^[\s"',=]*([\w@./-]+)/.exec(value) ?? []
  const names = [...value.matchAll(/\b[A-Za-z_]\w*\b/g)].slice(0, NAMES)
  const assigned = names.flatMap(([name]) => {
    const set = new RegExp(`^[ \\t]*${name}[ \\t]*=(.*)$`, "m")
    return joined(set.exec(text)?.[1] ?? "")
  })
  return [word, ...joined(value), ...assigned].filter(Boolean)
}

/** `HERE / "web" / "app"` and `join(HERE, "web", "app")` are `web/app`; how much of it belongs together is open. */
function joined(value: string): string[] {
  const parts = [...value.matchAll(TEXT)].map(([, part = ""]) => part)
  const end = parts.findIndex((each) => !PART.test(each))
  const plain = end < 0 ? parts : parts.slice(0, end)
  return plain.map((_, at) => posix.join(...plain.slice(0, at + 1))).reverse()
}

/** In the project, else above it, where a script starts from a folder there. */
function existing(
  paths: readonly string[],
  sources: Sources,
): string | undefined {
  return paths
    .flatMap((path) => ["", ...sources.above].map((above) => above + path))
    .map((path) => posix.join(path, ".").replace(/\/$|^\.$/, ""))
    .find((path) => sources.has(inFolder(path, "package.json")))
}
