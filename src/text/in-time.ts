import { runInNewContext } from "node:vm"

import { problem } from "../errors.js"

/** How long what takes an instant may take on a busy machine, in milliseconds. */
const PATIENCE = 1000
const CODE = "ERR_SCRIPT_EXECUTION_TIMEOUT"

/**
 * Matches a text by what the project wrote. Some patterns take longer than anybody waits, and nothing else runs
 * meanwhile, no limit of a stage either: only the machine that runs JavaScript can end it.
 */
export function inTime<T>(pattern: string, match: () => T): T {
  const results: T[] = []
  const run = () => results.push(match())
  try {
    runInNewContext("run()", { run }, { timeout: PATIENCE })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== CODE) throw error
    throw problem(
      "configuration",
      `the pattern \`${pattern}\` takes more than ${String(PATIENCE / 1000)} s to be compared with one text`,
      "Write it without a repetition in a repetition, such as `(a+)+`, and with fewer `*` side by side; a folder is named with `/` at its end.",
    )
  }
  const [result] = results
  return result as T
}
