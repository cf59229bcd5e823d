import { z } from "#zod"

import { PYPI } from "./index-names.js"

/** Stages that an environment may leave out; what proves the files themselves always runs. */
export const OPTIONAL_STAGES = [
  "test",
  "lint",
  "integration",
  "audit",
  "reproduce",
  "install",
  "serve",
  "installers",
  "compare",
] as const

const BRANCH = "a full git ref, such as `refs/heads/develop`"
const TAG = "a full git ref, such as `refs/tags/staging/*`"
const VARIABLE = "a variable's name, such as `NEXT_PUBLIC_API`"
const INDEX =
  "`testpypi` or the name of a `[[tool.shipwheel.index]]`; PyPI is `promote`'s"

const PATTERN = "(?:[A-Za-z0-9._/*@=+-]|\\[0-9\\])+$"
const refs = (kind: string, expected: string) =>
  z
    .array(
      z
        .string(expected)
        .regex(new RegExp(`^refs/${kind}/${PATTERN}`), expected),
      'a list of git refs, such as ["refs/heads/develop"]',
    )
    .optional()
const REASON = "the reason, which the report shows"
const reason = z.string(REASON).min(1, REASON)
const skip = z.strictObject(
  Object.fromEntries(OPTIONAL_STAGES.map((name) => [name, reason.optional()])),
)

/** How the frontend is built here. What these variables hold ends up in the page: they are no place for secrets. */
const frontend = z.strictObject({
  script: z.string("the name of an npm script").optional(),
  variables: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, VARIABLE),
      z.string('a text, such as "development"'),
      'a table of texts, such as { NODE_ENV = "development" }',
    )
    .optional(),
})

const common = {
  skip: skip.optional(),
  frontend: frontend.optional(),
}
const gated = { refs: refs("heads", BRANCH), ...common }
const published = {
  refs: refs("tags", TAG),
  ...common,
  /** Where a release uploads to. */
  index: z
    .string(INDEX)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, INDEX)
    .refine((name) => name !== PYPI, INDEX)
    .optional(),
  /** Whether it is announced there as well. */
  github: z.boolean("`true` or `false`").optional(),
}

const check = z.strictObject(gated)
const development = z.strictObject(gated)
const staging = z.strictObject(published)
const production = z.strictObject({
  ...published,
  /** The CI's protected environment that lets a promotion pass. */
  approval: z
    .string("a name, such as `pypi`")
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a name, such as `pypi`")
    .optional(),
})

const environments = z.strictObject({
  check: check.optional(),
  development: development.optional(),
  staging: staging.optional(),
  production: production.optional(),
})

/** The keys of `[tool.shipwheel]` that say what a git ref leads to. */
export const environmentKeys = { environments: environments.optional() }

const named = { check, development, staging, production }

/** The sections by their place. */
export const environmentSections: Readonly<Record<string, z.ZodObject>> = {
  environments,
  ...sectionsBelow(""),
  ...sectionsBelow(".skip", skip),
  ...sectionsBelow(".frontend", frontend),
}

function sectionsBelow(key: string, section?: z.ZodObject) {
  const sections = Object.entries<z.ZodObject>(named).map(
    ([name, own]) => [`environments.${name}${key}`, section ?? own] as const,
  )
  return Object.fromEntries(sections)
}

export type EnvironmentsConfig = z.infer<typeof environments>
