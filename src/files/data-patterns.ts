import { z } from "#zod"

import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
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
}

/** What the patterns are found by. */
export interface PatternClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
}

const texts = z
  .union([z.string().transform((text) => [text]), z.array(z.unknown())])
  .transform((all) => all.flatMap(asPattern))
const table = z.record(z.string(), z.unknown())

/** Where the backends keep patterns that are relative to the project. */
const KEYS = [
  ["hatch", "build", "artifacts"],
  ["hatch", "build", "targets", "wheel", "artifacts"],
  ["hatch", "build", "targets", "sdist", "artifacts"],
  ["hatch", "build", "targets", "wheel", "only-include"],
  ["hatch", "build", "force-include"],
  ["hatch", "build", "targets", "wheel", "force-include"],
  ["poetry", "include"],
  ["pdm", "build", "includes"],
  ["pdm", "build", "source-includes"],
  ["flit", "sdist", "include"],
  ["flit", "external-data"],
  ["uv", "build-backend", "source-include"],
] as const

/** The patterns that name files for the package, wherever the project's backend has them. */
export function dataPatterns({
  pyproject: { tool },
  sources,
}: PatternClues): DataPattern[] {
  const setuptools = table.safeParse(tool["setuptools"]).data ?? {}
  const cfg = sources.text("setup.cfg") ?? ""
  const section = "options.package_data"
  return [
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
    ...KEYS.flatMap((path) =>
      patternsOf(at(tool, path)).map((pattern) => ({
        pattern,
        where: ["tool", ...path].join("."),
      })),
    ),
  ]
}

/** In setup.cfg a list has commas or lines between its items. */
const words = z
  .string()
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

/** A list of texts or tables; or a table whose keys are the files. */
function patternsOf(value: unknown): string[] {
  const list = texts.safeParse(value)
  if (list.success) return list.data
  return Object.keys(table.safeParse(value).data ?? {})
}

function asPattern(item: unknown): string[] {
  if (typeof item === "string") return [item]
  const { path } = table.safeParse(item).data ?? {}
  return typeof path === "string" ? [path] : []
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (each, key) => table.safeParse(each).data?.[key],
    value,
  )
}
