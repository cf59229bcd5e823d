import type { Directory } from "@dagger.io/dagger"

import { told, toldVersions } from "../core/lint-report.js"
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
  const { frontend } = project
  if (!frontend) return []
  const container = frontendContainer(source, frontend)
  return frontend.checks.map((name) => ({
    label: `npm run ${name}`,
    container,
    command: ["npm", "run", name],
  }))
}
