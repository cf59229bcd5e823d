import type { Directory } from "@dagger.io/dagger"

import { PYTHONS, useMirrors } from "../containers/images.js"
import { decideTag } from "../environments/environments.js"
import { Problems } from "../errors.js"
import { LINT_FILES } from "../lint/lint-config.js"
import { Sources } from "../reading/sources.js"
import { resolveVersioning } from "../version/versioning.js"
import { needsBackend } from "./metadata.js"
import { askBackend } from "./metadata-stage.js"
import { outlineProject } from "./outline.js"
import { inEnvironment, type Project, resolveProject } from "./project.js"

/**
 * What no stage reads: it is made by tools, or it is somebody's environment, or a Dagger module.
 * Of git, the repository itself is read, without what may hold a credential.
 */
export const IGNORED = [
  "**/.git",
  "!.git",
  ".git/config",
  ".git/hooks",
  ".git/lfs",
  ".git/logs",
  ".git/modules",
  "**/.dagger",
  "**/.mypy_cache",
  "**/.next",
  "**/.nox",
  "**/.pytest_cache",
  "**/.ruff_cache",
  "**/.tox",
  "**/.venv",
  "**/__pycache__",
  "**/node_modules",
]

/** Left behind by earlier builds; setuptools would put what they hold into the wheel. */
const STALE = ["build", "dist", "**/*.egg-info", "PKG-INFO"]

/** What tests and linters seldom read, so that a change of it runs neither. */
const PROSE = [
  ".github",
  ".gitlab-ci.yml",
  "*.md",
  "*.rst",
  "docs",
  "!LICENSE*",
]

/** What linters look at, and what tells them how. */
const LINTED = [
  ...["**/*.py", "**/*.pyi", "**/*.ipynb"],
  ...["**/*ruff.toml", "**/pyproject.toml", "**/.gitignore"],
]
/** Reads the project as the environment of a tag builds it; without one, as production does. */
export async function readProject(
  source: Directory,
  tag?: string,
): Promise<Project> {
  const project = await lookAtProject(source)
  const { environments } = project
  const environment =
    tag === undefined
      ? environments.production
      : decideTag(tag, environments).environment
  return inEnvironment(project, environment)
}

/**
 * Reads the project through the engine's file API: no container starts for it,
 * unless the project leaves to its backend what it depends on.
 */
export async function lookAtProject(source: Directory): Promise<Project> {
  const reader = await openSources(source)
  const { asks, config, found, versioning } = await reader(
    (sources, problems) => {
      const outline = outlineProject(sources, problems)
      const versioning = resolveVersioning(outline, problems)
      return { asks: needsBackend(outline.pyproject), versioning, ...outline }
    },
  )
  useMirrors(config.mirrors)
  const metadata = asks
    ? await askBackend(withoutStale(source, found?.path), versioning)
    : undefined
  return reader((sources, problems) =>
    resolveProject(
      outlineProject(sources, problems),
      metadata,
      PYTHONS,
      problems,
    ),
  )
}

type Look<T> = (sources: Sources, problems: Problems) => T

/** Answers questions about a source: each is asked again until all that it wants has been read. */
async function openSources(
  source: Directory,
): Promise<<T>(look: Look<T>) => Promise<T>> {
  const paths = new Set(await source.glob("**/*"))
  const texts = new Map<string, string>()
  const read = async (path: string) => {
    texts.set(path, await source.file(path).contents())
  }
  return async (look) => {
    for (;;) {
      const sources = new Sources(paths, texts)
      const problems = new Problems()
      const seen = problems.attempt(() => ({ result: look(sources, problems) }))
      if (sources.wanted.size === 0) {
        problems.throwIfAny()
        if (seen) return seen.result
      }
      await Promise.all([...sources.wanted].map(read))
    }
  }
}

/** The tree that distributions are built from, without what earlier builds left. */
export function buildTree(source: Directory, project: Project): Directory {
  const { frontends, packageDir } = project
  const exclude = staleBeside(packageDir)
  // Left out by the filter: what is removed from a directory comes back when its folder is written again.
  exclude.push(...frontends.map(({ destination }) => destination))
  return source.filter({ exclude })
}

function withoutStale(source: Directory, packageDir = ""): Directory {
  return source.filter({ exclude: staleBeside(packageDir) })
}

/** A package may be named `build`; then it is no leftover. */
function staleBeside(packageDir: string): string[] {
  const [top] = packageDir.split("/")
  return STALE.filter((each) => each !== top)
}

/** The tree that the tests see: the package, the tests and their settings. */
export function testTree(source: Directory, project: Project): Directory {
  const { frontends, packageDir, readme, readsProse, tests } = project
  const exclude = staleBeside(packageDir)
  if (!readsProse) exclude.push(...PROSE)
  for (const { destination, path } of frontends) exclude.push(path, destination)
  const kept = tests.reads.map((path) => `!${path}`)
  const tree = source.filter({ exclude: [...exclude, ...kept] })
  // A backend refuses to build without the readme that the metadata names.
  return readme && !readsProse && !tests.reads.includes(readme)
    ? tree.withNewFile(readme, "")
    : tree
}

/** What linters read of Python, and nothing else. */
export function pythonTree(source: Directory): Directory {
  return source.filter({ include: [...LINTED, ...LINT_FILES] })
}
