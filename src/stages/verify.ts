import type { Container } from "@dagger.io/dagger"

import {
  type DistributionFile,
  isWheel,
  pinnedRequirement,
} from "../core/distribution.js"
import type { Finding } from "../core/pipeline.js"
import type { Project } from "../core/project.js"
import type { Version } from "../core/version.js"
import { runAll } from "./commands.js"
import { pythonContainer, withRequirements } from "./images.js"
import { facing, type PackageIndex } from "./package-index.js"
import { script } from "./test.js"

/** Installs the released files from the index on each Python, and runs what the project calls its smoke commands. */
export async function verify(
  project: Project,
  version: Version,
  files: readonly DistributionFile[],
  index: PackageIndex,
): Promise<Finding> {
  const [last, ...before] = [...project.smoke].reverse()
  const outcomes = await runAll(
    project.pythons.map((python) => ({
      label: `Python ${python}`,
      container: before.reduceRight(
        (container, command) => container.withExec([...command]),
        installed(python, project, version, files, index),
      ),
      command: last ?? ["uv", "pip", "show", "--", project.name],
    })),
  )
  const commands = project.smoke.map((each) => `\`${each.join(" ")}\``)
  return {
    summary: `installed from ${index.name} with the built hash on ${outcomes.map(({ label }) => label).join(", ")}${commands.length > 0 ? `; ${commands.join(", ")}` : ""}`,
  }
}

/**
 * The package alone comes from the index, and only with the bytes that were
 * built; its dependencies come from the default index. Asked together, an index
 * that anybody may upload to could answer for a dependency.
 */
function installed(
  python: string,
  project: Project,
  version: Version,
  files: readonly DistributionFile[],
  index: PackageIndex,
): Container {
  const wheels = files.filter(({ name }) => isWheel(name))
  const pinned = pinnedRequirement(project.name, version.pep440, wheels)
  const container = withRequirements(
    pythonContainer(python),
    project.dependencies,
  )
  return facing(container, index)
    .withNewFile("/pinned.txt", pinned)
    .withExec([
      ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-cache"],
      ...["--no-build", "--require-hashes", "--prerelease", "allow"],
      ...["--default-index", index.simpleUrl, "--requirement", "/pinned.txt"],
    ])
    .withExec(["uv", "pip", "check"])
    .withMountedFile("/installed.py", script("installed.py"))
    .withExec([
      ...["python", "/installed.py", project.name, version.pep440],
      ...project.imports,
    ])
}
