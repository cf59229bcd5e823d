import { satisfies, validRange } from "@renovatebot/pep440"

import { poetrySpecifier } from "../reading/poetry-requirements.js"
import { toolTexts } from "../reading/pyproject.js"
import { iniText } from "../text/ini-text.js"
import { keywordOf } from "../text/python-text.js"
import type { Outline } from "./outline.js"

/** Which Pythons a project says that it runs on. */
export interface PythonRange {
  /** As it stands there. */
  readonly written: string
  /** Where it stands, for people. */
  readonly key: string
  /** PEP 440 specifiers, one of which has to allow a Python. */
  readonly alternatives: readonly string[]
}

/** The range in the metadata, else where the build tool keeps it. */
export function pythonRange(
  clues: Pick<Outline, "pyproject" | "sources">,
): PythonRange | undefined {
  const { pyproject } = clues
  const own = pyproject.project?.["requires-python"]
  if (own !== undefined) return range("requires-python", own)
  const [poetry] = toolTexts(pyproject, "poetry", "dependencies", "python")
  if (poetry !== undefined)
    return {
      written: poetry,
      key: "tool.poetry.dependencies.python",
      alternatives: poetry.split(/\|\|?/).map(poetrySpecifier),
    }
  const legacy = pyproject.project ? undefined : setuptoolsRange(clues)
  return legacy === undefined ? undefined : range("python_requires", legacy)
}

function range(key: string, written: string): PythonRange {
  return { written, key, alternatives: [written] }
}

function setuptoolsRange({
  sources,
}: Pick<Outline, "sources">): string | undefined {
  const cfg = sources.text("setup.cfg") ?? ""
  const py = sources.text("setup.py") ?? ""
  const given = keywordOf(py, "setup", "python_requires")?.text
  return (
    iniText(cfg, "options", "python_requires") ??
    (given && py.slice(given.start, given.end))
  )
}

/** Whether it can be read at all. */
export function isRange({ alternatives }: PythonRange): boolean {
  return alternatives.every((each) => each === "" || validRange(each))
}

/** Whether a range allows the newest patch of a minor version, which is what the image holds. */
export function allows({ alternatives }: PythonRange, python: string): boolean {
  return alternatives.some(
    (each) => each === "" || satisfies(`${python}.99`, each),
  )
}
