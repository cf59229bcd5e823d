import { posix } from "node:path"

import type { FrontendConfig } from "../config/config-schema.js"
import { problem, type Problems } from "../errors.js"
import {
  inFolder,
  type PackageJson,
  readPackageJson,
} from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { resolveInstallation } from "./lockfile.js"
import { type NodeVersion, resolveNode } from "./node-version.js"
import type { PackageManager } from "./package-manager.js"

/** What the frontends of a project are found by. */
export interface FrontendClues {
  readonly sources: Sources
  /** The folder of the import package. */
  readonly packageDir: string | undefined
  /** The folders with a frontend, and what is configured of each. */
  readonly frontends: readonly FrontendConfig[]
}

/** How the frontend is built, and where its output goes. */
export interface Frontend {
  readonly path: string
  /** Relative to `path`. */
  readonly output: string
  /** Relative to the project. */
  readonly destination: string
  readonly script: string
  /** All the scripts that there are. */
  readonly scripts: readonly string[]
  /** What the environment sets for the build. */
  readonly variables: Readonly<Record<string, string>>
  /** Scripts that look for mistakes. */
  readonly checks: readonly string[]
  readonly manager: PackageManager
  /** Absent where the usual Node will do. */
  readonly node: NodeVersion | undefined
  /** The folder with the lockfile: `path`, or the workspace that it is in. */
  readonly root: string
  /** The folders of the workspace's packages, relative to `root`. */
  readonly members: readonly string[]
}

const CHECKS = ["lint", "type-check", "typecheck"]
/** Where each build tool writes unless told otherwise. */
const OUTPUTS = { next: "out", vite: "dist", "react-scripts": "build" }

/** Fills in the settings of each frontend from its package.json, or adds what is missing. */
export function resolveFrontends(
  clues: FrontendClues,
  problems: Problems,
): Frontend[] {
  const resolved = clues.frontends.flatMap(
    (each) => resolveFrontend(each, clues, problems) ?? [],
  )
  refuseOverlaps(resolved, problems)
  return resolved
}

/** The frontends in that folder, or all of them; none is refused. */
export function chooseFrontends(
  frontends: readonly Frontend[],
  path: string | undefined,
): readonly Frontend[] {
  if (frontends.length === 0)
    throw problem(
      "project",
      "this project has no frontend",
      "Name its folder in `tool.shipwheel.frontend.path`.",
    )
  if (path === undefined) return frontends
  const chosen = frontends.filter((each) => each.path === path)
  if (chosen.length > 0) return chosen
  const known = [...new Set(frontends.map((each) => `\`${each.path}\``))]
  throw problem(
    "project",
    `\`${path}\` is no frontend of this project`,
    `Its frontends are in ${known.join(", ")}.`,
  )
}

function resolveFrontend(
  config: FrontendConfig,
  clues: FrontendClues,
  problems: Problems,
): Frontend | undefined {
  const { sources } = clues
  const { path, script = "build" } = config
  const manifest = readPackageJson(path, sources, problems)
  if (!manifest) return undefined
  if (!(script in manifest.scripts))
    problems.add(
      "frontend",
      `\`${path}/package.json\` has no script \`${script}\``,
      "Add it, or name the one that builds in `tool.shipwheel.frontend.script`.",
    )
  const installation = resolveInstallation(path, manifest, sources, problems)
  return {
    path,
    output: config.output ?? usualOutput(manifest),
    destination: config.destination ?? usualDestination(path, clues),
    script,
    scripts: Object.keys(manifest.scripts),
    variables: {},
    checks: CHECKS.filter((each) => each in manifest.scripts),
    ...installation,
    node: resolveNode(path, config.node, manifest, sources, problems),
    members: membersOf(installation.root, path, sources.paths),
  }
}

/** In a workspace a package may need any other; a frontend of its own has none. */
function membersOf(
  root: string,
  path: string,
  paths: ReadonlySet<string>,
): string[] {
  if (root === path) return []
  const prefix = inFolder(root, "")
  return [...paths]
    .filter((each) => each.startsWith(prefix) && each.endsWith("/package.json"))
    .map((each) => posix.dirname(each.slice(prefix.length)))
    .filter((each) => each !== ".")
    .sort()
}

/** One is the package's `frontend`; of several, each keeps the name of its folder. */
function usualDestination(
  path: string,
  { frontends, packageDir = "" }: FrontendClues,
): string {
  const name = frontends.length > 1 ? path.replace(/^.*\//, "") : "frontend"
  return `${packageDir}/${name}`
}

/** What one writes, another would replace. */
function refuseOverlaps(
  frontends: readonly Frontend[],
  problems: Problems,
): void {
  for (const [at, one] of frontends.entries())
    for (const other of frontends.slice(at + 1))
      if (overlap(one.destination, other.destination))
        problems.add(
          "configuration",
          `the frontends \`${one.path}\` and \`${other.path}\` go into the same place: \`${one.destination}\` and \`${other.destination}\``,
          "Give each a folder of its own as `destination` in `[[tool.shipwheel.frontend]]`.",
        )
}

function overlap(one: string, other: string): boolean {
  const [first, second] = [one, other].map(
    (path) => `${posix.normalize(path)}/`,
  )
  return (
    !!first &&
    !!second &&
    (first.startsWith(second) || second.startsWith(first))
  )
}

function usualOutput(manifest: PackageJson): string {
  const names = { ...manifest.devDependencies, ...manifest.dependencies }
  const tool = Object.entries(OUTPUTS).find(([name]) => name in names)
  return tool?.[1] ?? "dist"
}
