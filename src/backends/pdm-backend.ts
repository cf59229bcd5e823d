import { z } from "#zod"

import { projectNameAt } from "../reading/own-sources.js"
import { patternStart } from "../reading/path-patterns.js"
import { toolTable, toolTexts } from "../reading/pyproject.js"
import { folderRequirement } from "../reading/stated-sources.js"
import type { Clue, VersionSource } from "../version/version-source.js"
import {
  type DataPatterns,
  type Described,
  inPyproject,
  type SdistLine,
  type SdistPart,
  tomlList,
} from "./build-backend.js"
import { refuseOwnSource, versionByPattern } from "./version-table.js"

const PATTERN = "^(?:__version__|VERSION)\\s*=\\s*[\"'](.+?)[\"']\\s*(?:#.*)?$"

const versionTable = z
  .object({
    source: z.string().default("file"),
    path: z.string().optional(),
    pattern: z.string().default(PATTERN).catch(PATTERN),
  })
  .optional()
  .catch(undefined)

export function pdmVersion({ pyproject }: Clue): VersionSource | undefined {
  const { version } = toolTable(pyproject, "pdm")
  const table = versionTable.parse(version)
  if (!table) return undefined
  const { path, pattern, source } = table
  if (source === "scm") return { variables: ["PDM_BUILD_SCM_VERSION"] }
  return source === "file"
    ? versionByPattern("pdm", path, pattern)
    : refuseOwnSource("pdm", source)
}

export function pdmLayout({ pyproject }: Described) {
  const included = toolTexts(pyproject, "pdm", "build", "includes")
  return {
    roots: toolTexts(pyproject, "pdm", "build", "package-dir"),
    paths: included.map((each) => ({ path: patternStart(each) })),
  }
}

/** What PDM kept before there were dependency groups, and editable ones still. */
export function pdmGroups({ pyproject, sources }: Described) {
  const table = ["pdm", "dev-dependencies"]
  const nameIn = (folder: string) => projectNameAt(folder, sources)
  return Object.fromEntries(
    Object.keys(toolTable(pyproject, ...table)).map((name) => [
      name,
      toolTexts(pyproject, ...table, name).map(
        (each) => folderRequirement(each, nameIn) ?? each,
      ),
    ]),
  )
}

export const pdmIncludes: DataPatterns = {
  why: "pdm-backend takes the package's folder, unless `includes` names only some of it or `excludes` some more",
  lines: ([part]) => [
    inPyproject(
      "[tool.pdm.build]",
      `includes = ${tomlList([part?.packageDir ?? ""])}`,
    ),
  ],
}

export const pdmSdist = ({ path }: SdistPart): SdistLine => ({
  place: "[tool.pdm.build]",
  line: `source-includes = ${tomlList([path])}`,
})
