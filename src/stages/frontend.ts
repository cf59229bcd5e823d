import type { Container, Directory } from "@dagger.io/dagger"

import { StageFailure } from "../core/failure.js"
import type { Frontend } from "../core/frontend.js"
import type { Finding } from "../core/pipeline.js"
import { nodeContainer } from "./images.js"

const MANIFESTS = ["package.json", "package-lock.json", ".npmrc"]

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

/** The output of the build. */
export function frontendOutput(
  source: Directory,
  frontend: Frontend,
): Directory {
  // Set for the build alone: some values would make npm leave out what builds.
  return Object.entries(frontend.variables)
    .reduce(
      (container, [name, value]) => container.withEnvVariable(name, value),
      frontendContainer(source, frontend),
    )
    .withExec(["npm", "run", frontend.script])
    .directory(frontend.output)
}

export async function checkFrontend(
  frontend: Frontend | undefined,
  output: Directory | undefined,
): Promise<Finding> {
  if (!frontend || !output)
    return { skipped: true, summary: "the package has no frontend" }
  const files = await output.glob("**/*").catch((error: unknown) => {
    if (isMissing(error)) throw missingOutput(frontend)
    throw error
  })
  if (files.length === 0) throw missingOutput(frontend)
  const count = files.filter((path) => !path.endsWith("/")).length
  return {
    summary: `${count} files of \`npm run ${frontend.script}\` go into \`${frontend.destination}\``,
  }
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
