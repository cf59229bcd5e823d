import { dag, type Directory } from "@dagger.io/dagger"

import { allOf } from "../containers/commands.js"
import type { Mirrors } from "../containers/images.js"
import { Problems } from "../errors.js"
import { reasonOf, StageFailure } from "../pipeline/failure.js"
import { type Finding, unless, type Work } from "../pipeline/pipeline.js"
import { frontendContainer } from "./container-stage.js"
import { chooseFrontends, type Frontend } from "./frontend.js"
import { checkNodes } from "./node-stage.js"
import { installCommand, runCommand } from "./package-manager.js"

/** What of a project its frontends are built from. */
export interface WithFrontends {
  readonly frontends: readonly Frontend[]
  readonly mirrors: Mirrors
}

/** A frontend with what its production build writes. */
export interface BuiltFrontend {
  readonly frontend: Frontend
  readonly output: Directory
}

/** The output of the build. */
export function frontendOutput(
  source: Directory,
  frontend: Frontend,
  mirrors: Mirrors,
): Directory {
  // Set for the build alone: some values would make npm leave out what builds.
  return Object.entries(frontend.variables)
    .reduce(
      (container, [name, value]) => container.withEnvVariable(name, value),
      frontendContainer(source, frontend, mirrors),
    )
    .withExec(runCommand(frontend.manager, frontend.script))
    .directory(frontend.output)
}

export function buildFrontends(
  source: Directory,
  { frontends, mirrors }: WithFrontends,
): BuiltFrontend[] {
  return frontends.map((frontend) => ({
    frontend,
    output: frontendOutput(source, frontend, mirrors),
  }))
}

/** Builds one of several frontends, or all of them, and looks whether they are there. */
export async function frontendDirectory(
  source: Directory,
  { frontends, mirrors }: WithFrontends,
  path: string | undefined,
): Promise<Directory> {
  const chosen = chooseFrontends(frontends, path)
  const problems = new Problems()
  await checkNodes(chosen, mirrors, problems)
  problems.throwIfAny()
  const built = buildFrontends(source, { frontends: chosen, mirrors })
  await checkFrontends(built)
  return oneDirectory(built)
}

/** What one frontend writes, or of several each where it goes in the project. */
export function oneDirectory(built: readonly BuiltFrontend[]): Directory {
  const [only, ...more] = built
  return only && more.length === 0
    ? only.output
    : withFrontends(dag.directory(), built)
}

/** The tree with each frontend's output where it goes. */
export function withFrontends(
  tree: Directory,
  built: readonly BuiltFrontend[],
): Directory {
  return built.reduce(
    (each, { frontend, output }) =>
      each.withDirectory(frontend.destination, output),
    tree,
  )
}

const NO_FRONTEND = "the package has no frontend"

export function frontendWork({
  frontends: built,
}: {
  readonly frontends: readonly BuiltFrontend[]
}): Work {
  const frontends = built.map(({ frontend }) => frontend)
  return {
    plan: {
      does: buildsInWords(frontends),
      commands: frontends.flatMap(({ manager, script }) => [
        installCommand(manager),
        runCommand(manager, script),
      ]),
    },
    ...unless(built.length > 0 ? undefined : NO_FRONTEND, () =>
      checkFrontends(built),
    ),
  }
}

function buildsInWords(frontends: readonly Frontend[]): string {
  return frontends.length > 1
    ? `the production builds of the frontends ${frontends.map(({ path }) => `\`${path}\``).join(", ")}`
    : "the production build of the frontend"
}

/** Looks for the outputs of all frontends, and fails with all that are not there. */
export async function checkFrontends(
  built: readonly BuiltFrontend[],
): Promise<Finding> {
  const summaries = await allOf(built.map(checkFrontend))
  return { summary: summaries.join("; ") }
}

async function checkFrontend({
  frontend,
  output,
}: BuiltFrontend): Promise<string> {
  const files = await output.glob("**/*").catch((error: unknown) => {
    throw isMissing(error) ? missingOutput(frontend) : failedIn(frontend, error)
  })
  if (files.length === 0) throw missingOutput(frontend)
  const count = files.filter((path) => !path.endsWith("/")).length
  return `${count} files of \`${shownBuild(frontend)}\` go into \`${frontend.destination}\``
}

/** The command alone does not say which of several frontends it was. */
function failedIn({ path }: Frontend, error: unknown): StageFailure {
  const { details, summary } = reasonOf(error)
  return new StageFailure(`\`${path}\`: ${summary}`, details)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /no such file/.test(error.message)
}

function shownBuild({ manager, script }: Frontend): string {
  return runCommand(manager, script).join(" ")
}

function missingOutput(frontend: Frontend): StageFailure {
  const { output, path } = frontend
  return new StageFailure(
    `\`${shownBuild(frontend)}\` wrote nothing into \`${path}/${output}\``,
    "Name the folder it writes in `tool.shipwheel.frontend.output`, or make the build write there.",
  )
}
