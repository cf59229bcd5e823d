import type { Pyproject } from "../reading/pyproject.js"
import { type BuildBackend, nameless, nowhere } from "./build-backend.js"
import {
  flitIncludes,
  flitLayout,
  flitName,
  flitSdist,
  statedIn,
} from "./flit-backend.js"
import { gitVersion } from "./git-version-tools.js"
import {
  hatchArtifacts,
  hatchEnvironments,
  hatchLayout,
  hatchSdist,
  hatchVersion,
} from "./hatch-backend.js"
import {
  maturinLayout,
  maturinVersion,
  scikitBuildLayout,
} from "./native-backends.js"
import {
  pdmGroups,
  pdmIncludes,
  pdmLayout,
  pdmSdist,
  pdmVersion,
} from "./pdm-backend.js"
import {
  poetryGroups,
  poetryInclude,
  poetryLayout,
  poetryName,
  poetrySdist,
  poetryVersion,
} from "./poetry-backend.js"
import {
  manifestLine,
  packageData,
  setuptoolsLayout,
  setuptoolsName,
  testsRequire,
} from "./setuptools-backend.js"
import {
  setupCfgVersion,
  setupPyVersion,
  setuptoolsTable,
} from "./setuptools-version.js"
import { uvGroups, uvLayout, uvSdist } from "./uv-backend.js"

/** What PEP 517 gives to a project that names none; a backend of the project's own wraps it, unless it requires another. */
const SETUPTOOLS: BuildBackend = {
  name: "setuptools",
  modules: ["setuptools", "pbr"],
  version: [gitVersion, setuptoolsTable, setupCfgVersion, setupPyVersion],
  layout: setuptoolsLayout,
  projectName: setuptoolsName,
  groups: testsRequire,
  data: packageData,
  sdistLine: manifestLine,
}

/** Every build backend that is known, and all that is known of it; a version in `[project]` goes before its own places. */
export const BACKENDS: readonly BuildBackend[] = [
  SETUPTOOLS,
  {
    name: "hatchling",
    modules: ["hatchling"],
    version: [hatchVersion, gitVersion],
    layout: hatchLayout,
    projectName: nameless,
    groups: hatchEnvironments,
    data: hatchArtifacts,
    sdistLine: hatchSdist,
  },
  {
    name: "flit",
    modules: ["flit"],
    version: [gitVersion, statedIn("flit")],
    layout: flitLayout,
    projectName: flitName,
    groups: nowhere,
    data: flitIncludes,
    sdistLine: flitSdist,
  },
  {
    name: "poetry-core",
    modules: ["poetry"],
    version: [poetryVersion, gitVersion],
    layout: poetryLayout,
    projectName: poetryName,
    groups: poetryGroups,
    data: poetryInclude,
    sdistLine: poetrySdist,
  },
  {
    name: "pdm-backend",
    modules: ["pdm"],
    version: [pdmVersion, gitVersion],
    layout: pdmLayout,
    projectName: nameless,
    groups: pdmGroups,
    data: pdmIncludes,
    sdistLine: pdmSdist,
  },
  {
    name: "uv_build",
    modules: ["uv_build"],
    version: [],
    layout: uvLayout,
    projectName: nameless,
    groups: uvGroups,
    data: { unknown: "it takes every file of the package's folder" },
    sdistLine: uvSdist,
  },
  {
    name: "sphinx-theme-builder",
    modules: ["sphinx_theme_builder"],
    version: [statedIn("sphinx-theme-builder")],
    layout: () => ({ roots: ["src"] }),
    projectName: nameless,
    groups: nowhere,
    data: { unknown: "it takes every file of `src`" },
  },
  {
    name: "scikit-build-core",
    modules: ["scikit_build_core"],
    version: [gitVersion],
    layout: scikitBuildLayout,
    projectName: nameless,
    groups: nowhere,
    data: { unknown: "no project with a frontend was seen to use it" },
  },
  {
    name: "maturin",
    modules: ["maturin"],
    version: [maturinVersion],
    layout: maturinLayout,
    projectName: nameless,
    groups: nowhere,
    data: { unknown: "no project with a frontend was seen to use it" },
  },
]

/** The row of the backend that `pyproject.toml` names, or that one of the project's own is made from. */
export function backendOf(pyproject: Pyproject): BuildBackend {
  return backendNamed(moduleOf(pyproject)) ?? madeFrom(pyproject) ?? SETUPTOOLS
}

/** What a backend of the project's own requires is what it wraps. */
function madeFrom(pyproject: Pyproject): BuildBackend | undefined {
  const { requires = [] } = pyproject["build-system"] ?? {}
  const names = requires.map((each) => each.trimStart().replaceAll("-", "_"))
  return BACKENDS.find((each) => names.some((name) => isNamed(each, name)))
}

/** The same by the name that `pyproject.toml` has; undefined where it is not known. */
export function backendNamed(module: string): BuildBackend | undefined {
  return BACKENDS.find((each) => isNamed(each, module))
}

function isNamed({ modules }: BuildBackend, name: string): boolean {
  return modules.some((start) => name.startsWith(start))
}

/** The build backend by its name in `pyproject.toml`. */
export function moduleOf(pyproject: Pyproject): string {
  return pyproject["build-system"]?.["build-backend"] ?? SETUPTOOLS.name
}
