import { z } from "#zod"

import { moduleFiles } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import { code } from "../text/code.js"
import { iniText } from "../text/ini-text.js"
import { assignedTexts, keywordOf, keywordsOf } from "../text/python-text.js"
import { manifestVersion, namedVersion } from "../version/named-version.js"
import {
  formOf,
  joinedIn,
  originOf,
  originOfCall,
  readFiles,
  statedVersions,
  tupleOf,
} from "../version/stated-version.js"
import type { VersionPlace } from "../version/version-place.js"
import {
  type Clue,
  refuseSource,
  type VersionSource,
} from "../version/version-source.js"

/** A `setup(version="…")` and an option of setup.cfg, which other backends leave unread. */
export const IN_SETUP_PY: VersionPlace = {
  kind: "keyword",
  path: "setup.py",
  call: "setup",
  name: "version",
}
export const IN_SETUP_CFG: VersionPlace = {
  kind: "ini",
  path: "setup.cfg",
  section: "metadata",
  option: "version",
}

const tables = z
  .object({
    dynamic: z.object({
      version: z.object({
        attr: z.string().optional(),
        file: z.union([z.string(), z.array(z.string())]).optional(),
      }),
    }),
  })
  .optional()
  .catch(undefined)

/** What `[tool.setuptools.dynamic]` says of the version. */
export function setuptoolsDynamic({ tool }: Pyproject) {
  return tables.parse(tool["setuptools"])?.dynamic.version
}

export function setuptoolsTable(clue: Clue): VersionSource | undefined {
  const version = setuptoolsDynamic(clue.pyproject)
  if (!version) return undefined
  return version.attr === undefined
    ? versionFile(version.file ?? "")
    : attribute(clue, version.attr)
}

export function setupCfgVersion(clue: Clue): VersionSource | undefined {
  const cfg = clue.sources.text("setup.cfg") ?? ""
  const value = iniText(cfg, "metadata", "version")
  if (!value) return undefined
  const [, kind, rest = ""] = /^(attr|file):\s*(.+)$/s.exec(value) ?? []
  if (kind === "attr") return attribute(clue, rest.trim())
  if (kind === "file")
    return versionFile(rest.split(",").map((each) => each.trim()))
  return { places: [IN_SETUP_CFG] }
}

export function setupPyVersion(clue: Clue): VersionSource | undefined {
  const { found, sources } = clue
  const py = sources.text("setup.py")
  const given = keywordOf(py ?? "", "setup", "version")
  if (py === undefined || !given) return undefined
  if (given.text) return { places: [IN_SETUP_PY] }
  if (given.name && assignedTexts(py, given.name).length > 0)
    return {
      places: [{ kind: "assignment", path: "setup.py", name: given.name }],
    }
  const root = found?.root ?? ""
  const [value = ""] = keywordsOf(py, "setup", "version").filter(Boolean)
  const origin = given.name
    ? originOf(sources, root, "setup.py", given.name)
    : originOfCall(sources, root, "setup.py", value)
  return origin ? { places: [origin] } : computed(clue, py)
}

/** It computes the version, nearly always from one of these; the built files are compared with the tag. */
function computed({ found, sources }: Clue, py: string): VersionSource {
  const joined = joinedIn(py)
  const root = found?.root ?? ""
  const place =
    joined && tupleOf(sources, root, "setup.py", joined.name, formOf(joined))
  const named = namedVersion(sources, found, "setup.py")
  const known = [
    ...statedVersions(sources, found),
    ...(place ? [place] : []),
    ...readFiles(sources, found, "setup.py"),
    ...(named ? [named] : []),
  ]
  const manifest = manifestVersion(sources, "setup.py")
  const places = known.length === 0 && manifest ? [manifest] : known
  return places.length > 0 || sources.wanted.size > 0
    ? { places }
    : refuseSource(
        "`setup.py` computes the version, and no file with a plain one was found",
      )
}

/** `attr: package.module.NAME`: setuptools reads it without an import where it is plain. */
function attribute({ found, sources }: Clue, attr: string): VersionSource {
  const [name = "", ...modules] = attr.split(".").reverse()
  const module = modules.reverse().join(".") || "__init__"
  const roots = [...new Set([found?.root ?? "", "src", ""])]
  for (const root of roots)
    for (const path of moduleFiles(root, module)) {
      // Setuptools joins what is no text.
      const place =
        originOf(sources, root, path, name) ??
        tupleOf(sources, root, path, name)
      if (place) return { places: [place] }
    }
  return sources.wanted.size > 0
    ? {}
    : refuseSource(
        `\`attr = "${attr}"\` names no plain text: it is computed, or is not in the source`,
      )
}

function versionFile(file: string | readonly string[]): VersionSource {
  const [path, another] = typeof file === "string" ? [file] : file
  return path !== undefined && another === undefined
    ? { places: [{ kind: "file", path }] }
    : refuseSource(
        `the version is put together from several files, ${[file]
          .flat()
          .map(code)
          .join(", ")}`,
      )
}
