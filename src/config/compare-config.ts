import { z } from "#zod"

const REASON = "the reason, which the report shows"
const reason = z.string(REASON).min(1, REASON)
const NAMES =
  'a table of names with reasons, such as { "quayside.internal" = "nobody\'s but ours" }'

/** How a release is compared with the one before. */
const compare = z.strictObject({
  /** What is no API, although its name is public: it and all below it, `*` for any name. */
  ignore: z.record(z.string(), reason, NAMES).optional(),
})

/** The key of `[tool.shipwheel]` that comparisons read, and its section. */
export const compareKeys = { compare: compare.optional() }
export const compareSections = { compare }

export interface CompareSettings {
  /** Reason by name. */
  readonly ignore: ReadonlyMap<string, string>
}

/** Fills in what the configuration leaves open. */
export function resolveCompare({
  ignore = {},
}: z.infer<typeof compare> = {}): CompareSettings {
  return { ignore: new Map(Object.entries(ignore)) }
}
