import type { Container } from "@dagger.io/dagger"

import type { Server } from "../config/gate-config.js"
import type { CommandOutcome, LabelledCommand } from "../containers/commands.js"
import { program } from "../containers/programs.js"
import { lastLine } from "../pipeline/failure.js"

/** An installed package as a server, which is asked for its page and every asset that it names. */
export function serving(
  installed: Container,
  { command, path, port }: Server,
): LabelledCommand {
  return {
    label: command.join(" "),
    container: installed.withMountedFile(
      "/serve.py",
      program("install/serve.py"),
    ),
    command: ["python", "/serve.py", String(port), path, ...command],
  }
}

/** What was served, in a few words. */
export function servedSummary({ label, output }: CommandOutcome): string {
  return `\`${label}\`: ${lastLine(output)}`
}
