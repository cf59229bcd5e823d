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
