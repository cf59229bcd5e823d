import type { Directory } from "@dagger.io/dagger"

import { StageFailure } from "../core/failure.js"
import { runCommand } from "../core/package-manager.js"
import type { Finding } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { type Attempt, runAll } from "./commands.js"
import { frontendContainer } from "./frontend.js"
import { toolsContainer } from "./images.js"
import { pythonTree } from "./source.js"

/** Lints and checks the format: ruff on Python, the frontend's own scripts on the frontend. */
export async function lint(
  source: Directory,
  project: Project,
): Promise<Finding> {
  const frontend = frontendAttempts(source, project)
  const labels = [...RUFF.map(({ label }) => label), ...labelsOf(frontend)]
  const [python] = await Promise.all([
    lintPython(source, project),
    runAll(frontend),
  ])
  return { summary: python ?? `${labels.join(", ")}: nothing found` }
}

const RUFF = [
  { label: "ruff check", command: ["ruff", "check", "--no-cache"] },
  {
    label: "ruff format",
    command: ["ruff", "format", "--no-cache", "--check"],
  },
]

/** A project that did not choose ruff is told what it finds, and not stopped by it. */
async function lintPython(
  source: Directory,
  project: Project,
): Promise<string | undefined> {
  const container = toolsContainer()
    .withWorkdir("/src")
    .withDirectory(".", pythonTree(source))
  try {
    await runAll(RUFF.map((each) => ({ ...each, container })))
    return undefined
  } catch (error) {
    if (project.ruffConfigured || !(error instanceof StageFailure)) throw error
    return `ruff is not configured, and its defaults are not met (reported only)`
  }
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

function labelsOf(attempts: readonly Attempt[]): string[] {
  return attempts.map(({ label }) => label)
}
