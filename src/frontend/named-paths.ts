import { posix } from "node:path"

import { parse } from "#yaml"

import { inFolder } from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"

/** What of a manifest an install reads. */
const TABLES = [
  ...["dependencies", "devDependencies", "optionalDependencies"],
  ...["overrides", "resolutions", "pnpm", "patchedDependencies"],
]
/** Settings of package managers, by the form that they have. */
const YAML = ["pnpm-workspace.yaml", ".yarnrc.yml"]
const LINES = [".npmrc", ".yarnrc"]

const BY_PATH = /^(?:file|link|portal|exec):(?!\/\/|~?\/)(.+)$/
/** Yarn's patches follow what they are for: `patch:heron@npm%3A1.0.0#./heron.patch`. */
const PATCHES = /^patch:[^#]*#(.*?)(?:::.*)?$/

/** What the install of a folder reads by a path in its manifest or in settings beside it, relative to the project. */
export function namedPaths(
  folder: string,
  root: string,
  sources: Sources,
): string[] {
  const texts = [
    ...inManifest(sources.text(inFolder(folder, "package.json"))),
    ...YAML.flatMap((name) => inYaml(sources.text(inFolder(folder, name)))),
    ...LINES.flatMap((name) => inLines(sources.text(inFolder(folder, name)))),
  ]
  const from = (start: string, path: string) =>
    posix.normalize(posix.join(start, path)).replace(/\/$/, "")
  const found = texts.flatMap((text) => {
    const patches = PATCHES.exec(text)?.[1]?.split("&") ?? []
    const named = BY_PATH.exec(text)?.[1]
    const plain = from(folder, text)
    return [
      ...patches
        .map((each) => each.replace(/^optional!/, ""))
        .filter((each) => !/^builtin</.test(each))
        .map((each) =>
          each.startsWith("~/")
            ? from(root, each.slice(2))
            : from(folder, each),
        ),
      ...(named === undefined ? [] : [from(folder, named)]),
      ...(isThere(text, plain, sources) ? [plain] : []),
    ]
  })
  return [...new Set(found)].filter(
    (path) => path !== "." && !path.startsWith("..") && !isAround(path, folder),
  )
}

/** A frontend that is in it would be installed anew by each of its own lines. */
function isAround(path: string, folder: string): boolean {
  return `${folder}/`.startsWith(`${path}/`)
}

function isThere(text: string, path: string, sources: Sources): boolean {
  if (!/[./]/.test(text) || text.startsWith("/")) return false
  return (
    sources.has(path) ||
    sources.has(`${path}/`) ||
    (text.includes("/") &&
      [...sources.paths].some((each) => each.startsWith(`${path}/`)))
  )
}

function inManifest(text = "{}"): string[] {
  const manifest = tableIn(() => JSON.parse(text.replace(/^\uFEFF/, "")))
  return TABLES.flatMap((name) => textsIn(manifest[name]))
}

function inYaml(text = ""): string[] {
  const settings = tableIn(() => parse(text))
  // The packages of a workspace bring their manifests alone.
  return textsIn({ ...settings, packages: undefined })
}

function inLines(text = ""): string[] {
  return text
    .split(/[\r\n]+/)
    .flatMap(
      (line) =>
        /^\s*[^#;\s=]+(?:\s*=\s*|\s+)["']?(.*?)["']?\s*$/.exec(line)?.[1] ?? [],
    )
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** What can't be read is told where it matters, or by the package manager. */
export function tableIn(reading: () => unknown): Record<string, unknown> {
  try {
    const value = reading()
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}
