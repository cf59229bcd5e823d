import type { Directory } from "@dagger.io/dagger"

import { told, toldVersions } from "../core/lint-report.js"
import { runCommand } from "../core/package-manager.js"
import type { Finding } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { type Attempt, settleAll, throwFailed } from "./commands.js"
import { frontendContainer } from "./frontend.js"
import { runLinters } from "./linters.js"

/** Lints and checks the format and the types: the project's own linters on Python, the frontend's own scripts on the frontend. */
export async function lint(
  source: Directory,
  project: Project,
): Promise<Finding> {
  const { stops } = project.linting
  const [python, frontend] = await Promise.all([
    runLinters(source, project),
    settleAll(frontendAttempts(source, project)),
  ])
  throwFailed([...(stops ? python : []), ...frontend], toldVersions(python))
  return told(
    project.linting,
    python,
    frontend.map(({ label }) => label),
  )
}

function frontendAttempts(source: Directory, project: Project): Attempt[] {
  const { frontends } = project
  return frontends.flatMap((frontend) => {
    const container = frontendContainer(source, frontend)
    const where = frontends.length > 1 ? ` (${frontend.path})` : ""
    return frontend.checks.map((name) => {
      const command = runCommand(frontend.manager, name)
      return { label: `${command.join(" ")}${where}`, container, command }
    })
  })
}
