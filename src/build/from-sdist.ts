import { posix } from "node:path"

import { backendNamed, moduleOf } from "../backends/backends.js"
import type { SdistPart } from "../backends/build-backend.js"
import type { DeadEnd } from "../git/tracked.js"
import type { BuildWords } from "../pipeline/build-causes.js"
import type { Pyproject } from "../reading/pyproject.js"
import { code } from "../text/code.js"
import { literal } from "../text/literal.js"

const FAILED = "The sdist was built, and the wheel from it was not"
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

/** Tells what the sdist lacks, and what includes it: all of it, where one is a link to the other. */
export function whatSdistLacks(
  lacking: readonly [SdistPart, ...SdistPart[]],
  pyproject: Pyproject,
): string {
  const { sdistLine } = backendNamed(moduleOf(pyproject)) ?? {}
  const said = lacking.flatMap((part) => sdistLine?.(part) ?? [])
  const lines = said.map(({ line }) => code(line)).join(" and ")
  const by = said[0] ? `, by ${lines} in ${code(said[0].place)}` : ""
  const hook = JSON.stringify(pyproject.tool).includes('"skip-if-exists"')
    ? " Where the sdist has what it is needed for, `skip-if-exists` of the hook can name those files by their paths as they are in the sdist."
    : ""
  const [path, to] = lacking.map((part) => code(part.path))
  const what =
    to === undefined ? path : `${path}, or ${to} that it is a link to`
  return `${FAILED}: the sdist lacks ${what}, which the project has and the build of the wheel needs. Whoever installs from the sdist fails so as well. Include ${to === undefined ? "it" : "both"} in the sdist${by}.${hook}`
}

/** Tells that a link leads to nothing that an sdist can have. */
export function whyNotLinked(path: string, { to, why }: DeadEnd): string {
  return `${FAILED}: the build of the wheel needs ${code(path)}, a link to ${code(to)}, ${why}. Whoever installs from the sdist fails so as well. Let the link lead to a file that git tracks and the sdist has, or put that file in its place.`
}

/** What may be so where nothing tells what was looked for. */
export const FROM_SDIST = `${FAILED}: whoever installs from the sdist fails so as well. Where the wheel can be built in the project's folder, see what the sdist lacks.`
