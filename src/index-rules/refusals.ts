import { z } from "#zod"

import { INDEX_RULES, type IndexRule } from "../config/index-rule-names.js"
import type { Problem } from "../errors.js"

const refusals = z.array(
  z.object({
    rule: z.enum(INDEX_RULES),
    /** The file, or `pyproject.toml` before anything is built. */
    subject: z.string(),
    what: z.string(),
    next: z.string(),
  }),
)

/** What PyPI would refuse, by `index_rules.py`. */
export type IndexRefusal = z.infer<typeof refusals>[number]

/** What of that an index refuses which takes more. */
export function parseRefusals(
  json: string,
  taken: readonly IndexRule[],
): IndexRefusal[] {
  return refusals
    .parse(JSON.parse(json))
    .filter(({ rule }) => !taken.includes(rule))
}

/** A refusal in one line, with its key. */
export function refusalLine({
  next,
  rule,
  subject,
  what,
}: IndexRefusal): string {
  return `index (${rule}): \`${subject}\`: ${what}. ${next}`
}

export function refusalProblem({
  next,
  rule,
  subject,
  what,
}: IndexRefusal): Problem {
  return {
    owner: "project",
    what: `\`${subject}\`: ${what}; PyPI refuses that (rule \`${rule}\`)`,
    next,
  }
}
