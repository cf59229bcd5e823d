import { valid } from "@renovatebot/pep440"

import {
  type ImportPackage,
  moduleFiles,
  under,
} from "../reading/import-package.js"
import type { Sources } from "../reading/sources.js"
import { originOf } from "./stated-version.js"
import { readPlace, type VersionPlace } from "./version-place.js"

/** What a version is called in a file that holds one. */
const NAME = /^_*(?:version|release)(?:_(?:string|str|text|number))?_*$/i
const USUAL = ["__version__", "VERSION", "version"]

/** The version in a module that a script names, however it reads that: it runs, imports or searches it. */
export function namedVersion(
  sources: Sources,
  found: ImportPackage | undefined,
  script: string,
): VersionPlace | undefined {
  const text = sources.text(script) ?? ""
  const words = text.match(/[A-Za-z_]\w*/g) ?? []
  const names = new Set([...USUAL, ...words.filter((each) => NAME.test(each))])
  for (const path of modulesIn(sources, found, text))
    for (const name of names) {
      const place = originOf(sources, found?.root ?? "", path, name)
      if (place && holdsVersion(sources, place)) return place
    }
  return undefined
}

/** The manifests of a frontend that a script reads. */
export function manifestsRead(sources: Sources, script: string): string[] {
  return pathsIn(sources.text(script) ?? "").filter(
    (path) => /(^|\/)package\.json$/.test(path) && sources.has(path),
  )
}

/** The version of a manifest that a script reads. */
export function manifestVersion(
  sources: Sources,
  script: string,
): VersionPlace | undefined {
  const text = sources.text(script) ?? ""
  if (!/\[\s*["']version["']\s*\]/.test(text)) return undefined
  return manifestsRead(sources, script)
    .map((path): VersionPlace => ({ kind: "json", path, key: ["version"] }))
    .find((place) => holdsVersion(sources, place))
}

function holdsVersion(sources: Sources, place: VersionPlace): boolean {
  const held = readPlace(place, sources.text(place.path) ?? "")
  return held !== undefined && valid(held) !== null
}

/** Modules of the project: those that are named by their path come before those that are imported. */
function modulesIn(
  sources: Sources,
  found: ImportPackage | undefined,
  text: string,
): string[] {
  const folders = [...new Set(["", found?.root ?? "", found?.path ?? ""])]
  const named = pathsIn(text)
    .filter(
      (path) => path.endsWith(".py") && !/^(setup|versioneer)\.py$/.test(path),
    )
    .flatMap((path) => folders.map((folder) => under(folder, path)))
  const imported = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+([\w.]+)/gm)]
    .flatMap(([, module = ""]) =>
      ["", found?.root ?? ""].flatMap((root) => moduleFiles(root, module)),
    )
    // What lies beside the package helps to build it, and has a version of its own.
    .filter((path) => found && `${path}/`.startsWith(`${found.path}/`))
  return [...new Set([...named, ...imported])].filter((path) =>
    sources.paths.has(path),
  )
}

/** Texts that may be paths, also those that are put together of their parts. */
function pathsIn(text: string): string[] {
  const joined = text.replace(/["']\s*[,/]\s*["']/g, "/")
  return [joined, text].flatMap((each) =>
    [
      ...each.matchAll(/["'](?:\.?\/)?([\w./-]*?[\w-]\.(?:py|json))(?=["'/])/g),
    ].flatMap(([, path]) => path ?? []),
  )
}
