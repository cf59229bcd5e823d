import { z } from "#zod"

import type { Pyproject } from "../reading/pyproject.js"
import type { LockedVersions } from "../reading/python-locks.js"
import {
  normalizeName,
  requirementName,
  requirementsOf,
} from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { iniSections, iniText } from "../text/ini-text.js"
import { type LinterName, type LinterRow, LINTERS } from "./linter-table.js"

/** What the linters of a project are found by. */
export interface LintClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
  /** The versions that the project has decided on. */
  readonly locked: LockedVersions
  /** The linters that are left out, with the reasons. */
  readonly skip: ReadonlyMap<string, string>
  /** The folder of the import package. */
  readonly packageDir: string | undefined
  /** What type checkers have anyway: what tests are installed with. */
  readonly tested?: readonly string[]
  /** What the project runs on. */
  readonly pythons?: readonly string[]
}

/** Where a linter is configured, and the settings that matter here. */
export interface LintConfig {
  readonly where: string
  readonly setting: (name: string) => string | undefined
  /** It only has it run. */
  readonly bare?: true
}

/** Where a project configures a linter, if it does. */
export function lintConfig(
  clues: LintClues,
  linter: LinterName,
): LintConfig | undefined {
  const { pyproject, sources } = clues
  const { files, form, sections, tomlPlugin } = LINTERS[linter]
  const file = files.find((path) => sources.has(path))
  if (file !== undefined)
    return {
      where: `\`${file}\``,
      setting: settingOf(sources.text(file), linter, form),
    }
  const table = z.looseObject({}).safeParse(pyproject.tool[linter]).data
  if (
    table !== undefined &&
    (tomlPlugin === undefined || asksFor(clues, tomlPlugin))
  )
    return {
      where: `\`[tool.${linter}]\``,
      setting: (name) => text(table[name]),
    }
  const section = sections.find(([path, name]) =>
    iniSections(sources.text(path) ?? "").includes(name),
  )
  if (section === undefined) return configAbove(sources, linter)
  const [path, name] = section
  return {
    where: `\`[${name}]\` of \`${path}\``,
    setting: (option) => iniText(sources.text(path) ?? "", name, option),
  }
}

/** The settings of the nearest folder above a member of a repository that has any. */
function configAbove(
  sources: Sources,
  linter: LinterName,
): LintConfig | undefined {
  const { files, form, upwards } = LINTERS[linter]
  for (const above of upwards ? sources.above : []) {
    const file = files
      .map((each) => above + each)
      .find((path) => sources.has(path))
    if (file !== undefined)
      return {
        where: `\`${file}\``,
        setting: settingOf(sources.text(file), linter, form),
      }
    const path = `${above}pyproject.toml`
    const tools = z
      .looseObject({})
      .safeParse(tomlTable(sources.text(path))["tool"])
    const table = z.looseObject({}).safeParse(tools.data?.[linter]).data
    if (table !== undefined)
      return {
        where: `\`[tool.${linter}]\` of \`${path}\``,
        setting: (name) => text(table[name]),
      }
  }
  return undefined
}

/** A plugin that an extra or a group brings. */
function asksFor({ pyproject }: LintClues, name: string): boolean {
  const extras = Object.keys(pyproject.project?.["optional-dependencies"] ?? {})
  const groups = Object.keys(pyproject["dependency-groups"])
  return requirementsOf(pyproject, [...groups, ...extras])
    .map(requirementName)
    .includes(normalizeName(name))
}

function settingOf(
  source = "",
  linter: LinterName,
  form: LinterRow["form"],
): LintConfig["setting"] {
  if (form === "ini") return (name) => iniText(source, linter, name)
  if (form === "unread") return () => undefined
  const table = tomlTable(source)
  return (name) => text(table[name])
}

function text(value: unknown): string | undefined {
  if (value === undefined) return undefined
  return typeof value === "string" ? value : JSON.stringify(value)
}
