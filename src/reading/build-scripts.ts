import { posix } from "node:path"

import { iniText } from "../text/ini-text.js"
import { listKeywordOf } from "../text/python-text.js"
import type { Pyproject } from "./pyproject.js"
import { requirementName } from "./requirements.js"
import type { Sources } from "./sources.js"

/** What the build of a package is known by. */
export interface BuildClues {
  readonly sources: Sources
  readonly pyproject: Pyproject
}

/** The names of what a build requires. */
export function requiredByBuild({ pyproject, sources }: BuildClues): string[] {
  const cfg = sources.text("setup.cfg") ?? ""
  return [
    ...(pyproject["build-system"]?.requires ?? []),
    ...(iniText(cfg, "options", "setup_requires") ?? "").split("\n"),
    ...listKeywordOf(sources.text("setup.py") ?? "", "setup", "setup_requires"),
  ]
    .filter(Boolean)
    .map(requirementName)
}

/** Files that backends run while they build, as far as they are there. */
export function buildScripts({ pyproject, sources }: BuildClues): string[] {
  const { tool } = pyproject
  const text = JSON.stringify([tool["hatch"], tool["pdm"], tool["poetry"]])
  const named = [...text.matchAll(/"([\w./-]+\.py)"/g)]
  return [
    "setup.py",
    ...["hatch_build.py", "pdm_build.py", "build.py"],
    ...named.flatMap(([, path]) => path ?? []),
    ...ownBackend(pyproject),
  ].filter((path) => sources.has(path))
}

/** Where a backend may be that lies in the project itself (PEP 517). */
function ownBackend({ "build-system": system }: Pyproject): string[] {
  const { "backend-path": folders = [], "build-backend": backend = "" } =
    system ?? {}
  const [module = ""] = backend.split(":")
  return folders.flatMap((folder) => {
    const path = posix.join(folder, module.replaceAll(".", "/"))
    return [`${path}.py`, `${path}/__init__.py`]
  })
}
