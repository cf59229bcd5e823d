import { requirementName } from "../reading/requirements.js"
import { iniText } from "../text/ini-text.js"
import { keywordOf } from "../text/python-text.js"
import type { Clue, VersionSource } from "../version/version-source.js"
import { setuptoolsDynamic } from "./setuptools-version.js"

/** A tool that asks git for the version. */
interface GitVersionTool {
  readonly name: string
  readonly usedBy: (used: Used) => boolean
  /** How it is told the version. */
  readonly told: (project: string) => VersionSource
}

/** What shows which tool a project uses. */
interface Used {
  /** What the build requires, by normalized name. */
  readonly required: readonly string[]
  readonly tool: Clue["pyproject"]["tool"]
  /** The text of `setup.py`. */
  readonly py: string
  readonly hasCfg: boolean
  /** False where `[project]` has a version of its own. */
  readonly dynamic: boolean
  /** Another place is named for the version. */
  readonly elsewhere: boolean
}

/** Asked in this order, the first that is used is right. */
const TOOLS: readonly GitVersionTool[] = [
  {
    name: "versioneer",
    usedBy: ({ py, required, tool }) =>
      /\bversioneer\.get_version\(/.test(py) ||
      (required.includes("versioneer") && "versioneer" in tool),
    told: (project) => ({ inTags: { tool: "versioneer", project } }),
  },
  ...[
    "versioningit",
    "setuptools-git-versioning",
    "setuptools-git-version",
  ].map((name) => ({
    name,
    usedBy: ({ dynamic, required }: Used) => dynamic && required.includes(name),
    told: (project: string) => ({ inTags: { tool: name, project } }),
  })),
  {
    name: "pbr",
    usedBy: ({ hasCfg, py, required }) =>
      keywordOf(py, "setup", "pbr") !== undefined ||
      (required.includes("pbr") && hasCfg),
    told: () => ({ variables: ["PBR_VERSION"] }),
  },
  {
    name: "setuptools-scm",
    usedBy: ({ dynamic, elsewhere, py, required, tool }) =>
      dynamic &&
      (keywordOf(py, "setup", "use_scm_version") !== undefined ||
        (!elsewhere &&
          ("setuptools_scm" in tool || required.includes("setuptools-scm")))),
    told: pretend,
  },
  {
    name: "flit-scm",
    usedBy: ({ dynamic, required }) => dynamic && required.includes("flit-scm"),
    told: pretend,
  },
]

/** Takes the version from the tool that would ask git for it, if the project uses one. */
export function gitVersion(clue: Clue): VersionSource | undefined {
  const used = usedIn(clue)
  return TOOLS.find(({ usedBy }) => usedBy(used))?.told(clue.name)
}

function usedIn({ pyproject, sources }: Clue): Used {
  const py = sources.text("setup.py") ?? ""
  const cfg = sources.text("setup.cfg") ?? ""
  const setupRequires = iniText(cfg, "options", "setup_requires") ?? ""
  const required = [
    ...(pyproject["build-system"]?.requires ?? []),
    ...setupRequires.split("\n"),
  ]
  return {
    required: required.map(requirementName),
    tool: pyproject.tool,
    py,
    hasCfg: sources.has("setup.cfg"),
    dynamic: pyproject.project?.dynamic.includes("version") ?? true,
    elsewhere:
      setuptoolsDynamic(pyproject) !== undefined ||
      keywordOf(py, "setup", "version") !== undefined,
  }
}

/**
 * The variable of one distribution alone, so that no other one in the same
 * build is given its version; and the common one, where a tool between
 * setuptools-scm and the project (flit-scm, a setup.py) does not tell the name.
 */
function pretend(name: string): VersionSource {
  const normal = name.replace(/[-_.]+/g, "_").toUpperCase()
  return {
    variables: [
      `SETUPTOOLS_SCM_PRETEND_VERSION_FOR_${normal}`,
      "SETUPTOOLS_SCM_PRETEND_VERSION",
    ],
  }
}
