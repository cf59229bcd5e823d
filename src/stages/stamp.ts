import type { Directory } from "@dagger.io/dagger"

import type { Project } from "../core/project.js"
import { stampModule, stampPyproject } from "../core/stamp.js"
import type { Version } from "../core/version.js"

/** A copy of the tree that carries the version. */
export async function stamp(
  tree: Directory,
  { initFile }: Project,
  version: Version,
): Promise<Directory> {
  const [pyproject, module] = await Promise.all([
    tree.file("pyproject.toml").contents(),
    tree.file(initFile).contents(),
  ])
  return tree
    .withNewFile("pyproject.toml", stampPyproject(pyproject, version.pep440))
    .withNewFile(initFile, stampModule(module, version.pep440))
}
