import type { Directory } from "@dagger.io/dagger"

import {
  type LabelledCommand,
  settleAll,
  throwFailed,
} from "../containers/commands.js"
import { runCommand } from "../frontend/package-manager.js"
import { frontendContainer } from "../frontend/stage.js"
import type { Finding } from "../pipeline/pipeline.js"
import { lintFinding, lintVersionsInWords } from "./lint-report.js"
import { type Lintable, runLinters } from "./linters-stage.js"

/** Lints and checks the format and the types: the project's own linters on Python, the frontend's own scripts on the frontend. */
export async function lint(
  source: Directory,
  project: Lintable,
): Promise<Finding> {
  const { stops } = project.linting
  const [python, frontend] = await Promise.all([
    runLinters(source, project),
    settleAll(frontendAttempts(source, project)),
  ])
  throwFailed(
    [...(stops ? python : []), ...frontend],
    lintVersionsInWords(python),
  )
  return lintFinding(
    project.linting,
    python,
    frontend.map(({ label }) => label),
  )
}

function frontendAttempts(
  source: Directory,
  project: Lintable,
): LabelledCommand[] {
  const { frontends, mirrors } = project
  return frontends.flatMap((frontend) => {
    const container = frontendContainer(source, frontend, mirrors)
    const where = frontends.length > 1 ? ` (${frontend.path})` : ""
    return frontend.checks.map((name) => {
      const command = runCommand(frontend.manager, name)
      return { label: `${command.join(" ")}${where}`, container, command }
    })
  })
}
