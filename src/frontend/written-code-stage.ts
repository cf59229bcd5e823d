import { posix } from "node:path"

import type { Container, File } from "@dagger.io/dagger"

import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { allOf } from "../containers/commands.js"
import type { Checkout } from "../git/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { few } from "../text/few.js"
import { PROJECT } from "./container-stage.js"
import type { Frontend } from "./frontend.js"
import { runCommand } from "./package-manager.js"
import { pathFromProject } from "./place.js"
import type { Moved } from "./written.js"

/** Refuses code that Python runs among what a frontend's build wrote: any package that it takes could write that, and no test has seen it. */
export async function refuseCode(
  { source }: Checkout,
  { manager, path, prefix, script }: Frontend,
  built: Container,
  code: readonly Moved[],
  allowed: Allowed,
): Promise<void> {
  const paths = await allOf(
    code.map(async (each) => {
      const to = pathFromProject(prefix, each.to)
      if (isAllowed(allowed, to)) return ""
      if (!(await source.exists(to))) return to
      const [written, known] = await Promise.all([
        digestOf(built.file(posix.join(PROJECT, each.from))),
        digestOf(source.file(to)),
      ])
      return written === known ? "" : to
    }),
  )
  const found = paths.filter(Boolean)
  const [first] = found
  if (first === undefined) return
  throw new StageFailure(
    `\`${runCommand(manager, script).join(" ")}\` of \`${path || "."}\` wrote code that Python runs, and that the source does not have like this: ${few(found.map((each) => `\`${each}\``))}`,
    [
      "Any package that this build takes could have written it, and no test has seen it. Commit it as it is written, or let the build write it elsewhere. If it is meant to be made there, allow it with its reason in `pyproject.toml`:",
      allowLines(first),
    ].join("\n\n"),
  )
}

function digestOf(file: File): Promise<string> {
  return file.digest({ excludeMetadata: true })
}
