import type { Directory } from "@dagger.io/dagger"

import type { Frontend } from "../core/frontend.js"
import { filesToRead, outlineProject } from "../core/outline.js"
import { type Project, resolveProject } from "../core/project.js"
import { Problems } from "../errors.js"
import { PYTHONS } from "./images.js"

/**
 * What no stage reads: it is made by tools, or it is somebody's environment.
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

/** Reads the project through the engine's file API: no container starts for it. */
export async function readProject(source: Directory): Promise<Project> {
  const problems = new Problems()
  const paths = new Set(await source.glob("**/*"))
  const texts = new Map<string, string>()
  const read = async (path: string) => {
    if (paths.has(path)) texts.set(path, await source.file(path).contents())
  }
  await read("pyproject.toml")
  const outline = outlineProject(paths, texts.get("pyproject.toml"), problems)
  await Promise.all(filesToRead(outline).map(read))
  return resolveProject(outline, texts, PYTHONS, problems)
}

/** The tree that distributions are built from, without what earlier builds left. */
export function buildTree(source: Directory, project: Project): Directory {
  const { frontend } = project
  const exclude = frontend ? [...STALE, frontend.destination] : STALE
  return source.filter({ exclude })
}

/** The tree that the tests see: the package, the tests and their settings. */
export function testTree(source: Directory, project: Project): Directory {
  const { frontend, readme, tests } = project
  const exclude = [...STALE, ...PROSE]
  if (frontend) exclude.push(frontend.path, frontend.destination)
  const kept = tests.reads.map((path) => `!${path}`)
  const tree = source.filter({ exclude: [...exclude, ...kept] })
  // A backend refuses to build without the readme that the metadata names.
  return readme && !tests.reads.includes(readme)
    ? tree.withNewFile(readme, "")
    : tree
}

/** What linters read of Python, and nothing else. */
export function pythonTree(source: Directory): Directory {
  const include = ["**/*.py", "**/*.pyi", "**/*ruff.toml", "**/pyproject.toml"]
  return source.filter({ include })
}

export function withFrontend(
  tree: Directory,
  frontend: Frontend | undefined,
  output: Directory | undefined,
): Directory {
  return frontend && output
    ? tree.withDirectory(frontend.destination, output)
    : tree
}
