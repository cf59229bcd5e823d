import { z } from "#zod"

import { patternStart } from "../reading/path-patterns.js"
import {
  constraints,
  poetryRequirements,
} from "../reading/poetry-requirements.js"
import { toolTable, toolTexts } from "../reading/pyproject.js"
import type { Clue, VersionSource } from "../version/version-source.js"
import {
  type DataPatterns,
  type Described,
  inPyproject,
  type SdistLine,
  type SdistPart,
} from "./build-backend.js"

export function poetryVersion({ pyproject }: Clue): VersionSource | undefined {
  const backend = pyproject["build-system"]?.["build-backend"] ?? ""
  if (backend.startsWith("poetry_dynamic_versioning"))
    return { variables: ["POETRY_DYNAMIC_VERSIONING_BYPASS"] }
  if (toolTexts(pyproject, "poetry", "version").length === 0) return undefined
  return {
    places: [
      {
        kind: "toml",
        path: "pyproject.toml",
        key: ["tool", "poetry", "version"],
      },
    ],
  }
}

const packages = z
  .array(
    z.object({
      include: z.string(),
      from: z.string().default(""),
      format: z.union([z.string(), z.array(z.string())]).default("wheel"),
    }),
  )
  .catch([])

export function poetryLayout({ pyproject }: Described) {
  const listed = packages.parse(toolTable(pyproject, "poetry")["packages"])
  const shipped = listed.filter(({ format }) =>
    [format].flat().includes("wheel"),
  )
  return {
    paths: shipped.map(({ from, include }) => ({
      root: from,
      path: patternStart(include),
    })),
  }
}

export function poetryName({ pyproject }: Described): string | undefined {
  return toolTexts(pyproject, "poetry", "name")[0]
}

/** Poetry writes its dependencies as tables of constraints. */
export function poetryGroups({ pyproject }: Described) {
  const read = (...key: string[]) =>
    poetryRequirements(constraints.parse(toolTable(pyproject, ...key)))
  const dev = read("poetry", "dev-dependencies")
  const names = Object.keys(toolTable(pyproject, "poetry", "group"))
  return {
    ...(dev.length > 0 ? { dev } : {}),
    ...Object.fromEntries(
      names.map((name) => [
        name,
        read("poetry", "group", name, "dependencies"),
      ]),
    ),
  }
}

export const poetryInclude: DataPatterns = {
  why: "poetry-core leaves out what `.gitignore` or `exclude` names, unless it is included for both formats",
  lines: (parts) => [
    inPyproject(
      "[tool.poetry]",
      `include = [${parts.map(({ isFolder, path }) => `{ path = "${path}${isFolder ? "/**/*" : ""}", format = ["sdist", "wheel"] }`).join(", ")}]`,
    ),
  ],
}

export const poetrySdist = ({ path }: SdistPart): SdistLine => ({
  place: "[tool.poetry]",
  line: `include = [{ path = "${path}", format = "sdist" }]`,
})
