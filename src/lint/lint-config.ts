import { z } from "zod"

import type { Pyproject } from "../reading/pyproject.js"
import {
  normalizeName,
  requirementName,
  requirementsOf,
} from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { parseToml } from "../reading/toml.js"
import { iniSections, iniText } from "../text/ini-text.js"

/** What the linters of a project are found by. */
export interface LintClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
  /** The folder of the import package. */
  readonly packageDir: string | undefined
}

/** Where a linter is configured, and the settings that matter here. */
export interface LintConfig {
  readonly where: string
  readonly setting: (name: string) => string | undefined
}

/** Where each linter looks: its own files, and sections of files that it shares. */
const PLACES = {
  ruff: { files: ["ruff.toml", ".ruff.toml"], sections: [] },
  black: { files: [], sections: [] },
  isort: {
    files: [".isort.cfg"],
    sections: [
      ["setup.cfg", "isort"],
      ["setup.cfg", "tool:isort"],
      ["tox.ini", "isort"],
    ],
  },
  flake8: {
    files: [".flake8"],
    sections: [
      ["setup.cfg", "flake8"],
      ["tox.ini", "flake8"],
    ],
  },
  mypy: {
    files: ["mypy.ini", ".mypy.ini"],
    sections: [["setup.cfg", "mypy"]],
  },
  pyright: { files: ["pyrightconfig.json"], sections: [] },
} as const satisfies Record<string, LinterPlaces>

interface LinterPlaces {
  readonly files: readonly string[]
  readonly sections: readonly (readonly [string, string])[]
}

export type LinterName = keyof typeof PLACES
export const LINTERS = Object.keys(PLACES) as LinterName[]

/** Every file at the top of a project that linters read. */
export const LINT_FILES: readonly string[] = [
  ...new Set(
    Object.values<LinterPlaces>(PLACES).flatMap(({ files, sections }) => [
      ...files,
      ...sections.map(([file]) => file),
    ]),
  ),
  ".editorconfig",
]

/** Where a project configures a linter, if it does. */
export function lintConfig(
  clues: LintClues,
  linter: LinterName,
): LintConfig | undefined {
  const { pyproject, sources } = clues
  const { files, sections }: LinterPlaces = PLACES[linter]
  const file = files.find((path) => sources.has(path))
  if (file !== undefined)
    return {
      where: `\`${file}\``,
      setting: settingOf(sources.text(file), linter),
    }
  const table = z.looseObject({}).safeParse(pyproject.tool[linter]).data
  if (table !== undefined && (linter !== "flake8" || readsToml(clues)))
    return {
      where: `\`[tool.${linter}]\``,
      setting: (name) => text(table[name]),
    }
  const section = sections.find(([path, name]) =>
    iniSections(sources.text(path) ?? "").includes(name),
  )
  if (section === undefined) return undefined
  const [path, name] = section
  return {
    where: `\`[${name}]\` of \`${path}\``,
    setting: (option) => iniText(sources.text(path) ?? "", name, option),
  }
}

/** flake8 reads pyproject.toml through a plugin only. */
function readsToml({ pyproject }: LintClues): boolean {
  const extras = Object.keys(pyproject.project?.["optional-dependencies"] ?? {})
  const groups = Object.keys(pyproject["dependency-groups"])
  return requirementsOf(pyproject, [...groups, ...extras])
    .map(requirementName)
    .includes(normalizeName("flake8-pyproject"))
}

function settingOf(source = "", linter: LinterName) {
  if (linter !== "ruff") return (name: string) => iniText(source, linter, name)
  const table = readToml(source)
  return (name: string) => text(table[name])
}

function readToml(source: string): Record<string, unknown> {
  try {
    return parseToml(source)
  } catch {
    return {}
  }
}

function text(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === "string" ? value : JSON.stringify(value)
}
