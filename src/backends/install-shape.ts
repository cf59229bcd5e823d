import { type Pyproject, toolTable } from "../reading/pyproject.js"
import { requirementName } from "../reading/requirements.js"
import { moduleOf } from "./backends.js"
import { type Described } from "./build-backend.js"

/** What an install is made from. */
export interface InstallClues extends Described {
  /** The folder of the import package. */
  readonly packageDir: string
  /** Files that the version is written in. */
  readonly versionPaths: readonly string[]
  /** Whether the version comes from git, and may be written by the install. */
  readonly asksGit: boolean
  /** Packages of a workspace that are installed with it. */
  readonly members: readonly string[]
}

/** Path below which a backend's own table lists what is taken, and no file whose text an editable install carries. */
interface Harmless {
  readonly table: readonly string[]
  readonly keys: readonly string[]
}

const SELECTS = ["include", "exclude", "artifacts", "packages", "sources"]

/** By the name in `build-backend`: exact, because what only starts like it may be a wrapper with code of its own. */
const HARMLESS: Readonly<Record<string, readonly Harmless[]>> = {
  "setuptools.build_meta": [
    {
      table: ["setuptools"],
      keys: [
        ...["packages", "package-dir", "package-data", "py-modules"],
        ...["include-package-data", "exclude-package-data", "license-files"],
        ...["zip-safe", "platforms", "dynamic"],
      ],
    },
  ],
  "hatchling.build": [
    { table: ["hatch"], keys: ["version", "build", "envs"] },
    { table: ["hatch", "version"], keys: ["path", "pattern"] },
    { table: ["hatch", "build"], keys: [...SELECTS, "targets"] },
    { table: ["hatch", "build", "targets"], keys: ["wheel", "sdist"] },
    {
      table: ["hatch", "build", "targets", "wheel"],
      keys: [...SELECTS, "only-include"],
    },
  ],
  "flit_core.buildapi": [{ table: ["flit"], keys: ["module", "sdist"] }],
  "pdm.backend": [
    { table: ["pdm"], keys: ["version", "build", "dev-dependencies"] },
    { table: ["pdm", "version"], keys: ["source", "path"] },
    {
      table: ["pdm", "build"],
      keys: ["includes", "excludes", "package-dir", "source-includes"],
    },
  ],
  uv_build: [
    {
      table: ["uv", "build-backend"],
      keys: ["module-name", "module-root", "source-include", "source-exclude"],
    },
  ],
}

/** They take a version from the text of one file; others may import the package for it. */
const READ_AS_TEXT = ["hatchling.build", "pdm.backend"]

const BACKENDS = ["setuptools", "wheel", "hatchling", "flit-core"].concat([
  "pdm-backend",
  "uv-build",
])

/** Files by which a backend runs code of the project, or is told more. */
const MORE = ["setup.py", "setup.cfg", "hatch.toml"].concat([
  "hatch_build.py",
  "pdm_build.py",
])

/**
 * What an editable install does not read, as patterns for what is left out of it: then a changed module installs
 * nothing again. Such an install names folders; it carries the metadata, and no module. Where that is not certain, as
 * with a backend that runs the project's own code, it reads everything.
 */
export function unreadByInstall(clues: InstallClues): readonly string[] {
  const { packageDir, pyproject, sources, versionPaths } = clues
  const certain =
    !clues.asksGit &&
    clues.members.length === 0 &&
    packageDir !== "" &&
    sources.has(`${packageDir}/__init__.py`) &&
    !MORE.some((path) => sources.has(path)) &&
    readsShapeAlone(pyproject)
  if (!certain) return []
  const kept = ["*.py", "**/__init__.py", ...versionPaths]
  return ["**/*.py", ...kept.map((each) => `!${each}`)]
}

function readsShapeAlone(pyproject: Pyproject): boolean {
  const rules = HARMLESS[moduleOf(pyproject)]
  const { project } = pyproject
  const system = pyproject["build-system"]
  const { requires = [] } = system ?? {}
  return (
    system?.["backend-path"] === undefined &&
    rules !== undefined &&
    project !== undefined &&
    project.dynamic.every(
      (field) =>
        field === "version" && READ_AS_TEXT.includes(moduleOf(pyproject)),
    ) &&
    requires.every((each) => BACKENDS.includes(requirementName(each))) &&
    rules.every(({ keys, table }) =>
      Object.keys(toolTable(pyproject, ...table)).every((key) =>
        keys.includes(key),
      ),
    )
  )
}
