import type { PackageLayout } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import type { Sources } from "../reading/sources.js"
import { code } from "../text/code.js"
import { iniText } from "../text/ini-text.js"
import { keywordOf } from "../text/python-text.js"
import { statedVersions } from "../version/stated-version.js"
import type { VersionPlace } from "../version/version-place.js"
import {
  type Clue,
  refuseSource,
  type VersionSource,
} from "../version/version-source.js"
import { backendNamed, backendOf, BACKENDS, moduleOf } from "./backends.js"
import type { BuildBackend, Described } from "./build-backend.js"
import { poetryVersion } from "./poetry-backend.js"
import { IN_SETUP_CFG, IN_SETUP_PY } from "./setuptools-version.js"

/** Finds out where the version of a project comes from. */
export function versionSource(clue: Clue): VersionSource {
  const { name, version } = backendOf(clue.pyproject)
  const readers = [staticVersion, ...version]
  for (const reader of readers) {
    const source = reader(clue)
    if (source) return source
  }
  const module = moduleOf(clue.pyproject)
  return backendNamed(module)
    ? refuseSource(
        `the version is neither in \`[project]\` nor where ${name} looks for it`,
      )
    : statedVersion(clue, module)
}

/** Where a backend that nobody here knows looks first, as flit does; the built files are compared with the tag. */
function statedVersion(
  { found, sources }: Clue,
  module: string,
): VersionSource {
  const [place] = statedVersions(sources, found)
  return place
    ? { places: [place] }
    : refuseSource(
        `the version is not in \`[project]\`, no plain \`__version__\` is in the package, and where else ${code(module)} looks for it is not known`,
      )
}

function staticVersion(clue: Clue): VersionSource | undefined {
  if (clue.pyproject.project?.version === undefined) return undefined
  const own: VersionPlace = {
    kind: "toml",
    path: "pyproject.toml",
    key: ["project", "version"],
  }
  const poetry = poetryVersion(clue)
  const twice = poetry && "places" in poetry ? poetry.places : []
  // A forgotten setup.py or setup.cfg is ignored by setuptools, and would mislead its readers.
  return { places: [own, ...twice, ...forgotten(clue.sources)] }
}

function forgotten(sources: Sources): VersionPlace[] {
  const py = sources.text("setup.py") ?? ""
  const cfg = sources.text("setup.cfg") ?? ""
  const literal = iniText(cfg, "metadata", "version") ?? ""
  return [
    ...(keywordOf(py, "setup", "version")?.text ? [IN_SETUP_PY] : []),
    ...(/^[\w.+!-]+$/.test(literal) ? [IN_SETUP_CFG] : []),
  ]
}

/** Where any backend is told that the packages are: a table of one that no longer builds still tells. */
export function packageLayout(described: Described): PackageLayout {
  const all = askedInOrder(described).map(({ layout }) => layout(described))
  return {
    roots: all.flatMap(({ roots = [] }) => roots),
    paths: all.flatMap(({ paths = [] }) => paths),
    modules: all.flatMap(({ modules = [] }) => modules),
  }
}

/** The project's name, where it is kept in another place than `[project]`. */
export function nameElsewhere(described: Described): string | undefined {
  return askedInOrder(described)
    .map(({ projectName }) => projectName(described))
    .find((name) => name !== undefined)
}

/** Requirements for work on the project that a tool keeps in places of its own. */
export function groupsElsewhere(
  described: Described,
): Pyproject["dependency-groups"] {
  return Object.assign(
    {},
    ...BACKENDS.map(({ groups }) => groups(described)),
  ) as Pyproject["dependency-groups"]
}

/** The project's own backend, then the others. */
function askedInOrder({ pyproject }: Described): BuildBackend[] {
  const own = backendOf(pyproject)
  return [own, ...BACKENDS.filter((each) => each !== own)]
}
