import { type Container, dag, type Directory } from "@dagger.io/dagger"

import { StageFailure } from "../core/failure.js"
import type { Frontend } from "../core/frontend.js"
import type { Finding } from "../core/pipeline.js"
import { allOf } from "./commands.js"
import { nodeContainer } from "./images.js"

const MANIFESTS = ["package.json", "package-lock.json", ".npmrc"]

/** A frontend with what its production build writes. */
export interface BuiltFrontend {
  readonly frontend: Frontend
  readonly output: Directory
}

/** The frontend's folder with its dependencies, which only the lockfile reinstalls. */
export function frontendContainer(
  source: Directory,
  frontend: Frontend,
): Container {
  const folder = source.directory(frontend.path)
  return nodeContainer()
    .withWorkdir("/frontend")
    .withDirectory(".", folder.filter({ include: MANIFESTS }))
    .withExec(["npm", "ci", "--no-audit", "--no-fund"])
    .withDirectory(".", folder.filter({ exclude: [frontend.output] }))
}

/** The output of the production build. */
export function frontendOutput(
  source: Directory,
  frontend: Frontend,
): Directory {
  return frontendContainer(source, frontend)
    .withExec(["npm", "run", frontend.script])
    .directory(frontend.output)
}

export function buildFrontends(
  source: Directory,
  frontends: readonly Frontend[],
): BuiltFrontend[] {
  return frontends.map((frontend) => ({
    frontend,
    output: frontendOutput(source, frontend),
  }))
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

/** Looks for the outputs of all frontends, and fails with all that are not there. */
export async function checkFrontends(
  built: readonly BuiltFrontend[],
): Promise<Finding> {
  if (built.length === 0)
    return { skipped: true, summary: "the package has no frontend" }
  const summaries = await allOf(built.map(checkFrontend))
  return { summary: summaries.join("; ") }
}

async function checkFrontend({
  frontend,
  output,
}: BuiltFrontend): Promise<string> {
  const files = await output.glob("**/*").catch((error: unknown) => {
    if (isMissing(error)) throw missingOutput(frontend)
    throw error
  })
  if (files.length === 0) throw missingOutput(frontend)
  const count = files.filter((path) => !path.endsWith("/")).length
  return `${count} files of \`npm run ${frontend.script}\` go into \`${frontend.destination}\``
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && /no such file/.test(error.message)
}

function missingOutput({ output, path, script }: Frontend): StageFailure {
  return new StageFailure(
    `\`npm run ${script}\` wrote nothing into \`${path}/${output}\``,
    "Name the folder it writes in `tool.shipwheel.frontend.output`, or make the build write there.",
  )
}
