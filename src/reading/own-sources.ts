import { posix } from "node:path"

import { z } from "#zod"

import { covers } from "./path-patterns.js"
import { parsePyproject, type Pyproject, toolTable } from "./pyproject.js"
import { normalizeName, requirementName } from "./requirements.js"
import type { Sources } from "./sources.js"

/** A dependency that its author has from elsewhere than everybody who installs the package. */
export interface OwnSource {
  /** In its normal form. */
  readonly name: string
  /** Where the author has it from, in words. */
  readonly from: string
  /** The folder of the project that it is in, if it is there. */
  readonly folder: string | undefined
}

/** What a release stops for: whoever installs the package gets something else. */
export function unreleased({ from, name }: OwnSource) {
  return {
    what: `\`${name}\` comes from ${from} for you (\`tool.uv.sources\`), and for everybody who installs the package from the index: whatever has that name there`,
    next: `Release it first. If what the index has by that name is yours, say so in \`[tool.shipwheel]\`: \`released-apart = { ${JSON.stringify(name)} = "the reason" }\`; else give it a name that is yours.`,
  }
}

const source = z.looseObject({
  workspace: z.boolean().optional(),
  path: z.string().optional(),
  git: z.string().optional(),
  url: z.string().optional(),
  index: z.string().optional(),
})
type Source = z.infer<typeof source>

/** The requirements that end up in the metadata; groups for development do not. */
export function shippedRequirements({ project }: Pyproject): string[] {
  const { dependencies = [], "optional-dependencies": extras = {} } =
    project ?? {}
  return [...dependencies, ...Object.values(extras).flat()]
}

/** What `[tool.uv.sources]` says of these requirements. */
export function ownSources(
  requirements: readonly string[],
  pyproject: Pyproject,
  sources: Sources,
): OwnSource[] {
  const names = new Set(requirements.map(requirementName))
  const table = Object.entries(toolTable(pyproject, "uv", "sources"))
  return table.flatMap(([key, value]) => {
    const name = normalizeName(key)
    const found = [value].flat().flatMap((each) => {
      const read = source.safeParse(each)
      return read.success ? [read.data] : []
    })
    const [first] = found
    return first && names.has(name)
      ? [sourceOf(name, first, pyproject, sources)]
      : []
  })
}

function sourceOf(
  name: string,
  given: Source,
  pyproject: Pyproject,
  sources: Sources,
): OwnSource {
  const { git, index, path, url, workspace } = given
  if (workspace) {
    const folder = memberNamed(name, pyproject, sources)
    return { name, from: inWords("the workspace", folder), folder }
  }
  if (path !== undefined) {
    const inside = posix.normalize(path).replace(/\/$/, "")
    const folder = sources.has(`${inside}/pyproject.toml`) ? inside : undefined
    return { name, from: `\`${path}\``, folder }
  }
  const address = git ?? url
  const from =
    address === undefined ? `the index \`${index ?? ""}\`` : `\`${address}\``
  return { name, from, folder: undefined }
}

function inWords(place: string, folder: string | undefined): string {
  return folder === undefined ? place : `${place}, \`${folder}\``
}

/** The member of the workspace that has this name. */
function memberNamed(
  name: string,
  pyproject: Pyproject,
  sources: Sources,
): string | undefined {
  const members = toolTable(pyproject, "uv", "workspace")["members"]
  const patterns = [members]
    .flat()
    .filter((each): each is string => typeof each === "string")
  return [...sources.paths]
    .filter((path) => path.endsWith("/pyproject.toml"))
    .map((path) => posix.dirname(path))
    .filter((folder) => patterns.some((each) => covers(each, folder)))
    .find((folder) => {
      const member = memberAt(folder, sources)
      return normalizeName(member?.project?.name ?? "") === name
    })
}

/** The pyproject.toml in a folder; one that can't be read is its own release's problem. */
function memberAt(folder: string, sources: Sources): Pyproject | undefined {
  try {
    return parsePyproject(sources.text(`${folder}/pyproject.toml`) ?? "")
  } catch {
    return undefined
  }
}

/** What is installed for the tests of a project. */
export interface Tested {
  readonly requirements: readonly string[]
  /** Folders of the project whose packages are installed from there. */
  readonly members: readonly string[]
}

/** The members beside a project from their folders, and what it and they need from an index. */
export function installedForTests(
  requirements: readonly string[],
  pyproject: Pyproject,
  sources: Sources,
): Tested {
  const members = new Set<string>()
  const needed = [requirements]
  const others: string[] = []
  for (const listed of needed) {
    const folders = foldersOf(listed, pyproject, sources)
    for (const requirement of listed) {
      const folder = folders.get(requirementName(requirement))
      if (folder === undefined) others.push(requirement)
      else if (!members.has(folder)) {
        members.add(folder)
        needed.push(memberAt(folder, sources)?.project?.dependencies ?? [])
      }
    }
  }
  // Sorted, so that their order in the file reinstalls nothing.
  return {
    requirements: [...new Set(others)].sort(),
    members: [...members].sort(),
  }
}

function foldersOf(
  requirements: readonly string[],
  pyproject: Pyproject,
  sources: Sources,
): Map<string, string | undefined> {
  const own = ownSources(requirements, pyproject, sources)
  return new Map(own.map(({ folder, name }) => [name, folder]))
}
