import type { Problems } from "../errors.js"
import type { Outline } from "./outline.js"
import { allows, isRange, pythonRange } from "./python-range.js"

/** A Python version that is not run, and what leaves it out. */
export interface LeftOut {
  readonly python: string
  readonly reason: string
}

/** Which versions a project runs on. */
export interface PythonSupport {
  readonly pythons: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

const CLASSIFIER = /^Programming Language :: Python :: (3\.\d+)$/

/** The versions of the matrix that both `requires-python` and the classifiers allow. */
export function resolvePythons(
  outline: Outline,
  matrix: readonly string[],
  problems: Problems,
): PythonSupport {
  const { config, pyproject } = outline
  const wanted = [...new Set(config.pythons ?? matrix)]
  const range = pythonRange(outline)
  const listed = (pyproject.project?.classifiers ?? []).flatMap(
    (each) => CLASSIFIER.exec(each)?.[1] ?? [],
  )
  const allowed = wanted.filter((each) => !range || allows(range, each))
  if (range && !isRange(range))
    problems.add(
      "project",
      `\`${range.key} = "${range.written}"\` is no range of versions`,
      "Write it as PEP 440 has it, such as `>=3.9` or `>=3.9,<4`.",
    )
  else if (allowed.length === 0)
    problems.add(
      "project",
      `\`${range?.key ?? ""} = "${range?.written ?? ""}"\` leaves none of ${wanted.join(", ")}`,
      "Correct it, or name the versions to use in `tool.shipwheel.pythons`.",
    )
  const named = allowed.filter((each) => listed.includes(each))
  // Versions that are asked for by name are run; classifiers that name none of them are out of date.
  const narrow = config.pythons === undefined && named.length > 0
  const pythons = narrow ? named : allowed
  const leftOut = wanted
    .filter((each) => !pythons.includes(each))
    .map((python) => ({
      python,
      reason: allowed.includes(python)
        ? "the classifiers"
        : `\`${range?.key ?? ""}\``,
    }))
  return { pythons, leftOut }
}
