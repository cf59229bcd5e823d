import { posix } from "node:path"

import type { FrontendConfig } from "../config/config-schema.js"
import type { Problems } from "../errors.js"
import type { PackageJson } from "../reading/package-json.js"
import { pathFromProject } from "./place.js"

/** A folder that a build writes, and where that goes; both relative to the project. */
export interface Output {
  readonly from: string
  readonly destination: string
}

/** Where a frontend is, and where the package is that it goes into. */
export interface OutputPlace {
  readonly path: string
  readonly packageDir: string
  /** Where what is written outside of the package goes, unless it is said. */
  readonly usual: string
}

/** A frontend with the folders that are emptied before its build, from the top of the repository. */
interface Emptied {
  readonly path: string
  readonly outputs: readonly Output[]
  readonly place: OutputPlace
  readonly prefix: string
}

const OWN_OUTPUT =
  "Let the build write into a folder of its own, and name that, such as `dist`."
/** Where each build tool writes unless told otherwise. */
const USUAL = { next: "out", vite: "dist", "react-scripts": "build" }

/** What the configuration says that the build writes, or what its tool usually writes. */
export function resolveOutputs(
  { destination, output }: FrontendConfig,
  place: OutputPlace,
  manifest: PackageJson,
  problems: Problems,
): Output[] {
  const written = [output ?? usualOutput(manifest)]
    .flat()
    .map((each) =>
      posix.normalize(posix.join(place.path, each)).replace(/\/$/, ""),
    )
  refuseOutside(written, [output ?? []].flat(), problems)
  const apart = written.filter((from) => !isInPackage(from, place))
  return written.map((from) => ({
    from,
    destination:
      apart.length > 1 && apart.includes(from)
        ? posix.join(destination ?? place.usual, posix.basename(from))
        : (destination ?? destinationOf(from, place)),
  }))
}

/** What a build writes into the package stays where it is. */
export function destinationOf(from: string, place: OutputPlace): string {
  return isInPackage(from, place) ? from : place.usual
}

/** Refuses what holds the frontend's own folder, which would go with the earlier output before a build. */
export function refuseAround(
  { outputs, path, place, prefix }: Emptied,
  problems: Problems,
): void {
  const shown = (folder: string) => pathFromProject(prefix, folder) || "."
  const refuse = (key: string, value: string, next: string) => {
    problems.add(
      "configuration",
      `\`tool.shipwheel.frontend.${key}\` is \`${value}\`, and the frontend \`${shown(path)}\` lies in it: it would be taken away with the earlier output before a build`,
      next,
    )
  }
  for (const { destination, from } of outputs.filter(
    (each) => !isInPlace(each),
  ))
    if (isBelow(path, from))
      refuse("output", posix.relative(path, from) || ".", OWN_OUTPUT)
    else if (isBelow(path, destination))
      refuse(
        "destination",
        shown(destination),
        `Name a folder of the package for the output alone, such as \`${shown(place.usual)}\`.`,
      )
}

/** Whether a build writes into the place where its output goes, beside what lies there. */
export function isInPlace({ destination, from }: Output): boolean {
  return posix.normalize(destination) === from
}

export function isBelow(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`)
}

export function isInPackage(
  path: string,
  { packageDir }: OutputPlace,
): boolean {
  return packageDir !== "" && isBelow(path, packageDir)
}

/** Whether the modules of a package lie in a frontend's folder, which then is no folder of its own. */
export function hasModules(
  path: string,
  packageDir: string | undefined,
  paths: Iterable<string>,
): boolean {
  if (path === "" || packageDir === undefined) return false
  if (isBelow(packageDir, path)) return true
  const python = [...paths].filter(
    (each) => each.endsWith(".py") && isBelow(each, path),
  )
  // That alone makes a folder one that Python finds data in.
  const mark = `${path}/__init__.py`
  return (
    python.includes(mark) &&
    python.some((each) => posix.basename(each) !== "__init__.py")
  )
}

function usualOutput(manifest: PackageJson): string {
  const names = { ...manifest.devDependencies, ...manifest.dependencies }
  const tool = Object.entries(USUAL).find(([name]) => name in names)
  return tool?.[1] ?? "dist"
}

function refuseOutside(
  written: readonly string[],
  configured: readonly string[],
  problems: Problems,
): void {
  for (const [at, from] of written.entries())
    if (from === "." || from.startsWith(".."))
      problems.add(
        "configuration",
        `\`tool.shipwheel.frontend.output\` is \`${configured[at] ?? ""}\`, which is not a folder inside the project`,
        "Write a path relative to the frontend's folder, such as `dist`, or `../quayside/static` for a build that writes into the package.",
      )
}
