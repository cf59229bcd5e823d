import { posix } from "node:path"

import type { Problem } from "../errors.js"
import { foldersAbove } from "./package-json.js"
import { covers } from "./path-patterns.js"
import { constraints, poetryRequirements } from "./poetry-requirements.js"
import {
  parsePyproject,
  type Pyproject,
  toolTable,
  toolTexts,
} from "./pyproject.js"
import { isPythonProject } from "./pyproject.js"
import { extrasOf, normalizeName, requirementName } from "./requirements.js"
import type { Sources } from "./sources.js"
import {
  referencedFolder,
  type StatedSource,
  statedSources,
  uvSources,
} from "./stated-sources.js"

/** A dependency that its author has from elsewhere than everybody who installs the package. */
export interface OwnSource {
  /** In its normal form. */
  readonly name: string
  /** Where the author has it from, in words. */
  readonly from: string
  /** The table or list that says so. */
  readonly key: string
  /** The folder that it is in, relative to the top of the files, if it is there. */
  readonly folder: string | undefined
  /** The index that it is on, by the name that its author's tool knows. */
  readonly index?: string | undefined
}

/** What a release stops for: whoever installs the package gets something else. All of them are one line to write. */
export function unreleased(
  sources: readonly Pick<OwnSource, "from" | "key" | "name">[],
): Pick<Problem, "next" | "what"> | undefined {
  const [first] = sources
  if (!first) return undefined
  const from = sources.map(
    (each) =>
      `\`${each.name}\` comes from ${each.from} for you (\`${each.key}\`)`,
  )
  const reasons = sources.map(
    ({ name }) => `${JSON.stringify(name)} = "the reason"`,
  )
  const [it, name] =
    sources.length === 1 ? ["it", "that name"] : ["them", "those names"]
  return {
    what: `${from.join(", ")}, and for whoever installs ${it} from the index: whatever has ${name} there`,
    next: `Release ${it} first. If what the index has by ${name} is yours, say so in \`[tool.shipwheel]\`: \`released-apart = { ${reasons.join(", ")} }\`; else give ${sources.length === 1 ? "it a name that is" : "them names that are"} yours.`,
  }
}

/** A project in its repository. */
export interface Placed {
  readonly pyproject: Pyproject
  /** The files of all of it. */
  readonly tree: Sources
  /** Where it is among them; empty at their top. */
  readonly at: string
}

/** The requirements that end up in the metadata; groups for development do not. */
export function shippedRequirements(pyproject: Pyproject): string[] {
  const { dependencies = [], "optional-dependencies": extras = {} } =
    pyproject.project ?? {}
  const own = [...dependencies, ...Object.values(extras).flat()]
  return own.length > 0 ? own : poetryDependencies(pyproject)
}

function poetryDependencies(pyproject: Pyproject): string[] {
  const table = toolTable(pyproject, "poetry", "dependencies")
  return poetryRequirements(constraints.parse(table)).filter(
    (each) => requirementName(each) !== "python",
  )
}

/** Which of these requirements are from elsewhere, by what the project says and the workspace that it is in. */
export function ownSources(
  requirements: readonly string[],
  placed: Placed,
): OwnSource[] {
  const names = new Set(requirements.map(requirementName))
  const workspace = workspaceOf(placed)
  const stated = [
    ...statedSources(placed.pyproject).map((each) => ({ ...each, at: placed })),
    // What the root of a workspace says goes for its members.
    ...(workspace ? uvSources(workspace.pyproject) : []).map((each) => ({
      ...each,
      at: workspace ?? placed,
    })),
    ...references(requirements).map((each) => ({ ...each, at: placed })),
  ]
  const found = new Map<string, OwnSource>()
  for (const { at, ...each } of stated)
    if (names.has(each.name) && !found.has(each.name))
      found.set(each.name, sourceOf(each, at, workspace))
  return [...found.values()]
}

function references(requirements: readonly string[]): StatedSource[] {
  return requirements.flatMap((each) => {
    const path = referencedFolder(each)
    return path === undefined
      ? []
      : [{ name: requirementName(each), key: each, source: { path } }]
  })
}

function sourceOf(
  { key, name, source }: StatedSource,
  placed: Placed,
  workspace: Placed | undefined,
): OwnSource {
  const { git, index, path, url } = source
  if (source.workspace) {
    const folder = workspace && memberNamed(name, workspace)
    return { name, from: inWords("the workspace", folder), key, folder }
  }
  if (path !== undefined) {
    const inside = beside(placed.at, path)
    const folder = isPythonProject(inside, placed.tree) ? inside : undefined
    return { name, from: `\`${path}\``, key, folder }
  }
  const address = git ?? url
  const from =
    address === undefined ? `the index \`${index ?? ""}\`` : `\`${address}\``
  return { name, from, key, folder: undefined, index }
}

function inWords(place: string, folder: string | undefined): string {
  return folder === undefined ? place : `${place}, \`${folder}\``
}

function beside(folder: string, path: string): string {
  const joined = posix.join(folder, path).replace(/\/$/, "")
  return joined === "." ? "" : joined
}

/** The workspace of uv that a project is in, or is the root of. */
function workspaceOf(placed: Placed): Placed | undefined {
  if ("workspace" in toolTable(placed.pyproject, "uv")) return placed
  for (const at of foldersAbove(placed.at)) {
    const root = placedAt(at, placed.tree)
    if (root && isMember(placed.at, root)) return root
  }
  return undefined
}

function isMember(folder: string, { at, pyproject }: Placed): boolean {
  const inside = at === "" ? folder : folder.slice(at.length + 1)
  const [members, excluded] = ["members", "exclude"].map((key) =>
    toolTexts(pyproject, "uv", "workspace", key).map((each) =>
      posix.normalize(each).replace(/\/$/, ""),
    ),
  )
  const named = (patterns: readonly string[] = []) =>
    patterns.some((each) => covers(each, inside))
  return named(members) && !named(excluded)
}

/** The member of a workspace that has this name; its root is one, too. */
function memberNamed(name: string, workspace: Placed): string | undefined {
  const { at, tree } = workspace
  const folders = [...tree.paths]
    .filter((path) => /(^|\/)pyproject\.toml$/.test(path))
    .map((path) => beside(posix.dirname(path), ""))
    .filter((folder) => at === "" || folder.startsWith(`${at}/`))
    .filter((folder) => isMember(folder, workspace))
  return [at, ...folders].find(
    (folder) => nameOf(placedAt(folder, tree)) === name,
  )
}

function nameOf(placed: Placed | undefined): string | undefined {
  if (!placed) return undefined
  const { project } = placed.pyproject
  const [poetry] = toolTexts(placed.pyproject, "poetry", "name")
  const name = project?.name ?? poetry
  return name === undefined ? undefined : normalizeName(name)
}

/** A folder's project; one that can't be read is its own release's problem. */
function placedAt(at: string, tree: Sources): Placed | undefined {
  try {
    const text = tree.text(beside(at, "pyproject.toml"))
    return text === undefined
      ? undefined
      : { at, tree, pyproject: parsePyproject(text) }
  } catch {
    return undefined
  }
}

/** The name of the project in a folder. */
export function projectNameAt(
  folder: string,
  tree: Sources,
): string | undefined {
  return nameOf(placedAt(folder, tree))
}

/** What is installed for the tests of a project. */
export interface Tested {
  readonly requirements: readonly string[]
  /** Folders whose packages are installed from there, relative to the top of the files. */
  readonly members: readonly string[]
}

/** What is needed, and what of it comes from elsewhere than everybody's index. */
export interface Followed extends Tested {
  readonly sources: readonly OwnSource[]
}

/** What a project needs: the members beside it from their folders, with what those need in turn, and the rest from an index. */
export function followSources(
  requirements: readonly string[],
  placed: Placed,
  /** Names that are not followed. */
  apart: ReadonlySet<string> = new Set(),
): Followed {
  const found = new Map<string, OwnSource>()
  const members = new Set<string>()
  const others = new Set<string>()
  const needed = [{ requirements, placed }]
  for (const each of needed) {
    const sources = ownSources(each.requirements, each.placed)
    const byName = new Map(sources.map((one) => [one.name, one]))
    for (const requirement of each.requirements) {
      const source = byName.get(requirementName(requirement))
      const folder = source?.folder
      if (folder === placed.at || apart.has(source?.name ?? "")) continue
      if (source && !found.has(source.name)) found.set(source.name, source)
      if (folder === undefined) others.add(requirement)
      else if (!members.has(folder)) {
        members.add(folder)
        needed.push(...needsOf(requirement, folder, placed.tree))
      }
    }
  }
  // Sorted, so that their order in the file reinstalls nothing.
  return {
    requirements: [...others].sort(),
    members: [...members].sort(),
    sources: [...found.values()],
  }
}

/** What a member needs, with the extras that it is asked for. */
function needsOf(requirement: string, folder: string, tree: Sources) {
  const member = placedAt(folder, tree)
  if (!member) return []
  const { pyproject } = member
  const names = /^[^[;@]+\[([^\]]*)\]/.exec(requirement)?.[1] ?? ""
  const wanted = names.split(",").map((each) => each.trim())
  const { dependencies = [] } = pyproject.project ?? {}
  const base = pyproject.project ? dependencies : poetryDependencies(pyproject)
  const more = extrasOf(pyproject, wanted)
  return [{ placed: member, requirements: [...base, ...more] }]
}
