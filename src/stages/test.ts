import { type Container, dag, type Directory } from "@dagger.io/dagger"

import { lastLine } from "../core/failure.js"
import type { Finding } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import { runAll } from "./commands.js"
import { type BuiltFrontend, withFrontends } from "./frontend.js"
import { pythonContainer, withRequirements } from "./images.js"
import { testTree } from "./source.js"
import { withVersion } from "./stamp.js"

/** One Python version with the project installed from its source, ready for tests. */
export function testContainer(
  source: Directory,
  project: Project,
  python: string,
  built: readonly BuiltFrontend[] = [],
): Container {
  const { dependencies, imports, tests, versioning } = project
  const tree = testTree(source, project)
  return withRequirements(pythonContainer(python), [
    ...dependencies,
    ...tests.requirements,
  ])
    .with(withVersion(versioning))
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
    .withMountedFile("/imports.py", script("imports.py"))
    .withExec(["python", "/imports.py", ...imports])
}

/** Runs the unit tests on each Python, after the imports that must work there. */
export async function runTests(
  source: Directory,
  project: Project,
): Promise<Finding> {
  const { unit } = project.tests
  const outcomes = await runAll(
    project.pythons.map((python) => ({
      label: `Python ${python}`,
      container: testContainer(source, project, python),
      command: unit ?? ["python", "--version"],
    })),
  )
  const imported = project.imports.map((each) => `\`${each}\``).join(", ")
  if (!unit) return { summary: `imports ${imported}; there are no tests` }
  return { summary: perLabel(outcomes), details: `Imports ${imported}.` }
}

/** Runs the integration tests on each Python, with the built frontends in the package. */
export async function runIntegration(
  source: Directory,
  project: Project,
  built: readonly BuiltFrontend[],
): Promise<Finding> {
  const command = project.tests.integration
  if (!command) return { skipped: true, summary: "there are none" }
  const outcomes = await runAll(
    project.pythons.map((python) => ({
      label: `Python ${python}`,
      container: testContainer(source, project, python, built),
      command,
    })),
  )
  return { summary: perLabel(outcomes) }
}

export function script(name: string) {
  return dag.currentModule().source().file(`src/scripts/${name}`)
}

function perLabel(
  outcomes: readonly { label: string; output: string }[],
): string {
  return outcomes
    .map(({ label, output }) => `${label}: ${lastLine(output)}`)
    .join("; ")
}
