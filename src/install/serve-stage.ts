import type { Container } from "@dagger.io/dagger"

import type { Server } from "../config/gate-config.js"
import type { Limits } from "../config/limits.js"
import {
  type CommandOutcome,
  type LabelledCommand,
  limited,
} from "../containers/commands.js"
import { program } from "../containers/programs.js"
import { lastLine } from "../pipeline/failure.js"
import { commandLine } from "../text/command-line.js"

const PROGRAMS = ["serve.py", "serve_page.py", "serve_styles.py"]

/** An installed package as a server, which is asked for its page and every asset that it names. */
export function serving(
  installed: Container,
  { command, path, port }: Server,
  limits: Pick<Limits, "command" | "serve">,
): LabelledCommand {
  return {
    label: commandLine(command),
    container: PROGRAMS.reduce(
      (each, name) =>
        each.withMountedFile(`/${name}`, program(`install/${name}`)),
      installed,
    ),
    command: limited(
      [
        ...["python", "/serve.py", String(limits.serve), String(port), path],
        ...command,
      ],
      { command: limits.serve + limits.command },
      "command",
    ),
  }
}

/** What was served, in a few words. */
export function servedSummary({ label, output }: CommandOutcome): string {
  return `\`${label}\`: ${lastLine(output)}`
}
