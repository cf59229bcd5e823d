import { z } from "#zod"

import { INSTALL_LIMIT } from "../containers/images.js"

const SECONDS = "a number of seconds from 1 to 86400, such as 900"
const seconds = z
  .number(SECONDS)
  .min(1, SECONDS)
  .max(86_400, SECONDS)
  .optional()

/** How long what may hang may take, in seconds. */
export const limitsSection = z.strictObject({
  /** The tests of one Python. */
  test: seconds,
  /** One build of the package, or of a frontend. */
  build: seconds,
  /** One smoke command, the one that prints the version, or the reading of notes in reStructuredText. */
  command: seconds,
  /** Until a server answers. */
  serve: seconds,
  /** The comparison with one earlier release, its download too. */
  compare: seconds,
  /** One install of packages, for Python or a frontend, or the download of a file to install. */
  install: seconds,
  /** One attempt to upload a file. */
  upload: seconds,
  /** A stage as a whole. */
  stage: seconds,
})
export type Limits = Readonly<
  Record<keyof z.infer<typeof limitsSection>, number>
>

export const LIMITS: Limits = {
  test: 3600,
  build: 3600,
  command: 600,
  serve: 60,
  compare: 600,
  install: INSTALL_LIMIT,
  upload: 1800,
  stage: 7200,
}

/** Fills in what the configuration leaves open. */
export function resolveLimits(
  written: z.infer<typeof limitsSection> = {},
): Limits {
  const given = Object.entries(written).filter(([, each]) => each !== undefined)
  return { ...LIMITS, ...Object.fromEntries(given) }
}
