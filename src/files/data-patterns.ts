import { posix } from "node:path"

import { z } from "#zod"

import { decidesHooks, isOffByDefault } from "../backends/hatch-hooks.js"
import type { Config } from "../config/config-schema.js"
import { nodeHooks, resolveBuildNode } from "../frontend/asks-node.js"
import type { BuildClues } from "../reading/build-scripts.js"
import type { Pyproject } from "../reading/pyproject.js"
import { iniOptions } from "../text/ini-text.js"

/** Files that a backend was told to put into the package. */
export interface DataPattern {
  readonly pattern: string
  /** Where it is written, such as `tool.setuptools.package-data.quayside`. */
  readonly where: string
  /** The package whose folder it is relative to; absent where that is the project's. */
  readonly module?: string
  /** It is for whatever package has such files. */
  readonly anywhere?: boolean
  /** Where a wheel has it, below its folder of data; absent where that is by the same path. */
  readonly lands?: string
  /** A wheel may be whole without what it names. */
  readonly spare?: boolean
}

/** What the patterns are found by. */
export interface PatternClues extends BuildClues {
  readonly config: Pick<Config, "build-env">
}

const items = z.union([
  z.string().transform((text) => [text]),
  z.array(z.unknown()),
])
const texts = items.transform((all: unknown[]) =>
  all.filter((each) => typeof each === "string"),
)
const table = z.record(z.string(), z.unknown())

/** Where the backends keep patterns that are relative to the project. */
const KEYS = [
  ["hatch", "build", "artifacts"],
  ["hatch", "build", "targets", "wheel", "artifacts"],
  ["hatch", "build", "targets", "wheel", "only-include"],
  ["hatch", "build", "force-include"],
  ["hatch", "build", "targets", "wheel", "force-include"],
  ["poetry", "include"],
  ["pdm", "build", "includes"],
] as const
const SDIST_ARTIFACTS = ["hatch", "build", "targets", "sdist", "artifacts"]
/** Where they keep those of what only the sdist has. */
const SDIST_KEYS = [
  ["pdm", "build", "source-includes"],
  ["flit", "sdist", "include"],
  ["uv", "build-backend", "source-include"],
] as const
/** What hatchling puts beside the packages, by the scheme of a wheel that it goes into. */
const SHARED = { data: "shared-data", scripts: "shared-scripts" }

/** A folder that flit puts there as it is. */
const EXTERNAL = ["flit", "external-data", "directory"]

/** Takes what there is; or libraries, which only some platforms have. */
const SPARE = /[*?[]|\.(so|pyd|dll|dylib)$/

/** The patterns that name files for the package, wherever the project's backend has them. */
export function dataPatterns(clues: PatternClues): DataPattern[] {
  const { pyproject, sources } = clues
  const { tool } = pyproject
  const setuptools = table.safeParse(tool["setuptools"]).data ?? {}
  const cfg = sources.text("setup.cfg") ?? ""
  const section = "options.package_data"
  const found = [
    ...packageData(
      setuptools["package-data"],
      "tool.setuptools.package-data",
      texts,
    ),
    ...packageData(
      iniOptions(cfg, section),
      `[${section}] of setup.cfg`,
      words,
    ),
    ...dataFiles(setuptools["data-files"]),
    ...KEYS.flatMap((path) => patternsAt(tool, path)),
    ...sharedFiles(tool),
    ...patternsAt(tool, EXTERNAL).map((each) => ({ ...each, lands: "data" })),
    ...madeByHooks(clues),
    ...SDIST_KEYS.flatMap((path) =>
      patternsAt(tool, path).map((each) => ({ ...each, spare: true })),
    ),
  ]
  return found.map((each) =>
    SPARE.test(each.pattern) ? { ...each, spare: true } : each,
  )
}

/** A table of what goes into each folder, beside the packages. */
function dataFiles(value: unknown): DataPattern[] {
  return Object.entries(table.safeParse(value).data ?? {}).flatMap(
    ([folder, patterns]) =>
      (texts.safeParse(patterns).data ?? []).map((pattern) => ({
        pattern,
        where: `tool.setuptools.data-files.${folder}`,
      })),
  )
}

/** hatchling says nothing of what is not there, so only the wheel tells. */
function sharedFiles(tool: Pyproject["tool"]): DataPattern[] {
  return Object.entries(SHARED).flatMap(([scheme, key]) => {
    const path = ["hatch", "build", "targets", "wheel", key]
    const goes = Object.entries(table.safeParse(at(tool, path)).data ?? {})
    return goes.map(([pattern, to]) => ({
      pattern,
      where: ["tool", ...path].join("."),
      lands: posix.join(scheme, typeof to === "string" ? to : ""),
    }))
  })
}

/** What a hook that did not run would have looked for itself; and where the build has a frontend, what the sdist takes of that. */
function madeByHooks(clues: PatternClues): DataPattern[] {
  const { config, pyproject } = clues
  const idle = nodeHooks(clues).filter(isOffByDefault)
  const ensured = decidesHooks(config["build-env"] ?? {}) ? [] : idle
  const artifacts = patternsAt(pyproject.tool, SDIST_ARTIFACTS)
  const spare = resolveBuildNode(clues) === undefined
  return [
    ...ensured.flatMap(({ settings, where }) =>
      (texts.safeParse(settings["ensured-targets"]).data ?? []).map(
        (pattern) => ({ pattern, where: `${where}.ensured-targets` }),
      ),
    ),
    ...artifacts.map((each) => (spare ? { ...each, spare } : each)),
  ]
}

/** In setup.cfg a list has commas or lines between its items, and comments may stand among these. */
const words = z
  .string()
  .transform((text) => text.replace(/^[#;].*$/gm, ""))
  .transform((text) => text.split(/[\n,]/).map((each) => each.trim()))
  .transform((all) => all.filter(Boolean))

function packageData(
  value: unknown,
  where: string,
  list: typeof texts | typeof words,
): DataPattern[] {
  return Object.entries(table.safeParse(value).data ?? {}).flatMap(
    ([module, patterns]) => {
      const anywhere = module === "*" || module === ""
      return (list.safeParse(patterns).data ?? []).map((pattern) => ({
        pattern,
        where: `${where}.${module}`,
        ...(anywhere ? { anywhere } : { module }),
      }))
    },
  )
}

function patternsAt(
  tool: Pyproject["tool"],
  path: readonly string[],
): DataPattern[] {
  const where = ["tool", ...path].join(".")
  return patternsOf(at(tool, path)).map((each) => ({ ...each, where }))
}

type Pattern = Pick<DataPattern, "pattern" | "spare">

/** A list of texts or tables; or a table whose keys are the files. */
function patternsOf(value: unknown): Pattern[] {
  const list = items.safeParse(value)
  if (list.success) return list.data.flatMap(asPattern)
  return Object.keys(table.safeParse(value).data ?? {}).map((pattern) => ({
    pattern,
  }))
}

/** Poetry says beside each path which files it is for. */
function asPattern(item: unknown): Pattern[] {
  if (typeof item === "string") return [{ pattern: item }]
  const { format, path } = table.safeParse(item).data ?? {}
  if (typeof path !== "string") return []
  const formats = [format].flat()
  return [
    {
      pattern: path,
      ...(formats.every((each) => each === "sdist") ? { spare: true } : {}),
    },
  ]
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (each, key) => table.safeParse(each).data?.[key],
    value,
  )
}
