import {
  type LabelledCommand,
  settleAll,
  throwFailed,
} from "../containers/commands.js"
import { frontendContainer } from "../frontend/container-stage.js"
import { runCommand } from "../frontend/package-manager.js"
import type { Checkout } from "../git/stage.js"
import { type Finding, unlessOff, type Work } from "../pipeline/pipeline.js"
import { withoutFiles } from "./hook-files.js"
import { lintFinding, lintVersionsInWords } from "./lint-report.js"
import { lintersInWords } from "./linters.js"
import { type Lintable, runLinters } from "./linters-stage.js"

export function lintWork({
  place,
  project,
}: {
  readonly place: Checkout
  readonly project: Lintable
}): Work {
  const { frontends, gates, linting } = project
  const off = gates.skip.get("lint")
  return {
    plan: {
      does: `lint, format and types: ${lintersInWords(linting)}`,
      commands: [
        ...linting.linters.flatMap(({ commands }) =>
          commands.map(withoutFiles),
        ),
        ...frontends.flatMap(({ checks, manager }) =>
          checks.map((each) => runCommand(manager, each)),
        ),
      ],
    },
    ...unlessOff(off, () => lint(place, project)),
  }
}

/** Lints and checks the format and the types: the project's own linters on Python, the frontend's own scripts on the frontend. */
async function lint(place: Checkout, project: Lintable): Promise<Finding> {
  const [python, frontend] = await Promise.all([
    runLinters(place, project),
    settleAll(frontendAttempts(place, project)),
  ])
  throwFailed(
    [...python.filter(({ linter }) => !linter.reported), ...frontend],
    lintVersionsInWords(python),
  )
  return lintFinding(
    project.linting,
    python,
    frontend.map(({ label }) => label),
  )
}

function frontendAttempts(
  place: Checkout,
  project: Lintable,
): LabelledCommand[] {
  const { frontends, mirrors } = project
  return frontends.flatMap((frontend) => {
    const container = frontendContainer(place, frontend, mirrors)
    const where = frontends.length > 1 ? ` (${frontend.path})` : ""
    return frontend.checks.map((name) => {
      const command = runCommand(frontend.manager, name)
      return { label: `${command.join(" ")}${where}`, container, command }
    })
  })
}
