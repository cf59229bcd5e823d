import { z } from "zod"

import { type ImportPackage, moduleFiles } from "../reading/import-package.js"
import type { Pyproject } from "../reading/pyproject.js"
import { requirementName } from "../reading/requirements.js"
import type { Sources } from "../reading/sources.js"
import { iniText } from "../text/ini-text.js"
import { assignedTexts, keywordOf } from "../text/python-text.js"
import { originOf } from "./stated-version.js"
import type { VersionPlace } from "./version-place.js"

/** What is known of a project when its version is looked for. */
export interface Clue {
  readonly sources: Sources
  readonly pyproject: Pyproject
  readonly name: string
  readonly found: ImportPackage | undefined
  /** Where the package itself states its `__version__`. */
  readonly stated: readonly VersionPlace[]
}

/** Where a backend takes the version from: places to write it in, or variables it reads; or why neither will do. */
export type VersionSource =
  | {
      readonly places?: readonly VersionPlace[]
      readonly variables?: readonly string[]
    }
  | { readonly refusal: string; readonly next: string }

type Strategy = (clue: Clue) => VersionSource | undefined

const PYPROJECT = "pyproject.toml"

/** Asked in this order, the first that answers is right. */
const STRATEGIES: readonly Strategy[] = [
  staticVersion,
  poetry,
  hatch,
  pdm,
  fromGit,
  setuptoolsTable,
  flit,
  setupCfg,
  setupPy,
]

/** Finds out where the version of a project comes from. */
export function versionSources(clue: Clue): VersionSource {
  for (const strategy of STRATEGIES) {
    const source = strategy(clue)
    if (source) return source
  }
  return refuse("nothing says where the version comes from")
}

const NEXT =
  'Write `version = "1.2.3"` into `[project]`, or let setuptools-scm, hatch-vcs or pdm-backend take it from git: those are given the tag.'

function refuse(refusal: string): VersionSource {
  return { refusal, next: NEXT }
}

function staticVersion({
  pyproject,
  sources,
}: Clue): VersionSource | undefined {
  if (pyproject.project?.version === undefined) return undefined
  const places: VersionPlace[] = [
    { kind: "toml", path: PYPROJECT, key: ["project", "version"] },
  ]
  if (table(pyproject, "poetry").version !== undefined)
    places.push({
      kind: "toml",
      path: PYPROJECT,
      key: ["tool", "poetry", "version"],
    })
  // A forgotten setup.py or setup.cfg is ignored by setuptools, and would mislead its readers.
  return { places: [...places, ...forgotten(sources)] }
}

function forgotten(sources: Sources): VersionPlace[] {
  const py: VersionPlace = {
    kind: "keyword",
    path: "setup.py",
    call: "setup",
    name: "version",
  }
  const cfg: VersionPlace = {
    kind: "ini",
    path: "setup.cfg",
    section: "metadata",
    option: "version",
  }
  const literal = iniText(
    sources.text("setup.cfg") ?? "",
    "metadata",
    "version",
  )
  return [
    ...(keywordOf(sources.text("setup.py") ?? "", "setup", "version")?.text
      ? [py]
      : []),
    ...(literal && /^[\w.+!-]+$/.test(literal) ? [cfg] : []),
  ]
}

function poetry({ pyproject }: Clue): VersionSource | undefined {
  const bypass = "POETRY_DYNAMIC_VERSIONING_BYPASS"
  if (backend(pyproject).startsWith("poetry_dynamic_versioning"))
    return { variables: [bypass] }
  if (table(pyproject, "poetry").version === undefined) return undefined
  return {
    places: [
      { kind: "toml", path: PYPROJECT, key: ["tool", "poetry", "version"] },
    ],
  }
}

const HATCH_PATTERN =
  "(?i)^(__version__|VERSION)(?: ?\\: ?str)? *= *(['\"])v?(?P<version>.+?)\\2"
/** Version sources of hatch that ask git, and the variables they document. */
const HATCH_GIT = new Map([
  ["vcs", ["SETUPTOOLS_SCM_PRETEND_VERSION"]],
  ["uv-dynamic-versioning", ["UV_DYNAMIC_VERSIONING_BYPASS"]],
])

function hatch({ found, pyproject, sources }: Clue): VersionSource | undefined {
  const { version } = z
    .object({ version: versionTable.optional() })
    .parse(pyproject.tool["hatch"] ?? {})
  if (!version || !backend(pyproject).startsWith("hatchling")) return undefined
  const {
    expression = "__version__",
    path,
    pattern,
    source,
    variable,
  } = version
  const variables = HATCH_GIT.get(source ?? "")
  if (variables) return { variables }
  if (source === "env" && variable) return { variables: [variable] }
  if (path === undefined || (source && !["code", "regex"].includes(source)))
    return refuse(
      `\`tool.hatch.version.source\` is \`${source ?? ""}\`, which takes no version from outside`,
    )
  if (source !== "code")
    return {
      places: [
        {
          kind: "pattern",
          path,
          pattern: textPattern(pattern) ?? HATCH_PATTERN,
        },
      ],
    }
  const place = originOf(sources, found?.root ?? "", path, expression)
  return place || sources.wanted.size > 0
    ? { places: place ? [place] : [] }
    : refuse(`\`tool.hatch.version\` computes \`${expression}\` in \`${path}\``)
}

const PDM_PATTERN =
  "^(?:__version__|VERSION)\\s*=\\s*[\"'](.+?)[\"']\\s*(?:#.*)?$"

function pdm({ pyproject }: Clue): VersionSource | undefined {
  const { version } = z
    .object({ version: versionTable.optional() })
    .parse(pyproject.tool["pdm"] ?? {})
  if (!version || !backend(pyproject).startsWith("pdm")) return undefined
  const { path, pattern, source } = version
  if (source === "scm") return { variables: ["PDM_BUILD_SCM_VERSION"] }
  if (path !== undefined && (source ?? "file") === "file")
    return {
      places: [
        { kind: "pattern", path, pattern: textPattern(pattern) ?? PDM_PATTERN },
      ],
    }
  return refuse(
    `\`tool.pdm.version.source\` is \`${source ?? ""}\`, which takes no version from outside`,
  )
}

/** hatch takes `true` for its own pattern. */
function textPattern(pattern: unknown): string | undefined {
  return typeof pattern === "string" ? pattern : undefined
}

/** Tools that ask git, by the requirement that brings them, and the variables that they read before. */
function fromGit(clue: Clue): VersionSource | undefined {
  const { name, pyproject, sources } = clue
  const py = sources.text("setup.py") ?? ""
  const required = [
    ...(pyproject["build-system"]?.requires ?? []),
    ...(
      iniText(sources.text("setup.cfg") ?? "", "options", "setup_requires") ??
      ""
    ).split("\n"),
  ].map(requirementName)
  const uses = (tool: string) => required.includes(tool)
  if (
    /\bversioneer\.get_version\(/.test(py) ||
    (uses("versioneer") && "versioneer" in pyproject.tool)
  )
    return refuse("`versioneer` asks git, and takes no version from outside")
  for (const tool of [
    "versioningit",
    "setuptools-git-versioning",
    "setuptools-git-version",
  ])
    if (uses(tool))
      return refuse(`\`${tool}\` asks git, and takes no version from outside`)
  if (
    keywordOf(py, "setup", "pbr") ??
    (uses("pbr") && sources.has("setup.cfg"))
  )
    return { variables: ["PBR_VERSION"] }
  if (pyproject.project && !pyproject.project.dynamic.includes("version"))
    return undefined
  if (keywordOf(py, "setup", "use_scm_version"))
    return { variables: pretend(name) }
  const elsewhere =
    table(pyproject, "setuptools").dynamic ?? keywordOf(py, "setup", "version")
  const simple = "setuptools_scm" in pyproject.tool || uses("setuptools-scm")
  if (uses("flit-scm") || (simple && !elsewhere))
    return { variables: pretend(name) }
  return undefined
}

/**
 * The variable of one distribution alone, so that no other one in the same
 * build is given its version; and the common one, where a tool between
 * setuptools-scm and the project (flit-scm, a setup.py) does not tell the name.
 */
function pretend(name: string): string[] {
  const normal = name.replace(/[-_.]+/g, "_").toUpperCase()
  return [
    `SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${normal}`,
    "SETUPTOOLS_SCM_PRETEND_VERSION",
  ]
}

function setuptoolsTable(clue: Clue): VersionSource | undefined {
  const { version } = table(clue.pyproject, "setuptools").dynamic ?? {}
  if (!version) return undefined
  return version.attr === undefined
    ? versionFile(version.file ?? "")
    : attribute(clue, version.attr)
}

/** `attr: package.module.NAME`: setuptools reads it without an import where it is plain. */
function attribute({ found, sources }: Clue, attr: string): VersionSource {
  const [name = "", ...modules] = attr.split(".").reverse()
  const module = modules.reverse().join(".") || "__init__"
  const roots = [...new Set([found?.root ?? "", "src", ""])]
  for (const root of roots)
    for (const path of moduleFiles(root, module)) {
      const place = originOf(sources, root, path, name)
      if (place) return { places: [place] }
    }
  return sources.wanted.size > 0
    ? {}
    : refuse(`\`attr = "${attr}"\` is computed, or is not in the source`)
}

function versionFile(file: string | readonly string[]): VersionSource {
  const [path, another] = typeof file === "string" ? [file] : file
  return path !== undefined && another === undefined
    ? { places: [{ kind: "file", path }] }
    : refuse("the version is put together from several files")
}

function flit({
  found,
  name,
  pyproject,
  stated,
}: Clue): VersionSource | undefined {
  if (!backend(pyproject).startsWith("flit")) return undefined
  const [place] = stated
  return place || !found
    ? { places: place ? [place] : [] }
    : refuse(
        `flit takes the version from \`__version__\` in \`${found.path}\`, and \`${name}\` computes it`,
      )
}

function setupCfg(clue: Clue): VersionSource | undefined {
  const value = iniText(
    clue.sources.text("setup.cfg") ?? "",
    "metadata",
    "version",
  )
  if (!value) return undefined
  const [, kind, rest = ""] = /^(attr|file):\s*(.+)$/s.exec(value) ?? []
  if (kind === "attr") return attribute(clue, rest.trim())
  if (kind === "file")
    return versionFile(rest.split(",").map((each) => each.trim()))
  return {
    places: [
      {
        kind: "ini",
        path: "setup.cfg",
        section: "metadata",
        option: "version",
      },
    ],
  }
}

/** Files that a setup.py often reads its version from. */
const VERSION_FILES = ["VERSION", "VERSION.txt", "version.txt"]

function setupPy({ found, sources, stated }: Clue): VersionSource | undefined {
  const py = sources.text("setup.py")
  if (py === undefined) return undefined
  const given = keywordOf(py, "setup", "version")
  if (!given) return undefined
  if (given.text)
    return {
      places: [
        { kind: "keyword", path: "setup.py", call: "setup", name: "version" },
      ],
    }
  if (given.name && assignedTexts(py, given.name).length > 0)
    return {
      places: [{ kind: "assignment", path: "setup.py", name: given.name }],
    }
  const imported =
    given.name && originOf(sources, found?.root ?? "", "setup.py", given.name)
  if (imported) return { places: [imported] }
  // It computes the version, nearly always from one of these; the built files are compared with the tag.
  const files = VERSION_FILES.filter(
    (path) => py.includes(path) && sources.has(path),
  )
  const places: VersionPlace[] = [
    ...stated,
    ...files.map((path): VersionPlace => ({ kind: "file", path })),
  ]
  return places.length > 0 || sources.wanted.size > 0
    ? { places }
    : refuse(
        "`setup.py` computes the version, and no file with a plain one was found",
      )
}

const versionTable = z.object({
  source: z.string().optional(),
  path: z.string().optional(),
  pattern: z.unknown().optional(),
  expression: z.string().optional(),
  variable: z.string().optional(),
})
const toolTable = z
  .object({
    version: z.string().optional().catch(undefined),
    dynamic: z
      .object({
        version: z
          .object({
            attr: z.string().optional(),
            file: z.union([z.string(), z.array(z.string())]).optional(),
          })
          .optional(),
      })
      .optional()
      .catch(undefined),
  })
  .catch({ version: undefined, dynamic: undefined })

function table({ tool }: Pyproject, name: string) {
  return toolTable.parse(tool[name] ?? {})
}

/** The build backend by its name in pyproject.toml; empty where it names none. */
export function backend(pyproject: Pyproject): string {
  return pyproject["build-system"]?.["build-backend"] ?? ""
}
