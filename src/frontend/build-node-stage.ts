import { posix } from "node:path"

import type { Container, Directory } from "@dagger.io/dagger"

import type { Mirrors } from "../containers/images.js"
import { withNpmRegistry, withSystem } from "../containers/images.js"
import type { Around } from "../git/around-stage.js"
import { exactly } from "../reading/path-patterns.js"
import type { BuildNode } from "./asks-node.js"
import {
  MANAGER,
  MANAGER_COMMANDS,
  toolchain,
  withSettings,
} from "./node-stage.js"
import { librariesOf } from "./node-version.js"

const NODE = "/opt/build-node"
/** Node and npm as the toolchain has them, wherever that is. */
const GATHER = [
  `mkdir -p ${NODE}/bin ${NODE}/lib ${MANAGER}`,
  `cp "$(node --print process.execPath)" ${NODE}/bin/node`,
  `cp -R "$(dirname "$(dirname "$(realpath "$(command -v npm)")")")" ${NODE}/lib/npm`,
  `ln -s ../lib/npm/bin/npm-cli.js ${NODE}/bin/npm`,
  `ln -s ../lib/npm/bin/npx-cli.js ${NODE}/bin/npx`,
].join(" && ")

/** Puts Node and the package manager beside Python, where the build of a package calls them. */
export function withBuildNode(
  wanted: BuildNode | undefined,
  mirrors: Mirrors,
): (container: Container) => Container {
  if (!wanted) return (container) => container
  const made = toolchain(wanted, mirrors).withExec(["sh", "-c", GATHER])
  return (container) =>
    container
      .with(withSystem(librariesOf(wanted.node), mirrors))
      .withDirectory(NODE, made.directory(NODE))
      .withDirectory(MANAGER, made.directory(MANAGER))
      .withEnvVariable("PATH", `${MANAGER_COMMANDS}:${NODE}/bin:\${PATH}`, {
        expand: true,
      })
      .withEnvVariable("CI", "true")
      .with(withNpmRegistry(mirrors))
      .with(withSettings(wanted.manager, mirrors))
}

/** What is around the project, with what its build makes a frontend from there. */
export function withRead(
  around: Around | undefined,
  repository: Directory,
  { reads = [] }: Partial<BuildNode> = {},
  secrets: readonly string[] = [],
): Around | undefined {
  if (!around || reads.length === 0) return around
  const include = exactly(reads).map((each) => posix.join(each, "**"))
  const own = exactly([around.path]).map((each) => posix.join(each, "**"))
  const exclude = [".git", "**/node_modules", ...own, ...exactly(secrets)]
  const read = repository.filter({ include, exclude })
  return { ...around, files: around.files.withDirectory(".", read) }
}
