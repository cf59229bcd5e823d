import type { Config, FrontendConfig } from "../config/config-schema.js"
import { Problems } from "../errors.js"
import { buildsItself, resolveBuildNode } from "../frontend/asks-node.js"
import {
  buildScript,
  foldersAbove,
  inFolder,
  type PackageJson,
  readPackageJson,
} from "../reading/package-json.js"
import { covers } from "../reading/path-patterns.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"

/** A folder whose `package.json` builds something, and that no frontend stands for. */
export interface UnseenFrontend {
  /** Empty where it is the project's own folder. */
  readonly path: string
  readonly script: string
  readonly command: string
}

/** What the unseen are looked for with. */
export interface UnseenClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
  readonly config: Config
  /** Those that are seen. */
  readonly frontends: readonly FrontendConfig[]
}

/** Folders of what is nobody's who installs the package. */
const OTHERS =
  /(^|\/)(node_modules|bower_components|vendor|docs?|documentation|examples?|samples?|tests?|testing|e2e|fixtures|\.[^/]+)\//
/** What makes a site of its own out of a project's documentation. */
const DOCUMENTATION = ["@docusaurus/core", "vitepress", "vuepress", "hexo"]
/** Whether a file is in such a folder. */
export function isForAuthors(path: string): boolean {
  return OTHERS.test(path)
}

/** What is filled in where whoever uses the package makes a project of their own: by its name, and by what says how. */
const FILLED_IN = /\{[{%]|(^|\/)(app|project)[-_]template[^/]*\//
const FILLED_IN_BY = ["cookiecutter.json", "copier.yml", "copier.yaml"]

/** Whether a file is in such a folder, or in a template for projects of others. */
export function isForOthers(path: string, sources: Sources): boolean {
  // A project that is a template itself has that at its top.
  const above = foldersAbove(path).filter(Boolean)
  const isFilledIn = above.some((folder) =>
    FILLED_IN_BY.some((name) => sources.has(inFolder(folder, name))),
  )
  return isForAuthors(path) || FILLED_IN.test(path) || isFilledIn
}

/** Every `package.json` with a build that no frontend covers; of a workspace, what others need is a part of those. */
export function unseenFrontends(clues: UnseenClues): UnseenFrontend[] {
  const { config, sources } = clues
  if (config.frontend?.length === 0) return []
  const manifests = readManifests(sources)
  const buildNode = resolveBuildNode(clues)
  return [...manifests].flatMap(([path, manifest]) => {
    const [script, command] = buildScript(manifest) ?? []
    const seen =
      buildsItself(buildNode, path, sources) ||
      isCovered(path, manifest, command ?? "", {
        ...clues,
        frontends: [
          ...clues.frontends,
          ...(buildNode?.folders ?? []).map((each) => ({ path: each })),
        ],
      }) ||
      isDocumentation(manifest) ||
      isNeeded(manifest, [...manifests.values()])
    return script === undefined || command === undefined || seen
      ? []
      : [{ path, script, command }]
  })
}

/** Adds them with the lines that make them frontends, and those that say that they are none. */
export function refuseUnseen(clues: UnseenClues, problems: Problems): void {
  const unseen = unseenFrontends(clues)
  if (unseen.length === 0) return
  const one = unseen.length === 1
  const files = unseen.map(({ path }) => inFolder(path, "package.json"))
  const built = unseen.map(({ command, script }, at) => {
    const by = `(${code(script)}: ${code(command)})`
    return `${code(files[at] ?? "")} ${one ? `builds something ${by}` : by}`
  })
  const reasons = files.map((each) => `"${each}" = "the reason"`).join(", ")
  problems.add(
    "frontend",
    one
      ? `${built.join("")}, and no frontend is named for it`
      : `${built.join(", ")} build something, and no frontend is named for them`,
    [
      one
        ? "If the package needs what it writes, write into `pyproject.toml`:"
        : "If the package needs what they write, write into `pyproject.toml`, without those that it does not need:",
      "",
      ...frontendLines(clues, unseen).map(indented),
      "",
      clues.frontends.length === 0
        ? "   If the package has no frontend, `frontend = []` in `[tool.shipwheel]` says so."
        : `   If not, \`not-shipped = { ${reasons} }\` in \`[tool.shipwheel]\` says so.`,
    ].join("\n"),
  )
}

/** The lines for those that were found, which a first table would hide, and for more. */
function frontendLines(
  { config, frontends }: UnseenClues,
  added: readonly UnseenFrontend[],
): string[] {
  const found = config.frontend === undefined ? frontends : []
  const tables = [
    ...found.map(({ path }) => ({ path, script: "build" })),
    ...added,
  ]
  return tables.flatMap(({ path, script }) => [
    "[[tool.shipwheel.frontend]]",
    `path = "${path || "."}"`,
    ...(script === "build" ? [] : [`script = "${script}"`]),
  ])
}

function indented(line: string): string {
  return `       ${line}`
}

export function readManifests(sources: Sources): Map<string, PackageJson> {
  const folders = [...sources.paths]
    .filter(
      (path) =>
        /(^|\/)package\.json$/.test(path) && !isForOthers(path, sources),
    )
    .map((path) => path.replace(/\/?package\.json$/, ""))
    .sort()
  return new Map(
    folders.flatMap((folder) => {
      // What can't be read is a problem only of a frontend that is built.
      const manifest = readPackageJson(folder, sources, new Problems())
      return manifest ? [[folder, manifest] as const] : []
    }),
  )
}

/** It is a frontend, is inside of one, or does no more than to build one. */
function isCovered(
  path: string,
  { workspaces }: PackageJson,
  command: string,
  { config, frontends, sources }: UnseenClues,
): boolean {
  const inside = inFolder(path, "")
  const workspace =
    workspaces !== undefined || sources.has(`${inside}pnpm-workspace.yaml`)
  const named = Object.keys(config["not-shipped"] ?? {})
  return (
    named.some((each) => covers(each, `${inside}package.json`)) ||
    frontends.some(
      (each) =>
        each.path === path ||
        (each.path !== "" && path.startsWith(inFolder(each.path, ""))) ||
        (each.path.startsWith(inside) &&
          (workspace || command.includes(each.path.slice(inside.length)))),
    )
  )
}

export function isDocumentation(manifest: PackageJson): boolean {
  const names = { ...manifest.dependencies, ...manifest.devDependencies }
  return DOCUMENTATION.some((each) => each in names)
}

function isNeeded({ name }: PackageJson, all: readonly PackageJson[]): boolean {
  return all.some(
    ({ dependencies, devDependencies }) =>
      name !== undefined && (name in dependencies || name in devDependencies),
  )
}
