import { problem, type Problems } from "../errors.js"
import { type Config, parseConfig, soundPart } from "./config.js"
import {
  parsePyproject,
  type Pyproject,
  setuptoolsSettings,
} from "./pyproject.js"

/** What a first look at the project tells: where things are, and what to read next. */
export interface Outline {
  readonly paths: ReadonlySet<string>
  readonly pyproject: Pyproject
  readonly config: Config
  readonly name: string
  /** The folder of the import package, such as `backend/quayside`. */
  readonly packageDir: string | undefined
  readonly frontendPath: string | undefined
  readonly changelog: string | undefined
}

const FRONTEND_FOLDERS = ["frontend", "web", "ui", "client"]
const CHANGELOGS = ["CHANGELOG.md", "CHANGES.md", "HISTORY.md"]

/** Finds the parts of a project among its paths; an absent pyproject.toml is refused. */
export function outlineProject(
  paths: ReadonlySet<string>,
  text: string | undefined,
  problems: Problems,
): Outline {
  if (text === undefined)
    throw problem(
      "project",
      "there is no `pyproject.toml` in the source",
      "Run in the project's folder, or point `--source` at it; a project without one needs a `pyproject.toml` first (PEP 621).",
    )
  const pyproject = parsePyproject(text)
  const config =
    problems.attempt(() => parseConfig(pyproject.tool["shipwheel"])) ??
    soundPart(pyproject.tool["shipwheel"])
  const name = pyproject.project?.name
  if (name === undefined)
    throw problem(
      "project",
      "`pyproject.toml` has no `[project]` table with a `name`",
      "Add `[project]` with `name` and `version` (PEP 621).",
    )
  const packageDir = findPackage(paths, pyproject, config, name)
  if (!packageDir)
    problems.add(
      "project",
      `no import package was found for \`${name}\``,
      'Say where it is: `package = "src/<name>"` in `[tool.shipwheel]`.',
    )
  return {
    paths,
    pyproject,
    config,
    name,
    packageDir,
    frontendPath: findFrontend(paths, config, problems),
    changelog: findChangelog(paths, config, problems),
  }
}

/** The package's own file is where its `__version__` and imports start. */
export function initFile(outline: Outline): string | undefined {
  const { packageDir } = outline
  if (!packageDir) return undefined
  return packageDir.endsWith(".py") ? packageDir : `${packageDir}/__init__.py`
}

/** The files whose text decides the rest. */
export function filesToRead(outline: Outline): string[] {
  const { changelog, frontendPath } = outline
  return [
    initFile(outline),
    changelog,
    frontendPath && `${frontendPath}/package.json`,
  ].filter((path) => path !== undefined && outline.paths.has(path)) as string[]
}

function findPackage(
  paths: ReadonlySet<string>,
  pyproject: Pyproject,
  config: Config,
  name: string,
): string | undefined {
  const isPackage = (dir: string) => paths.has(`${dir}/__init__.py`)
  if (config.package)
    return isPackage(config.package) ? config.package : undefined
  const roots = [...setuptoolsRoots(pyproject), "src", "."]
  const imported = name.replace(/[-.]+/g, "_")
  for (const root of roots)
    for (const each of [imported, imported.toLowerCase()]) {
      const base = root === "." ? each : `${root}/${each}`
      if (isPackage(base)) return base
      if (paths.has(`${base}.py`)) return `${base}.py`
    }
  return undefined
}

function setuptoolsRoots(pyproject: Pyproject): string[] {
  const settings = setuptoolsSettings.parse(pyproject.tool["setuptools"] ?? {})
  const root = settings["package-dir"][""]
  return [...(root ? [root] : []), ...(settings.packages?.find?.where ?? [])]
}

function findFrontend(
  paths: ReadonlySet<string>,
  config: Config,
  problems: Problems,
): string | undefined {
  const isFrontend = (dir: string) => paths.has(`${dir}/package.json`)
  const configured = config.frontend?.path
  if (configured === undefined) return FRONTEND_FOLDERS.find(isFrontend)
  if (!isFrontend(configured))
    problems.add(
      "frontend",
      `\`${configured}/package.json\` is not there, but \`tool.shipwheel.frontend.path\` is \`${configured}\``,
      "Commit the frontend, or correct the path; a package without a frontend has no `[tool.shipwheel.frontend]`.",
    )
  return configured
}

function findChangelog(
  paths: ReadonlySet<string>,
  config: Config,
  problems: Problems,
): string | undefined {
  const configured = config.changelog
  if (configured === undefined)
    return CHANGELOGS.find((each) => paths.has(each))
  if (!paths.has(configured))
    problems.add(
      "configuration",
      `\`tool.shipwheel.changelog\` names \`${configured}\`, which is not there`,
      "Correct the path, or leave it out to use `CHANGELOG.md`.",
    )
  return configured
}
