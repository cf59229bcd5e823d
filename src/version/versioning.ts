import { type Problems } from "../errors.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { statedVersions } from "./stated-version.js"
import { whereToSay } from "./version-advice.js"
import {
  placeName,
  placeSpans,
  readPlace,
  type VersionPlace,
} from "./version-place.js"
import type { Clue, InTags, VersionSource } from "./version-source.js"

/** How the tag's version reaches a project's files. */
export interface Versioning {
  /** Where it is written. */
  readonly places: readonly VersionPlace[]
  /** Variables that give it to a backend which asks git. */
  readonly variables: readonly string[]
  /** The tool of the build that reads it in the tags of a repository. */
  readonly inTags?: InTags | undefined
  /** Why it can't be that of the tag. */
  readonly refusal?: string | undefined
  /** In the words of the report. */
  readonly summary: string
}

/** What stands for the version of a project whose version comes from git, where no tag is given. */
export const UNTAGGED = "0.0.0"

/** What stands for the metadata of such a project, where a tool that asks git finds none. */
export function untaggedMetadata({ project }: Pick<InTags, "project">): string {
  return `Metadata-Version: 2.1\nName: ${project}\nVersion: ${UNTAGGED}\n`
}

/** Variables by which a tool takes a version for all that it builds, and whether a `PKG-INFO` tells it that of one project as well. */
const COMMON = new Map([
  ["SETUPTOOLS_SCM_PRETEND_VERSION", true],
  ["PBR_VERSION", true],
  ["PDM_BUILD_SCM_VERSION", false],
  ["POETRY_DYNAMIC_VERSIONING_BYPASS", false],
  ["UV_DYNAMIC_VERSIONING_BYPASS", false],
])

/** The variables of a project that would give its version to others. */
export function commonVariables({
  variables,
}: Pick<Versioning, "variables">): string[] {
  return variables.filter((each) => COMMON.has(each))
}

/** Those whose tool reads a `PKG-INFO`, too. */
export function asInSdist(variables: readonly string[]): string[] {
  return variables.filter((each) => COMMON.get(each))
}

/** Finds every place that has to carry the version, or says what to configure. */
export function resolveVersioning(
  clue: Pick<Clue, "found" | "sources">,
  found: VersionSource,
  problems: Problems,
  configured?: readonly ConfiguredPlace[],
): Versioning {
  const source = configured ? believed(found, configured) : found
  if ("refusal" in source) {
    const { refusal } = source
    problems.add("project", refusal, whereToSay(clue.sources, clue.found))
    return { places: [], variables: [], refusal, summary: refusal }
  }
  const { inTags, places = [], variables = [] } = source
  const stated = statedVersions(clue.sources, clue.found)
  for (const place of places) requireWritable(clue.sources, place, problems)
  const all = unique(clue.sources, [
    ...places,
    ...stated.filter(({ path }) => !asksGit(source) || isInit(path)),
  ])
  return { places: all, variables, inTags, summary: summaryOf(all, source) }
}

/** Where the project says that its version is written. */
interface ConfiguredPlace {
  readonly path: string
  readonly pattern?: string | undefined
}

/** What is configured stands in place of what was found; a backend that asks git is told all the same. */
function believed(
  found: VersionSource,
  configured: readonly ConfiguredPlace[],
): VersionSource {
  const places = configured.map(({ path, pattern }): VersionPlace =>
    pattern === undefined
      ? { kind: "file", path }
      : { kind: "pattern", path, pattern },
  )
  return "refusal" in found ? { places } : { ...found, places }
}

function requireWritable(
  sources: Sources,
  place: VersionPlace,
  problems: Problems,
) {
  const text = sources.text(place.path)
  if (text === undefined && sources.wanted.has(place.path)) return
  if (text !== undefined && readPlace(place, text) !== undefined) return
  problems.add(
    "project",
    `the version comes from ${placeName(place)}, which ${text === undefined ? "is not there" : "holds no plain text to replace"}`,
    'Write the version there as plain text, such as `__version__ = "1.2.3"`; `version-in` in `[tool.shipwheel]` names another place.',
  )
}

/** Whether the build would ask git for the version. */
export function asksGit({
  inTags,
  variables = [],
}: Pick<Partial<Versioning>, "inTags" | "variables">): boolean {
  return variables.length > 0 || inTags !== undefined
}

/** Beside `__init__.py`, a backend that asks git writes such files itself. */
function isInit(path: string): boolean {
  return path.endsWith("/__init__.py")
}

/** A backend's pattern and a plain `__version__` may be one and the same place. */
function unique(
  sources: Sources,
  places: readonly VersionPlace[],
): VersionPlace[] {
  const found = new Map<string, VersionPlace>()
  for (const place of places) {
    const spans = placeSpans(place, sources.text(place.path) ?? "")
    const key = JSON.stringify([place.path, spans])
    if (!found.has(key)) found.set(key, place)
  }
  return [...found.values()]
}

function summaryOf(
  places: readonly VersionPlace[],
  { inTags, variables = [] }: Pick<Partial<Versioning>, "inTags" | "variables">,
): string {
  const all = [
    ...places.map(placeName),
    ...variables.map(code),
    ...(inTags === undefined
      ? []
      : [`the tags of git, which \`${inTags.tool}\` reads`]),
  ]
  return all.join(", ")
}
