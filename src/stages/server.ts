import type { Container } from "@dagger.io/dagger"

import { lastLine } from "../core/failure.js"
import type { Server } from "../core/gate-config.js"
import type { Attempt, Outcome } from "./commands.js"
import { script } from "./scripts.js"

/** An installed package as a server, which is asked for its page and every asset that it names. */
export function serving(
  installed: Container,
  { command, path, port }: Server,
): Attempt {
  return {
    label: command.join(" "),
    container: installed.withMountedFile("/serve.py", script("serve.py")),
    command: ["python", "/serve.py", String(port), path, ...command],
  }
}

/** What was served, in a few words. */
export function servedSummary({ label, output }: Outcome): string {
  return `\`${label}\`: ${lastLine(output)}`
}
