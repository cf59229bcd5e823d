import { compare } from "@renovatebot/pep440"

import { normalizeName } from "../reading/requirements.js"
import { type ToldPrefix, withoutV } from "./told-prefix.js"
import { versionOf } from "./version.js"

/** Which tags of a repository are a project's own. */
export interface Tagging {
  /** What stands before the version in its next tag; empty where it has no prefix. */
  readonly prefix: string
  /** Everything that may stand there. */
  readonly accepted: readonly string[]
  /** Where that was found, in words. */
  readonly from: string
  readonly project: string
  /** Folders of the repository with projects of their own. */
  readonly members: readonly string[]
}

/** What shows which tags are a project's own. */
export interface TagClues {
  /** `tool.shipwheel.tag-prefix`. */
  readonly configured: string | undefined
  /** What another tool of the project is told to put before a version, and where. */
  readonly told: ToldPrefix | undefined
  /** Patterns of tags that are configured. */
  readonly refs: readonly string[]
  readonly project: string
  /** Where the project is in its repository, such as `packages/wren/`; empty at its top. */
  readonly path: string
  readonly members: readonly string[]
  /** The tags of the repository, and the one that is meant. */
  readonly tags: readonly string[]
}

/** Tags are told apart by what stands before their version: where nothing says it, the names of the project and of its folder do. */
export function findTagging(clues: TagClues): Tagging {
  const { configured, members, project, refs } = clues
  const named = new Set(refs.map(prefixOfPattern))
  const found = configured === undefined ? likeliest(clues) : undefined
  const [only = ""] = named
  const prefix = withoutV(
    configured ?? (found?.prefix || (named.size === 1 ? only : "")),
  )
  const accepted = configured === undefined ? [prefix, ...named] : [prefix]
  const from =
    configured !== undefined
      ? "`tool.shipwheel.tag-prefix`"
      : (found?.from ?? "the usual tags, which have no prefix")
  return { prefix, accepted: [...new Set(accepted)], from, project, members }
}

/** What stands before the versions of a repository that has such tags, by the name of the project or of its folder. */
function likeliest(clues: TagClues): ToldPrefix | undefined {
  const { path, tags, told } = clues
  if (told && told.prefix !== "") return told
  const versions = tags
    .flatMap(versionOf)
    // A number alone counts something else, or says a year.
    .filter(({ pep440 }) => pep440.includes("."))
    .sort((one, other) => compare(other.pep440, one.pep440))
  const bare = versions.find(({ prefix }) => prefix === "")
  const own = versions
    .filter(({ prefix }) => isNamed(prefix, clues))
    // At the top, beside tags without a prefix, a scope has those of a package of npm that is called alike.
    .filter(({ prefix }) => path !== "" || !bare || !isScoped(prefix))
  const [newest] = own
  if (!newest) return undefined
  // Whoever had a prefix once and has none any more has only themselves in the repository.
  const left =
    path === "" &&
    bare !== undefined &&
    compare(bare.pep440, newest.pep440) > 0 &&
    versions.every((each) => each.prefix === "" || own.includes(each))
  return left
    ? undefined
    : { prefix: newest.prefix, from: `tags such as \`${newest.tag}\`` }
}

/** Whether what stands before a version names a project or its folder, as `wren-`, `packages/wren/` and `@flock/wren@` do. */
export function isNamed(
  prefix: string,
  { path, project }: Pick<TagClues, "path" | "project">,
): boolean {
  if (prefix === "") return false
  const folder = path.replace(/\/$/, "")
  const names = [project, folder, folder.split("/").at(-1) ?? ""]
  const word = wordOf(prefix)
  return [word, word.split("/").at(-1) ?? ""].some((each) =>
    names.filter(Boolean).map(normalizeName).includes(normalizeName(each)),
  )
}

function isScoped(prefix: string): boolean {
  return /^@[^/]+\//.test(prefix)
}

/** Without what parts a name from the version: `wren-`, `wren-v` and `wren==` are `wren`. */
export function wordOf(prefix: string): string {
  return withoutV(prefix).replace(/[-_/@=.]+$/, "")
}

function prefixOfPattern(ref: string): string {
  const [literal = ""] = ref
    .replace(/^refs\/tags\/(staging\/)?/, "")
    .split(/[*[]/)
  return withoutV(/^[^0-9]*[-_/@=]v?$/.test(literal) ? literal : "")
}
