import { posix } from "node:path"

import type { Container, Directory } from "@dagger.io/dagger"

import type { Mirrors } from "../containers/images.js"
import type { Frontend } from "./frontend.js"
import { toolchain } from "./node-stage.js"
import { installCommand, rowOf } from "./package-manager.js"
import { PACKAGE_MANAGERS } from "./package-manager-table.js"

const ROWS = Object.values(PACKAGE_MANAGERS)

/** What the package managers read before they install. */
const MANIFESTS = [
  ...new Set(ROWS.flatMap(({ lockfiles, reads }) => [...lockfiles, ...reads])),
].sort()

/** What an install writes, and a developer's folder may hold from another machine. */
const INSTALLED = ROWS.flatMap(({ leaves }) => leaves)

/** What the packages of a workspace share. */
const SHARED = ["*.cjs", "*.js", "*.json", "*.mjs", "*.ts"]

/** The frontend's folder with its dependencies, which only manifests and lockfile reinstall. */
export function frontendContainer(
  source: Directory,
  frontend: Frontend,
  mirrors: Mirrors,
): Container {
  const { manager, members, output, path, root } = frontend
  const member = posix.relative(root, path)
  const exclude = [...INSTALLED, posix.join(member, output)]
  const include =
    members.length > 0
      ? [...MANIFESTS, ...SHARED, ...members.map((each) => `${each}/**`)]
      : []
  return manifestsContainer(source, frontend, mirrors)
    .withExec(installCommand(manager))
    .withDirectory(".", rootOf(source, root).filter({ exclude, include }))
    .withWorkdir(posix.join("/frontend", member))
}

/** What the dependencies are made from, before they are installed. */
export function manifestsContainer(
  source: Directory,
  frontend: Frontend,
  mirrors: Mirrors,
): Container {
  const { members, root } = frontend
  const include = members.map((each) => `${each}/package.json`)
  return toolchain(frontend, mirrors)
    .withWorkdir("/frontend")
    .withDirectory(
      ".",
      rootOf(source, root).filter({
        include: [...MANIFESTS, ...include],
        exclude: INSTALLED,
      }),
    )
    .with(fromMirror(frontend, mirrors))
}

function rootOf(source: Directory, root: string): Directory {
  return root === "" ? source : source.directory(root)
}

function fromMirror({ manager }: Frontend, { npm }: Mirrors) {
  const { lockfileNamesRegistry, lockfiles } = rowOf(manager)
  const tarball = '/^  resolved "[^"]*\\/-\\/[^"]*"$/d'
  return (container: Container) =>
    lockfileNamesRegistry && npm !== undefined
      ? container.withExec(["sed", "-i", tarball, lockfiles[0]])
      : container
}
