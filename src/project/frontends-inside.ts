import { buildsItself, resolveBuildNode } from "../frontend/asks-node.js"
import { isBelow } from "../frontend/output.js"
import { PACKAGE_MANAGERS } from "../frontend/package-manager-table.js"
import type { BuildClues } from "../reading/build-scripts.js"
import { buildScript, foldersAbove, inFolder } from "../reading/package-json.js"
import { type FrontendBeside, leadingFile } from "./frontends-beside.js"
import { isDocumentation, readManifests } from "./unseen-frontends.js"

/** What is looked for in a project. */
export interface InsideClues extends BuildClues {
  /** The folder of the import package. */
  readonly packageDir: string | undefined
}

const LOCKFILES = Object.values(PACKAGE_MANAGERS).flatMap(
  ({ lockfiles }) => lockfiles,
)
/** What whoever uses the package makes a project of their own from. */
const TEMPLATE =
  /(^|\/)(.*templates?|scaffold(s|ing)?|skeletons?|boilerplates?|cookiecutters?|.*\{\{.*)(\/|$)/i

/**
 * The frontends in a project that nobody need name: what lies in the package, or is told to write there. One without a
 * lockfile is no app of anybody here, and what its `build` does not build has to be said.
 */
export function frontendsInside(clues: InsideClues): FrontendBeside[] {
  const { packageDir, sources } = clues
  if (packageDir === undefined || packageDir.endsWith(".py")) return []
  const built = resolveBuildNode(clues)
  const found = [...readManifests(sources)].flatMap(([path, manifest]) => {
    const meant =
      buildScript(manifest)?.[0] === "build" &&
      !TEMPLATE.test(path) &&
      !isDocumentation(manifest) &&
      !buildsItself(built, path, sources) &&
      hasLockfile(path, clues)
    const leads = meant
      ? isBelow(path, packageDir)
        ? inFolder(path, "package.json")
        : leadingFile(path, "", sources, packageDir)
      : undefined
    return leads === undefined ? [] : [{ path, leads, script: "build" }]
  })
  const paths = found.map(({ path }) => path)
  return found.filter(
    ({ path }) => !foldersAbove(path).some((each) => paths.includes(each)),
  )
}

function hasLockfile(path: string, { sources }: BuildClues): boolean {
  return [path, ...foldersAbove(path)].some((folder) =>
    LOCKFILES.some((name) => sources.has(inFolder(folder, name))),
  )
}
