import { z } from "#zod"

/** What a command left, as `lint.py` tells it. */
const run = z.object({
  exitCode: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  /** Of the package that the command is; empty where it is none. */
  version: z.string(),
})
export type Run = z.infer<typeof run>

export function parseRuns(json: string): Run[] {
  return z.array(run).parse(JSON.parse(json))
}
