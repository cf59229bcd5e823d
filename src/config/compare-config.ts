import { z } from "#zod"

const REASON = "the reason, which the report shows"
const reason = z.string(REASON).min(1, REASON)
const NAMES =
  'a table of names with reasons, such as { "quayside.internal" = "nobody\'s but ours" }'

const BREAKS =
  'a table of names with reasons, such as { "quayside.read" = "nobody ever called it" }'
const SCHEMES = ["semver", "calendar"] as const
export type VersionScheme = (typeof SCHEMES)[number]
const CHECKS = ["off", "report", "fail"] as const
const oneOf = <const T extends readonly string[]>(known: T) =>
  z
    .enum(known, `one of ${known.map((each) => `"${each}"`).join(", ")}`)
    .optional()

/** How a release is compared with the one before. */
const compare = z.strictObject({
  /** What is no API, although its name is public: it and all below it, `*` for any name. */
  ignore: z.record(z.string().regex(/\S/, NAMES), reason, NAMES).optional(),
  /** Breaks that are meant, whatever the version says. */
  breaks: z.record(z.string().regex(/\S/, BREAKS), reason, BREAKS).optional(),
  /** What the versions mean. */
  scheme: oneOf(SCHEMES),
  /** Whether a version that does not fit what changed is told, or stops the release. */
  "version-check": oneOf(CHECKS),
})

/** The key of `[tool.shipwheel]` that comparisons read, and its section. */
export const compareKeys = { compare: compare.optional() }
export const compareSections = { compare }

export interface CompareSettings {
  /** Reason by name. */
  readonly ignore: ReadonlyMap<string, string>
  /** Reason by name of breaks that are meant. */
  readonly breaks: ReadonlyMap<string, string>
  /** Recognised where it is not given. */
  readonly scheme: VersionScheme | undefined
  readonly versionCheck: (typeof CHECKS)[number]
}

/** Fills in what the configuration leaves open. */
export function resolveCompare({
  breaks = {},
  ignore = {},
  scheme,
  "version-check": versionCheck = "report",
}: z.infer<typeof compare> = {}): CompareSettings {
  return {
    ignore: new Map(Object.entries(ignore)),
    breaks: new Map(Object.entries(breaks)),
    scheme,
    versionCheck,
  }
}
