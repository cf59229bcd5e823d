import type { Container, Directory } from "@dagger.io/dagger"

import { settleAll, throwFailed } from "../containers/commands.js"
import { pythonContainer, withRequirements } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { type BuiltFrontend, withFrontends } from "../frontend/stage.js"
import type { Finding } from "../pipeline/pipeline.js"
import type { Project } from "../project/project.js"
import { testTree } from "../project/stage.js"
import { withVersion } from "../version/stage.js"
import { toldTogether } from "./legs.js"

/** One Python version with the project installed from its source, ready for tests. */
export function testContainer(
  source: Directory,
  project: Project,
  python: string,
  built: readonly BuiltFrontend[] = [],
): Container {
  const { dependencies, imports, tests } = project
  return withRequirements(pythonContainer(python), [
    ...dependencies,
    ...tests.requirements,
  ])
    .with(withProject(source, project, built))
    .withMountedFile("/imports.py", program("test/imports.py"))
    .withExec(["python", "/imports.py", ...imports])
}

/** Installs the project from its source, without what it depends on. */
export function withProject(
  source: Directory,
  project: Project,
  built: readonly BuiltFrontend[] = [],
): (container: Container) => Container {
  const tree = testTree(source, project)
  return (container) =>
    container
      .with(withVersion(project.versioning))
      .withWorkdir("/src")
      .withDirectory(".", withFrontends(tree, built))
      .withExec(
        ["uv", "pip", "install", "--quiet"].concat([
          "--no-deps",
          "--no-sources",
          "--editable",
          ".",
        ]),
      )
}

/** Runs the unit tests on each Python, after the imports that must work there. */
export async function runTests(
  source: Directory,
  project: Project,
): Promise<Finding> {
  const { unit } = project.tests
  const summary = await runLegs(source, project, unit ?? VERSION)
  const imported = project.imports.map((each) => `\`${each}\``).join(", ")
  return unit
    ? { summary, details: `Imports ${imported}.` }
    : { summary: `imports ${imported}; there are no tests` }
}

/** Runs the integration tests on each Python, with the built frontends in the package. */
export async function runIntegration(
  source: Directory,
  project: Project,
  built: readonly BuiltFrontend[],
): Promise<Finding> {
  const command = project.tests.integration
  if (!command) return { skipped: true, summary: "there are none" }
  return { summary: await runLegs(source, project, command, built) }
}

/** Asks nothing of the package but what comes before it. */
const VERSION = ["python", "--version"]

/** Runs a command on each Python; where one fails, what the others said is told all the same. */
async function runLegs(
  source: Directory,
  project: Project,
  command: readonly string[],
  built: readonly BuiltFrontend[] = [],
): Promise<string> {
  const outcomes = await settleAll(
    project.pythons.map((python) => ({
      label: `Python ${python}`,
      container: testContainer(source, project, python, built),
      command,
    })),
  )
  const legs = outcomes.map((each, at) => ({
    ...each,
    python: project.pythons[at] ?? "",
  }))
  const passed = toldTogether(legs.filter(({ reason }) => !reason))
  throwFailed(legs, ...(passed ? [passed] : []))
  return passed
}
