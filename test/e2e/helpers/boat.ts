import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import { emptyProject } from "./project.js"

/** A package that builds in a moment, for tests of what happens to its files afterwards. */
export function boatProject(settings: string): string {
  const folder = emptyProject()
  for (const [path, text] of Object.entries(files(settings))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function files(settings: string): Record<string, string> {
  return {
    "pyproject.toml": `[build-system]
requires = ["flit_core>=3.12,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "tinyboat"
version = "0.0.0"
description = "A boat."
readme = "README.md"
license = "MIT"
license-files = ["LICENSE"]
requires-python = ">=3.9"
dependencies = ["six"]

[project.scripts]
tinyboat = "tinyboat:main"

[tool.shipwheel]
pythons = ["3.12"]
${settings}`,
    "README.md": "# Tinyboat\n",
    LICENSE: "MIT\n",
    "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- It floats.\n",
    "src/tinyboat/__init__.py": `"""A boat."""

import six

__version__ = "0.0.0"


def main() -> None:
    print(f"tinyboat {__version__} with six {six.__version__}")
`,
  }
}
