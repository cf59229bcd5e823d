import { posix } from "node:path"

import type { FrontendConfig } from "../config/config-schema.js"
import { problem, Problems } from "../errors.js"
import {
  type LockedBy,
  type NpmCredentials,
  npmCredentials,
} from "../npm-token/npm-credentials.js"
import {
  buildScript,
  inFolder,
  type PackageJson,
  readPackageJson,
} from "../reading/package-json.js"
import type { Sources } from "../reading/sources.js"
import { repositorySources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { type Installation, resolveInstallation } from "./lockfile.js"
import { membersOf } from "./members.js"
import { namedPaths } from "./named-paths.js"
import { type NodeVersion, resolveNode } from "./node-version.js"
import {
  hasModules,
  isBelow,
  type Output,
  type OutputPlace,
  refuseAround,
  resolveOutputs,
} from "./output.js"
import { type PackageManager, rowOf } from "./package-manager.js"
import { fromProject, pathFromProject, pathFromTop } from "./place.js"

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
  /** Relative to the project, and so are all others that say no more. */
  readonly path: string
  /** Where the project is in the repository around it, which the frontend sees; empty where it sees the project alone. */
  readonly prefix: string
  /** What it writes, as far as that is known before it is built. */
  readonly outputs: readonly Output[]
  /** Nobody said what it writes: its build will show. */
  readonly guessed: boolean
  readonly place: OutputPlace
  /** Modules of the package lie in its folder as well. */
  readonly withModules: boolean
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
  /** Folders and files of the project that it depends on by their path, relative to the project. */
  readonly local: readonly string[]
  /** Its install runs scripts of its own, which may read any of its files. */
  readonly installsByScript: boolean
  /** What its package manager takes from variables. */
  readonly credentials: NpmCredentials
  /** What it reads of what is left out by default: patterns relative to the project. */
  readonly reads: readonly string[]
  /** What it is not given, because git ignores it: paths of the tree that it sees. */
  readonly withheld?: readonly string[]
  /** What it is given although git ignores it, because `reads` names it: the same. */
  readonly given?: readonly string[]
}

/** The same with every path from the top of the repository. */
interface CluesFromTop extends FrontendClues {
  readonly prefix: string
}

/** Those of the packages themselves, which every package manager runs when it installs them. */
const INSTALL_SCRIPTS = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
]
/** What sets up the hooks of a checkout, or reads no more than is there already. */
const READS_NOTHING =
  /^(?:is-ci \|\| )?(?:cd [\w./-]+ && )?(?:husky(?: install)?(?: [\w./-]+)?|simple-git-hooks|lefthook install|git config (?:--local )?core\.hooksPath [\w./-]+|patch-package)(?: \|\| (?:true|exit 0|:))?$/
const FOR_RELEASES = ["build:production", "build:prod", "build:prd"]
const CHECKS = ["lint", "type-check", "typecheck"]

/** Fills in the settings of each frontend from its package.json, or adds what is missing. */
export function resolveFrontends(
  clues: FrontendClues,
  problems: Problems,
): Frontend[] {
  const around = cluesFromTop(clues)
  const resolved = around.frontends.flatMap(
    (each) => resolveFrontend(each, around, problems) ?? [],
  )
  for (const each of resolved) refuseAround(each, problems)
  refuseOverlaps(resolved, problems)
  return resolved.map(fromProject)
}

/** What a frontend needs may lie anywhere in the repository, so that is where it is looked for. */
function cluesFromTop(clues: FrontendClues): CluesFromTop {
  const { frontends, packageDir } = clues
  const sources = repositorySources(clues.sources)
  const prefix = clues.sources.at
  const down = (path: string) => pathFromTop(prefix, path)
  return {
    prefix,
    sources,
    packageDir: packageDir === undefined ? undefined : down(packageDir),
    frontends: frontends.map(({ destination, path, reads, ...more }) => ({
      ...more,
      path: down(path),
      ...(destination !== undefined && {
        destination: down(destination.replace(/\/+$/, "")),
      }),
      ...(reads && { reads: reads.map(down) }),
    })),
  }
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
  const known = [...new Set(frontends.map((each) => code(each.path)))]
  throw problem(
    "project",
    `\`${path}\` is no frontend of this project`,
    `Its frontends are in ${known.join(", ")}.`,
  )
}

function resolveFrontend(
  config: FrontendConfig,
  clues: CluesFromTop,
  problems: Problems,
): Frontend | undefined {
  const { sources } = clues
  const { path } = config
  const manifest = readPackageJson(path, sources, problems)
  if (!manifest) return undefined
  const script = config.script ?? releaseScript(manifest)
  const own = pathFromProject(clues.prefix, path)
  if (!(script in manifest.scripts))
    problems.add(
      "frontend",
      `${code(inFolder(own, "package.json"))} has no script ${code(script)}`,
      scriptAdvice(own, manifest),
    )
  const installation = resolveInstallation(path, manifest, sources, problems)
  const { root } = installation
  const members = membersOf(installation, sources)
  const inWorkspace = members.map((each) => pathFromTop(root, each))
  const folders = [...new Set([path, root, ...inWorkspace])]
  const place = outputPlace(path, clues)
  return {
    path,
    prefix: clues.prefix,
    outputs: resolveOutputs(config, place, manifest, problems),
    guessed: config.output === undefined && config.destination === undefined,
    place,
    withModules: hasModules(path, clues.packageDir, sources.paths),
    script,
    scripts: Object.keys(manifest.scripts),
    variables: {},
    checks: CHECKS.filter((each) => each in manifest.scripts),
    ...installation,
    node: resolveNode(path, config.node, manifest, sources, problems),
    members,
    ...readManifests(folders, root, sources),
    credentials: npmCredentials(
      path,
      sources,
      lockedBy(installation, folders, sources),
    ),
    reads: config.reads ?? [],
  }
}

function scriptAdvice(path: string, manifest: PackageJson): string {
  const seen = buildScript(manifest)?.[0]
  return seen === undefined
    ? "Add it, or name the one that builds in `tool.shipwheel.frontend.script`."
    : `What builds seems to be ${code(seen)}: write \`path = "${path || "."}"\` and \`script = "${seen}"\` in \`[[tool.shipwheel.frontend]]\`, or add the script.`
}

/** Whoever has one for production by its name may build something else for themselves by `build`. */
function releaseScript({ scripts }: PackageJson): string {
  return FOR_RELEASES.find((each) => each in scripts) ?? "build"
}

function lockedBy(
  { manager, root }: Installation,
  folders: readonly string[],
  sources: Sources,
): LockedBy {
  return {
    tool: manager.tool,
    lockfile: rowOf(manager)
      .lockfiles.map((each) => inFolder(root, each))
      .filter((each) => sources.has(each))
      .at(-1),
    manifests: folders.map((each) => inFolder(each, "package.json")),
  }
}

/** What the manifests of a frontend and of its workspace, and the settings beside them, say of their install. */
function readManifests(
  folders: readonly string[],
  root: string,
  sources: Sources,
) {
  const manifests = folders.flatMap(
    (folder) => readPackageJson(folder, sources, new Problems()) ?? [],
  )
  const local = folders.flatMap((folder) => namedPaths(folder, root, sources))
  return {
    local: [...new Set(local)],
    installsByScript: manifests.some(({ scripts }) =>
      INSTALL_SCRIPTS.some(
        (each) => each in scripts && !READS_NOTHING.test(scripts[each] ?? ""),
      ),
    ),
  }
}

/** One goes into the package's `frontend`; of several, each keeps the name of its folder. */
function outputPlace(
  path: string,
  { frontends, packageDir = "" }: FrontendClues,
): OutputPlace {
  const name = frontends.length > 1 ? path.replace(/^.*\//, "") : "frontend"
  return { path, packageDir, usual: `${packageDir}/${name}` }
}

/** What one writes, another would replace. */
function refuseOverlaps(
  frontends: readonly Frontend[],
  problems: Problems,
): void {
  for (const [at, one] of frontends.entries())
    for (const other of frontends.slice(at + 1))
      for (const [first, second] of overlaps(one, other))
        problems.add(
          "configuration",
          `the frontends \`${one.path}\` and \`${other.path}\` go into the same place: \`${first}\` and \`${second}\``,
          "Give each a folder of its own as `destination` in `[[tool.shipwheel.frontend]]`.",
        )
}

function overlaps(one: Frontend, other: Frontend): [string, string][] {
  const second = other.outputs.map(({ destination }) => destination)
  return one.outputs.flatMap(({ destination }) =>
    second
      .filter((each) => overlap(destination, each))
      .map((each): [string, string] => [destination, each]),
  )
}

function overlap(one: string, other: string): boolean {
  const [first, second] = [posix.normalize(one), posix.normalize(other)]
  return isBelow(first, second) || isBelow(second, first)
}
