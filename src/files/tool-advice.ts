import type { Reason } from "../pipeline/failure.js"

export const TWINE = "twine check --strict"
export const CONTENTS = "check-wheel-contents"

interface ToolOutcome {
  readonly label: string
  readonly reason: Reason | undefined
}

/** The tools name what they refuse, and not what may be done about it. */
export function withToolAdvice<T extends ToolOutcome>(outcome: T): T {
  const { label, reason } = outcome
  const advice = reason && adviceOf(label, reason.details)
  if (!advice) return outcome
  const details = `${reason.details}\n\n${advice}`
  return { ...outcome, reason: { ...reason, details } }
}

function adviceOf(label: string, details: string): string | undefined {
  if (label === CONTENTS)
    return 'What of it is meant is told to the tool, such as `ignore = ["W001"]` in `[tool.check-wheel-contents]`, or all of it is left out with a reason: `skip = { contents = "..." }` in `[tool.shipwheel]`.'
  return label === TWINE &&
    details.includes("`long_description_content_type` missing")
    ? 'Say how the description is written: by `readme = "README.rst"` in `[project]`, or as `long_description_content_type` in `setup.py` or `setup.cfg`, `text/x-rst` or `text/markdown`.'
    : undefined
}
