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
  /** Where they are, if not at the top: pytest has them when it is given this folder. */
  readonly folder?: string
}

export const NO_SETTINGS: PytestSettings = {
  configured: false,
  testpaths: [],
  pythonFiles: undefined,
}

/** What people give to pytest, which reads the settings in there before those at the top. */
const FOLDERS = ["tests", "test", "testing"]

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
  { tool }: Pyproject,
  sources: Sources,
): PytestSettings {
  return settingsAt("", tool, sources) ?? folderSettings(sources) ?? NO_SETTINGS
}

/** A `conftest.py` at the top is there for runs from the top, and pytest would leave it out with settings below. */
function folderSettings(sources: Sources): PytestSettings | undefined {
  if (sources.has("conftest.py")) return undefined
  return FOLDERS.flatMap((folder) => {
    const { tool } = tomlTable(sources.text(`${folder}/pyproject.toml`))
    const found = settingsAt(`${folder}/`, tool ?? {}, sources)
    // What is given to pytest goes before `testpaths`.
    return found ? [{ ...found, folder, testpaths: [folder] }] : []
  })[0]
}

function settingsAt(
  at: string,
  tool: object,
  sources: Sources,
): PytestSettings | undefined {
  return (
    ownToml(at, sources) ??
    iniSettings(at, INI_FILES, sources, true) ??
    tomlSettings(tool) ??
    iniSettings(at, SHARED_INI_FILES, sources, false)
  )
}

/** A file of pytest's own, which need not say anything. */
function ownToml(at: string, sources: Sources): PytestSettings | undefined {
  const path = TOML_FILES.map((name) => at + name).find((each) =>
    sources.has(each),
  )
  if (path === undefined) return undefined
  const { pytest = {} } = tomlTable(sources.text(path))
  return settingsIn(table.safeParse(pytest).data ?? {})
}

function tomlSettings(tool: object): PytestSettings | undefined {
  const pytest = z
    .looseObject({ ini_options: table.optional() })
    .safeParse((tool as Pyproject["tool"])["pytest"])
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
  at: string,
  places: readonly (readonly [path: string, section: string])[],
  sources: Sources,
  evenEmpty: boolean,
): PytestSettings | undefined {
  const place = places
    .map(([name, section]) => [at + name, section] as const)
    .find(
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
