import { posix } from "node:path"

import type { Frontend } from "./frontend.js"
import { destinationOf, isBelow, isInPackage, type Output } from "./output.js"

/** What a build changed: the folders that are its output, or what it wrote where none could be told. */
export type Written =
  | { readonly outputs: readonly Output[] }
  | { readonly elsewhere: readonly string[] }
  | { readonly either: readonly string[] }

/**
 * Tells the output of a build from the files that it wrote. What it wrote into the package is there by its author's
 * will; else it is the folder that its tool usually writes, or the only one that it wrote.
 */
export function outputsOf(
  frontend: Frontend,
  files: readonly string[],
): Written {
  const { outputs, path, place } = frontend
  if (!frontend.guessed) return namedOutputs(outputs, files)
  const inPackage = tops(
    files.filter(
      (each) =>
        isInPackage(each, place) &&
        !(isInPackage(path, place) && isBelow(each, path)),
    ),
  )
  const usual = outputs.filter(({ from }) => wrote(from, files))
  const [first] = usual
  if (first && inPackage.length > 0 && !isCopied(first.from, inPackage, files))
    return { either: [...usual.map(({ from }) => from), ...inPackage] }
  if (inPackage.length > 0)
    return {
      outputs: inPackage.map((from) => ({ from, destination: from })),
    }
  if (first) return { outputs: usual }
  return onlyFolder(frontend, files)
}

/** A file that a build wrote, and where it goes. */
export interface Moved {
  readonly from: string
  readonly to: string
  /** Not what the build is known to have written: it was there before, or where a build keeps things for itself. */
  readonly early?: boolean
}

/** Whether Python runs it, or loads it into itself. */
export function isCode(path: string): boolean {
  return /\.(py[cdw]?|pth|so|dylib|dll)$/i.test(path)
}

/** What runs for users as it is, in whatever shows or starts it: pages, scripts and styles of a page, templates, queries, scripts of other languages. */
const RUNS =
  /\.([cm]?js|wasm|x?html?|css|svg|xslt?|jinja2?|j2|mako|mustache|hbs|handlebars|ejs|njk|twig|liquid|tmpl|tpl|sql|lua|(ba|z|k|fi)?sh|psm?1|bat|cmd|vbs|pl|rb|php|tcl|r|jl|qml|jar|exe)$/i

export function isRunElsewhere(path: string): boolean {
  return RUNS.test(path)
}

/** What of the files that a build wrote goes with its outputs. */
export function movedBy(
  outputs: readonly Output[],
  files: readonly string[],
): Moved[] {
  return outputs.flatMap(({ destination, from }) =>
    files
      .filter((each) => isBelow(each, from))
      .map((each) => ({
        from: each,
        to: posix.join(destination, posix.relative(from, each)),
      })),
  )
}

function namedOutputs(
  outputs: readonly Output[],
  files: readonly string[],
): Written {
  return outputs.every(({ from }) => wrote(from, files))
    ? { outputs }
    : { elsewhere: tops(files) }
}

function wrote(folder: string, files: readonly string[]): boolean {
  return files.some((each) => isBelow(each, folder))
}

/** Some builds copy into the package what their tool wrote beside it. */
function isCopied(
  from: string,
  places: readonly string[],
  files: readonly string[],
): boolean {
  const inside = (folder: string) =>
    files
      .filter((each) => isBelow(each, folder))
      .map((each) => posix.relative(folder, each))
  return places.some((place) => {
    const copied = new Set(inside(place))
    return inside(from).every((each) => copied.has(each))
  })
}

/** A folder of another name, if the build wrote no second one. */
function onlyFolder(frontend: Frontend, files: readonly string[]): Written {
  const { path } = frontend
  const below = files.filter((each) => isBelow(each, path))
  const folders = [
    ...new Set(
      below
        .map((each) => posix.relative(path, each))
        .filter((each) => each.includes("/"))
        .map((each) => posix.join(path, each.replace(/\/.*$/, ""))),
    ),
  ]
  const [from, ...more] = folders
  return from === undefined || more.length > 0 || below.length < files.length
    ? { elsewhere: tops(files) }
    : {
        outputs: [{ from, destination: destinationOf(from, frontend.place) }],
      }
}

/** The folders that hold files, without those that lie in another of them. */
function tops(files: readonly string[]): string[] {
  const folders = [...new Set(files.map((each) => posix.dirname(each)))].sort()
  return folders.filter(
    (each) => !folders.some((other) => other !== each && isBelow(each, other)),
  )
}
