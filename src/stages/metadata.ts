import type { Directory } from "@dagger.io/dagger"

import { reasonOf, StageFailure } from "../core/failure.js"
import { type Metadata, parseMetadata } from "../core/metadata.js"
import type { Versioning } from "../core/versioning.js"
import { pythonContainer, TOOLS_PYTHON, toolsContainer } from "./images.js"
import { script } from "./scripts.js"
import { withVersion } from "./stamp.js"

/**
 * Asks the backend itself for what `[project]` leaves to it: its answer is in
 * the wheel, for every backend alike. It comes back as text, so that a change
 * of the source which leaves it alone reinstalls nothing.
 */
export async function askBackend(
  tree: Directory,
  versioning: Versioning,
): Promise<Metadata> {
  const wheel = pythonContainer(TOOLS_PYTHON)
    .with(withVersion(versioning))
    .withWorkdir("/src")
    .withDirectory(".", tree)
    .withMountedFile("/build.py", script("build.py"))
    .withExec(["python", "/build.py", "/dist", "--wheel"])
    .directory("/dist")
  try {
    const text = await toolsContainer()
      .withMountedDirectory("/dist", wheel)
      .withMountedFile("/metadata.py", script("metadata.py"))
      .withExec(["python", "/metadata.py", "/dist"])
      .stdout()
    return parseMetadata(text)
  } catch (error) {
    const { details, summary } = reasonOf(error)
    throw new StageFailure(
      `the backend can't say what the project depends on: ${summary}`,
      `${details}\n\nA static \`[project]\` table in \`pyproject.toml\` (PEP 621) needs no backend for that.`,
    )
  }
}
