import { posix } from "node:path"

import { z } from "#zod"

import type { PackagePath } from "../reading/import-package.js"
import { patternStart } from "../reading/path-patterns.js"
import { toolTable, toolTexts } from "../reading/pyproject.js"
import { originOf } from "../version/stated-version.js"
import {
  type Clue,
  refuseSource,
  type VersionSource,
} from "../version/version-source.js"
import {
  allOf,
  type DataPatterns,
  type Described,
  inPyproject,
  type SdistLine,
  type SdistPart,
  tomlList,
} from "./build-backend.js"
import { refuseOwnSource, versionByPattern } from "./version-table.js"

const PATTERN =
  "(?i)^(__version__|VERSION)(?: ?\\: ?str)? *= *(['\"])v?(?P<version>.+?)\\2"
/** Version sources that ask git, and the variables they document. */
const GIT_SOURCES = new Map([
  ["vcs", ["SETUPTOOLS_SCM_PRETEND_VERSION"]],
  ["uv-dynamic-versioning", ["UV_DYNAMIC_VERSIONING_BYPASS"]],
])

const versionTable = z
  .object({
    source: z.string().optional(),
    path: z.string().optional(),
    pattern: z.string().optional().catch(undefined),
    expression: z.string().default("__version__"),
    variable: z.string().optional(),
  })
  .optional()
  .catch(undefined)
type VersionTable = NonNullable<z.infer<typeof versionTable>>

export function hatchVersion(clue: Clue): VersionSource | undefined {
  const { name, pyproject } = clue
  const { version } = toolTable(pyproject, "hatch")
  const table = versionTable.parse(version)
  if (!table) return undefined
  const { path, pattern = PATTERN, source = "", variable } = table
  const variables = GIT_SOURCES.get(source)
  if (variables) return { variables }
  if (source === "env" && variable) return { variables: [variable] }
  // It reads no variable.
  if (source === "versioningit")
    return { inTags: { tool: source, project: name } }
  // Of hatch-nodejs-version.
  if (source === "nodejs")
    return {
      places: [
        { kind: "json", path: path ?? "package.json", key: ["version"] },
      ],
    }
  if (!["", "code", "regex"].includes(source))
    return refuseOwnSource("hatch", source)
  return source === "code" && path !== undefined
    ? fromCode(clue, path, table)
    : versionByPattern("hatch", path, pattern)
}

function fromCode(
  { found, sources }: Clue,
  path: string,
  { expression }: VersionTable,
): VersionSource {
  const place = originOf(sources, found?.root ?? "", path, expression)
  return place || sources.wanted.size > 0
    ? { places: place ? [place] : [] }
    : refuseSource(
        `\`tool.hatch.version\` computes \`${expression}\` in \`${path}\``,
      )
}

/** What the wheel takes; of the whole build, what is said there is for both formats. */
export function hatchLayout({ pyproject, sources }: Described) {
  const build = ["hatch", "build"]
  const texts = (key: string) => {
    const own = toolTexts(pyproject, ...build, "targets", "wheel", key)
    return own.length > 0 ? own : toolTexts(pyproject, ...build, key)
  }
  const roots = [
    ...texts("sources"),
    ...rewritten(toolTable(pyproject, ...build, "targets", "wheel", "sources")),
    ...rewritten(toolTable(pyproject, ...build, "sources")),
  ]
  const inWheel = (path: string): PackagePath => {
    const root = roots.find((each) => path.startsWith(`${each}/`)) ?? ""
    return { root, path: root ? path.slice(root.length + 1) : path }
  }
  const included = texts("include").flatMap((pattern) => {
    const start = patternStart(pattern)
    const folder = posix.dirname(start)
    const isPart = sources.has(`${folder}/__init__.py`)
    return start ? [isPart && start.endsWith(".py") ? folder : start] : []
  })
  return {
    roots,
    paths: [
      // Of a package in a folder only the package is taken, of what else is named the whole path.
      ...texts("packages").map((path): PackagePath => ({ path })),
      ...[...texts("only-include"), ...included].map(inWheel),
    ],
  }
}

/** The folders that are on Python's path by a table of what becomes what: `"src/wren" = "wren"`. */
function rewritten(table: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(table).flatMap(([from, to]) => {
    if (to === "") return [from]
    const end = `/${String(to)}`
    return from.endsWith(end) ? [from.slice(0, -end.length)] : []
  })
}

/** What hatch's environments install. */
export function hatchEnvironments({ pyproject }: Described) {
  const names = Object.keys(toolTable(pyproject, "hatch", "envs"))
  return Object.fromEntries(
    names.map((name) => [
      name,
      ["dependencies", "extra-dependencies"].flatMap((key) =>
        toolTexts(pyproject, "hatch", "envs", name, key),
      ),
    ]),
  )
}

export const hatchArtifacts: DataPatterns = {
  why: "hatchling leaves out what `.gitignore` names, as it does with the output of most frontends, unless it is an artifact; a target with `artifacts` of its own (in `[tool.hatch.build.targets.wheel]` or `[tool.hatch.build.targets.sdist]`) goes by those alone",
  lines: (parts) => [
    inPyproject(
      "[tool.hatch.build]",
      `artifacts = ${tomlList(parts.map((each) => `/${allOf(each)}`))}`,
    ),
  ],
}

export const hatchSdist = ({ path }: SdistPart): SdistLine => ({
  place: "[tool.hatch.build.targets.sdist.force-include]",
  line: `"${path}" = "${path}"`,
})
