import { posix } from "node:path"

import type { Container, File } from "@dagger.io/dagger"

import { type Allowed, allowLines, isAllowed } from "../config/allowed.js"
import { allOf } from "../containers/commands.js"
import type { Checkout } from "../git/stage.js"
import { StageFailure } from "../pipeline/failure.js"
import { code } from "../text/code.js"
import { few } from "../text/few.js"
import { PROJECT } from "./container-stage.js"
import type { Frontend } from "./frontend.js"
import { runCommand } from "./package-manager.js"
import { pathFromProject } from "./place.js"
import { isCode, type Moved } from "./written.js"

/**
 * Refuses code that Python runs among what a frontend's build, or the install before it, wrote: any package that it
 * takes could write that, and no test has seen it. Gives what else it changed of the source.
 */
export async function judgeWritten(
  { source }: Checkout,
  { manager, path, prefix, script }: Frontend,
  built: Container,
  moved: readonly Moved[],
  allowed: Allowed,
): Promise<string[]> {
  const known = new Set(await source.glob("**"))
  const differing = await allOf(
    moved.map(async (each) => {
      const to = pathFromProject(prefix, each.to)
      if (isAllowed(allowed, to)) return ""
      if (!known.has(to)) return isCode(to) ? to : ""
      const [written, before] = await Promise.all([
        digestOf(built.file(posix.join(PROJECT, each.from))),
        digestOf(source.file(to)),
      ])
      return written === before ? "" : to
    }),
  )
  const changed = differing.filter(Boolean)
  const running = changed.filter(isCode)
  const [first] = running
  if (first === undefined) return changed
  const build = runCommand(manager, script).join(" ")
  const isEarly = moved.some(
    ({ early, to }) => early && running.includes(pathFromProject(prefix, to)),
  )
  throw new StageFailure(
    `\`${build}\`${isEarly ? ", or the install before it," : ""} of \`${path || "."}\` wrote code that Python runs, and that the source does not have like this: ${few(running.map(code))}`,
    [
      "Any package that this build takes could have written it, and no test has seen it. Commit it as it is written, or let the build write it elsewhere. If it is meant to be made there, allow it with its reason in `pyproject.toml`:",
      allowLines(first),
    ].join("\n\n"),
  )
}

/** Says so: unit tests ran with what the source has. */
export function changedRemark(
  { path }: Pick<Frontend, "path">,
  changed: readonly string[] = [],
): string[] {
  return changed.length === 0
    ? []
    : [
        `The build of the frontend in \`${path || "."}\` writes over files that the source has otherwise: ${few(changed.map(code))}.`,
      ]
}

function digestOf(file: File): Promise<string> {
  return file.digest({ excludeMetadata: true })
}
