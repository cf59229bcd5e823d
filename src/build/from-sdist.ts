import { posix } from "node:path"

import { backendNamed, moduleOf } from "../backends/backends.js"
import type { SdistPart } from "../backends/build-backend.js"
import type { BuildWords } from "../pipeline/build-causes.js"
import type { Pyproject } from "../reading/pyproject.js"
import { code } from "../text/code.js"
import { literal } from "../text/literal.js"

const SDIST = /^error: Failed to build `\/dist\/([^`/]+)\.tar\.gz`/m
const SOUGHT =
  /(?:No such file or directory|not found|does not exist): (?:PosixPath\()?'?([^'\n]+?)'?\)?$/
const MODULE = /No module named '(\w+)/

/** What a build that failed may have looked for in the sdist, by its path there; nothing where it is not the wheel from the sdist that failed. */
export function soughtInSdist({ uv, what }: BuildWords): string[] | undefined {
  const stem = SDIST.exec(uv)?.[1]
  if (stem === undefined) return undefined
  const module = MODULE.exec(what)?.[1]
  if (module !== undefined) return [`${module}.py`, module]
  const [, sought = "/"] = SOUGHT.exec(what) ?? []
  const inside = new RegExp(`^/.*/${literal(stem)}/`)
  const path = posix.normalize(sought.replace(inside, ""))
  return /^(\/|\.\.?(\/|$))/.test(path) ? [] : [path]
}

/** Tells what the sdist lacks, and what includes it. */
export function whatSdistLacks(
  lacking: SdistPart,
  pyproject: Pyproject,
): string {
  const said = backendNamed(moduleOf(pyproject))?.sdistLine?.(lacking)
  const by = said ? `, by ${code(said.line)} in ${code(said.place)}` : ""
  const hook = JSON.stringify(pyproject.tool).includes('"skip-if-exists"')
    ? " Where the sdist has what it is needed for, `skip-if-exists` of the hook can name those files by their paths as they are in the sdist."
    : ""
  return `The sdist was built, and the wheel from it was not: the sdist lacks ${code(lacking.path)}, which the project has and the build of the wheel needs. Whoever installs from the sdist fails so as well. Include it in the sdist${by}.${hook}`
}

/** What may be so where nothing tells what was looked for. */
export const FROM_SDIST =
  "The sdist was built, and the wheel from it was not: whoever installs from the sdist fails so as well. Where the wheel can be built in the project's folder, see what the sdist lacks."
