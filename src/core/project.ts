import { satisfies } from "@renovatebot/pep440"

import type { Problems } from "../errors.js"
import { type Frontend, resolveFrontend } from "./frontend.js"
import { type Gates, resolveGates } from "./gate-config.js"
import type { ConfiguredIndex } from "./indexes.js"
import { initFile, type Outline } from "./outline.js"
import { resolveTests, type Tests } from "./tests.js"

/** All that the stages need to know of a project. */
export interface Project {
  readonly name: string
  readonly pythons: readonly string[]
  /** Versions of the matrix that the project does not support. */
  readonly leftOut: readonly string[]
  readonly packageDir: string
  /** The file that holds `__version__`. */
  readonly initFile: string
  readonly imports: readonly string[]
  readonly dependencies: readonly string[]
  readonly tests: Tests
  readonly smoke: readonly (readonly string[])[]
  readonly indexes: readonly ConfiguredIndex[]
  /** Seconds that an index may take to show what was uploaded. */
  readonly indexWait: number
  readonly frontend: Frontend | undefined
  readonly changelog: string | undefined
  /** The readme that the metadata names; without it nothing builds. */
  readonly readme: string | undefined
  readonly ruffConfigured: boolean
  readonly gates: Gates
  /** Where check-wheel-contents is configured, if it is. */
  readonly contentsConfig: string | undefined
}

const CONTENTS = "check-wheel-contents"
const CONTENTS_FILES = [`${CONTENTS}.cfg`, `.${CONTENTS}.cfg`]
const INDEX_WAIT = 300
const RUFF_FILES = ["ruff.toml", ".ruff.toml"]

/** Fills in what the configuration leaves open by what the project holds. */
export function resolveProject(
  outline: Outline,
  texts: ReadonlyMap<string, string>,
  matrix: readonly string[],
  problems: Problems,
): Project {
  const { config, name, paths, pyproject } = outline
  const packageDir = outline.packageDir ?? ""
  const pythons = config.pythons ?? matrix
  const supported = supportedPythons(outline, pythons, problems)
  const frontend = resolveFrontend(outline, texts, problems)
  const tests = resolveTests(outline, problems)
  problems.throwIfAny()
  const module = importName(packageDir)
  return {
    name,
    pythons: supported,
    leftOut: pythons.filter((each) => !supported.includes(each)),
    packageDir,
    initFile: initFile(outline) ?? "",
    imports: [...new Set([module, ...(config.imports ?? [])])],
    // Sorted, so that their order in the file reinstalls nothing.
    dependencies: [...(pyproject.project?.dependencies ?? [])].sort(),
    tests,
    smoke: config.smoke ?? [],
    indexes: (config.index ?? []).map((each) => ({
      name: each.name,
      url: each.url,
      publishUrl: each["publish-url"],
    })),
    indexWait: config["index-wait"] ?? INDEX_WAIT,
    frontend,
    changelog: outline.changelog,
    readme: readmePath(outline),
    ruffConfigured:
      "ruff" in pyproject.tool || RUFF_FILES.some((each) => paths.has(each)),
    gates: resolveGates(config, config.smoke ?? []),
    contentsConfig:
      CONTENTS in pyproject.tool
        ? "pyproject.toml"
        : CONTENTS_FILES.find((each) => paths.has(each)),
  }
}

function importName(packageDir: string): string {
  const [last = ""] = packageDir.split("/").slice(-1)
  return last.replace(/\.py$/, "")
}

/** `requires-python` (PEP 440 specifiers) against the newest patch of a minor, which is what the image holds. */
function supportedPythons(
  outline: Outline,
  pythons: readonly string[],
  problems: Problems,
): string[] {
  const range = outline.pyproject.project?.["requires-python"]
  if (!range) return [...pythons]
  const supported = pythons.filter((each) => satisfies(`${each}.99`, range))
  if (supported.length === 0)
    problems.add(
      "project",
      `\`requires-python = "${range}"\` leaves none of ${pythons.join(", ")}`,
      "Correct it, or name the versions to use in `tool.shipwheel.pythons`.",
    )
  return supported
}

function readmePath(outline: Outline): string | undefined {
  const readme = outline.pyproject.project?.readme
  return typeof readme === "string" ? readme : readme?.file
}
