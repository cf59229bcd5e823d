import { z } from "#zod"

import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { tomlTable } from "../reading/toml.js"
import { iniSections, iniText } from "../text/ini-text.js"

/** What a project tells pytest. */
export interface PytestSettings {
  /** The project has settings for pytest, whatever they say. */
  readonly configured: boolean
  readonly testpaths: readonly string[]
  /** Patterns of the names of test files, where the project has its own. */
  readonly pythonFiles: readonly string[] | undefined
}

/** pytest's places in its order, of 9.0 on the first two: the first that is there counts. */
const TOML_FILES = ["pytest.toml", ".pytest.toml"]
const INI_FILES = [
  ["pytest.ini", "pytest"],
  [".pytest.ini", "pytest"],
] as const
const SHARED_INI_FILES = [
  ["tox.ini", "pytest"],
  ["setup.cfg", "tool:pytest"],
] as const

const words = z
  .union([z.string().transform(split), z.array(z.string())])
  .optional()
  .catch(undefined)
const table = z.looseObject({ testpaths: words, python_files: words })

export function pytestSettings(
  pyproject: Pyproject,
  sources: Sources,
): PytestSettings {
  return (
    ownToml(sources) ??
    iniSettings(INI_FILES, sources, true) ??
    tomlSettings(pyproject) ??
    iniSettings(SHARED_INI_FILES, sources, false) ?? {
      configured: false,
      testpaths: [],
      pythonFiles: undefined,
    }
  )
}

/** A file of pytest's own, which need not say anything. */
function ownToml(sources: Sources): PytestSettings | undefined {
  const path = TOML_FILES.find((each) => sources.has(each))
  if (path === undefined) return undefined
  const { pytest = {} } = tomlTable(sources.text(path))
  return settingsIn(table.safeParse(pytest).data ?? {})
}

function tomlSettings({ tool }: Pyproject): PytestSettings | undefined {
  const pytest = z
    .looseObject({ ini_options: table.optional() })
    .safeParse(tool["pytest"])
  if (!pytest.success) return undefined
  return settingsIn(pytest.data.ini_options ?? table.parse(pytest.data))
}

function settingsIn(found: Partial<z.infer<typeof table>>): PytestSettings {
  return {
    configured: true,
    testpaths: found.testpaths ?? [],
    pythonFiles: found.python_files,
  }
}

function iniSettings(
  places: readonly (readonly [path: string, section: string])[],
  sources: Sources,
  evenEmpty: boolean,
): PytestSettings | undefined {
  const place = places.find(
    ([path, section]) =>
      (evenEmpty && sources.has(path)) ||
      iniSections(sources.text(path) ?? "").includes(section),
  )
  if (!place) return undefined
  const [path, section] = place
  const text = sources.text(path) ?? ""
  const files = iniText(text, section, "python_files")
  return {
    configured: true,
    testpaths: split(iniText(text, section, "testpaths") ?? ""),
    pythonFiles: files === undefined ? undefined : split(files),
  }
}

function split(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
