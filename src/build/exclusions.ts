import { z } from "#zod"

import type { Described } from "../backends/build-backend.js"
import { type Pyproject, toolTable, toolTexts } from "../reading/pyproject.js"
import { iniText } from "../text/ini-text.js"
import { listKeywordOf } from "../text/python-text.js"

/** Where the backends keep what they leave out of the wheel. */
const KEYS = [
  ["hatch", "build", "exclude"],
  ["hatch", "build", "targets", "wheel", "exclude"],
  ["poetry", "exclude"],
  ["pdm", "build", "excludes"],
  // These build the wheel from the sdist, or leave out of it what that leaves out.
  ["flit", "sdist", "exclude"],
  ["uv", "build-backend", "source-exclude"],
  ["uv", "build-backend", "wheel-exclude"],
  ["scikit-build", "wheel", "exclude"],
  ["maturin", "exclude"],
] as const

const texts = z.array(z.string()).catch([])
const withFormats = z.object({
  path: z.string(),
  format: z.union([z.string(), z.array(z.string())]).default("wheel"),
})
const listed = z.array(withFormats.catch({ path: "", format: "" })).catch([])

/** What a backend is told by name to leave out: paths from the project's top or its packages', and names behind `**` that may be anywhere. A pattern that takes whatever fits is none. */
export function excludedPaths({ pyproject, sources }: Described): string[] {
  const found = [
    ...KEYS.flatMap((key) => textsAt(pyproject, key)),
    ...modules({ pyproject, sources }).map(asPath),
    ...packageData(pyproject),
    ...manifest(sources.text("MANIFEST.in") ?? ""),
  ].map(plain)
  return [...new Set(found)].filter((each) =>
    /^(\*\*\/)?[^*?[\]{}!\\/]/.test(each),
  )
}

/** Texts, or tables that say beside each path which files it is for. */
function textsAt(pyproject: Pyproject, key: readonly string[]): string[] {
  const value = toolTable(pyproject, ...key.slice(0, -1))[key.at(-1) ?? ""]
  const tables = listed.parse(value)
  return [
    ...toolTexts(pyproject, ...key),
    ...tables
      .filter(({ format }) => [format].flat().includes("wheel"))
      .map(({ path }) => path),
  ]
}

/** Without what says that it goes for all that is in a folder. */
function plain(pattern: string): string {
  const own = pattern.replace(/^(\.?\/)+|(\/\*{0,2})+$/g, "")
  return /[*?[\]{}!\\]/.test(own.replace(/^\*\*\//, "")) ? "" : own
}

/** The packages that setuptools does not look for, where their names are written out. */
function modules({ pyproject, sources }: Described): string[] {
  const cfg = sources.text("setup.cfg") ?? ""
  const py = sources.text("setup.py") ?? ""
  const inCfg = iniText(cfg, "options.packages.find", "exclude") ?? ""
  return [
    ...toolTexts(pyproject, "setuptools", "packages", "find", "exclude"),
    ...inCfg.split(/[\n,]/).map((each) => each.trim()),
    ...["find_packages", "find_namespace_packages"].flatMap((call) =>
      listKeywordOf(py, call, "exclude"),
    ),
  ]
}

/** `quay.tests.*` is what is in `quay.tests`, and `*.tests` is that of every package. */
function asPath(name: string): string {
  const own = name.replace(/\.?\*$/, "").replace(/^\*\./, "**.")
  return own.replaceAll(".", "/")
}

function packageData(pyproject: Pyproject): string[] {
  const table = toolTable(pyproject, "setuptools", "exclude-package-data")
  return Object.entries(table).flatMap(([module, patterns]) =>
    /^[\w.]+$/.test(module)
      ? texts
          .parse(patterns)
          .map((each) => `${module.replaceAll(".", "/")}/${each}`)
      : [],
  )
}

/** What setuptools leaves out of the sdist is in no wheel that is built from it. */
function manifest(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [command = "", first = "", ...more] = line.trim().split(/\s+/)
    if (/^(exclude|prune)$/.test(command)) return [first, ...more]
    return command === "recursive-exclude" && more.join(" ") === "*"
      ? [first]
      : []
  })
}
