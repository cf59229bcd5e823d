import {
  failedBuild,
  reasonOf,
  shownBuild,
  StageFailure,
} from "../pipeline/failure.js"
import { requirementName } from "../reading/requirements.js"

/** What stands beside a build's words. */
export interface BuildAsked {
  /** What `build-system.requires` names; absent where nothing does, so that the newest setuptools builds. */
  readonly requires: readonly string[] | undefined
  /** More advice, where it fits what the backend said. */
  readonly advice?: (backend: string) => string | undefined
  /** What to do, where that is known better than by what the backend said. */
  readonly next?: string | undefined
}

/** Tells a build that failed in the backend's words, with advice where it fits its cause. */
export function buildFailure(
  what: string,
  error: unknown,
  asked: BuildAsked,
): StageFailure {
  const words = failedBuild(error)
  if (!words) {
    const { details, summary } = reasonOf(error)
    return new StageFailure(`${what}: ${summary}`, details)
  }
  const advice = [pinAdvice, importAdvice, asked.advice]
    .map((each) => each?.(words.backend, asked))
    .filter((each) => each !== undefined)
  return new StageFailure(
    `${what}: ${words.what}`,
    shownBuild({ ...words, next: asked.next ?? words.next }, ...advice),
  )
}

/** Modules that a backend brings under another name than its own. */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  distutils: "setuptools",
  pkg_resources: "setuptools",
  flit_core: "flit-core",
  pdm: "pdm-backend",
  poetry: "poetry-core",
}
const MISSING =
  /No module named '([\w.]+)'|cannot import name '\w+' from (?:partially initialized module )?'([\w.]+)'|module '([\w.]+)' has no attribute/g

/** A build that worked last week fails today where the newest release of a backend took away what it uses. */
function pinAdvice(
  backend: string,
  { requires = ["setuptools"] }: BuildAsked,
): string | undefined {
  const [, ...modules] = [...backend.matchAll(MISSING)].at(-1) ?? []
  const [top = ""] = modules.filter(Boolean).join("").split(".")
  const wanted = BROUGHT_BY[top] ?? top
  const loose = requires.find(
    (each) => requirementName(each) === wanted && !isPinned(each),
  )
  return loose === undefined
    ? undefined
    : `The newest release of \`${wanted}\` that \`build-system.requires\` allows has no such thing. If an older one had, pin the last that worked: \`${wanted}==<version>\` in \`build-system.requires\` of pyproject.toml.`
}

const OWN_MODULE = /File "\/(?:src|dist)\/([^"]+\.py)", line/g
const NO_MODULE = /^ModuleNotFoundError: No module named '([\w.]+)'\s*$/gm

/** An author has everything installed where they build; here there is what the project says that its build requires. */
function importAdvice(backend: string): string | undefined {
  const [, path] = [...backend.matchAll(OWN_MODULE)].at(-1) ?? []
  const [, module] = [...backend.matchAll(NO_MODULE)].at(-1) ?? []
  if (path === undefined || module === undefined) return undefined
  const attr = /\bread_attr\b/.test(backend)
    ? " If it is imported for the version alone, let `attr` name the module where that is written, such as `quayside._version.__version__`, which setuptools then reads without an import."
    : ""
  const [top = ""] = module.split(".")
  return `The build imports \`${path}\`, which imports \`${module}\`, and that is not there when the package is built.${attr} Otherwise \`build-system.requires\` of pyproject.toml has to name what brings \`${top}\`.`
}

function isPinned(requirement: string): boolean {
  const [specifier = ""] = requirement.split(";")
  return /==|~=|<| @ /.test(specifier)
}
