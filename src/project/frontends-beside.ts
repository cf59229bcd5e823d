import { posix } from "node:path"

import type { ForgottenClues } from "../build/forgotten-frontends.js"
import type { Config } from "../config/config-schema.js"
import { Problems } from "../errors.js"
import { buildsItself, resolveBuildNode } from "../frontend/asks-node.js"
import { isBelow } from "../frontend/output.js"
import { pathFromProject, pathFromTop } from "../frontend/place.js"
import type { BuildClues } from "../reading/build-scripts.js"
import {
  buildScript,
  foldersAbove,
  readPackageJson,
} from "../reading/package-json.js"
import { isPythonProject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { repositorySources } from "../reading/sources.js"
import { isForOthers } from "./unseen-frontends.js"

/** What is looked for around a project. */
export interface BesideClues extends BuildClues {
  /** The folder of the import package. */
  readonly packageDir: string | undefined
}

/** A folder outside of the project whose `package.json` builds something, relative to the project. */
export interface FrontendBeside {
  readonly path: string
  /** The file that says where its build writes, relative to the project; absent where none leads into the package. */
  readonly leads: string | undefined
  /** The script that builds. */
  readonly script: string
}

/** Where build tools are told where to write. */
const SETTINGS =
  /^((package|angular|project)\.json|(build|vite|webpack|rollup|next|nuxt|vue|svelte|astro|rspack|rsbuild|esbuild|gulpfile|Gruntfile|tsup|craco)[\w.-]*\.[cm]?[jt]s)$/

/**
 * The frontends of the repository that are not in the project. Those whose settings name a folder of the package are
 * its own, unless the backend builds them itself; a repository may hold others, which are nobody's here.
 */
export function frontendsBeside(clues: BesideClues) {
  const sources = repositorySources(clues.sources)
  const prefix = clues.sources.at
  const found = prefix === "" ? [] : foldersBeside(prefix, sources)
  const built = prefix === "" ? undefined : resolveBuildNode(clues)
  const paths = found
    .map((folder) => pathFromProject(prefix, folder))
    .filter((path) => !buildsItself(built, path, clues.sources))
  const all = paths.map((path): FrontendBeside => {
    const script = scriptIn(pathFromTop(prefix, path), sources) ?? "build"
    return { path, leads: leadingFrom(path, clues), script }
  })
  return {
    leading: withoutRoots(all.filter(({ leads }) => leads !== undefined)),
    others: all.filter(({ leads }) => leads === undefined),
  }
}

/** What shows that one was forgotten; who names frontends, or says that there are none, forgets none. */
export function forgettable(
  clues: BesideClues & Pick<ForgottenClues, "frontends"> & { config: Config },
): ForgottenClues {
  const { config, packageDir = "" } = clues
  const isSaid = config.frontend !== undefined || packageDir.endsWith(".py")
  const others =
    isSaid || packageDir === "" ? [] : frontendsBeside(clues).others
  return { ...clues, packageDir, others }
}

/** A workspace that builds its members is no frontend beside them. */
function withoutRoots(found: readonly FrontendBeside[]): FrontendBeside[] {
  return found.filter(({ path }) =>
    found.every(
      (each) => each.path === path || !foldersAbove(each.path).includes(path),
    ),
  )
}

/** Where something is built, outside of this Python project and of every other. */
function foldersBeside(prefix: string, sources: Sources): string[] {
  const others = (folder: string) =>
    [folder, ...foldersAbove(folder)].filter(
      (each) => isPythonProject(each, sources) && !isBelow(prefix, each),
    )
  return [...sources.paths]
    .filter((path) => posix.basename(path) === "package.json")
    .filter((path) => !isForOthers(path, sources) && !isBelow(path, prefix))
    .map((path) => path.replace(/\/?package\.json$/, ""))
    .filter((folder) => others(folder).length === 0)
    .filter((folder) => scriptIn(folder, sources) !== undefined)
    .sort()
}

function scriptIn(folder: string, sources: Sources): string | undefined {
  const manifest = readPackageJson(folder, sources, new Problems())
  return manifest && buildScript(manifest)?.[0]
}

/** The file of a frontend that names a folder of the package, with both as the project has them. */
export function leadingFrom(
  path: string,
  { packageDir, sources }: Pick<BesideClues, "packageDir" | "sources">,
): string | undefined {
  const { at } = sources
  const all = repositorySources(sources)
  const leads = leadingFile(pathFromTop(at, path), at, all, packageDir)
  return leads && pathFromProject(at, leads)
}

/** The file of a frontend that names a folder of the package. */
export function leadingFile(
  folder: string,
  prefix: string,
  sources: Sources,
  packageDir: string | undefined,
): string | undefined {
  if (packageDir === undefined) return undefined
  const target = pathFromTop(prefix, packageDir)
  return [...sources.paths]
    .filter((path) => {
      const { base, dir } = posix.parse(path)
      return dir === folder && SETTINGS.test(base)
    })
    .find((path) => leadsInto(sources.text(path) ?? "", folder, target))
}

/** Whether a text has a path that leads from a folder into another; one to a file may only be read. */
function leadsInto(text: string, folder: string, target: string): boolean {
  // `join("..", "wren", "static")` is a path as well.
  const joined = text.replace(/["'`]\s*,\s*["'`]/g, "/")
  return [
    ...joined.matchAll(
      /(?<![\w@.-])(?:\.{1,2}\/)*[\w@-][\w@.-]*(?:\/[\w@.-]+)+/g,
    ),
  ].some(
    ([path]) =>
      posix.extname(path) === "" && isBelow(posix.join(folder, path), target),
  )
}
