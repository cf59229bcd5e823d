import type { Container } from "@dagger.io/dagger"

import { afresh } from "../containers/commands.js"
import {
  installing,
  type Mirrors,
  nodeContainer,
  withSystem,
  withVariable,
} from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { Problems } from "../errors.js"
import { IN_TURN, inTurn } from "../pipeline/in-turn.js"
import type { Frontend } from "./frontend.js"
import { comparing, type ManagerHash } from "./manager-hash.js"
import {
  librariesOf,
  missingNode,
  type NodeVersion,
  npmFor,
} from "./node-version.js"
import { type PackageManager, rowOf } from "./package-manager.js"

/** npm's package with Node's own binary. */
const NODE = `node-linux-${process.arch}`
/** Where a package manager is, apart from all else. */
export const MANAGER = "/opt/package-manager"
const COMMANDS = "node_modules/.bin"
/** Where it is compared with its hash. */
const FETCHED = "/opt/fetched"
export const MANAGER_COMMANDS = `${MANAGER}/${COMMANDS}`

/** The Node and the package manager that a frontend asks for, each in a layer of its own. */
export function toolchain(
  { manager, node }: Pick<Frontend, "manager" | "node">,
  mirrors: Mirrors,
): Container {
  return nodeContainer(mirrors)
    .with(withManager(fitting(manager, node), mirrors))
    .with(withNode(node, mirrors))
    .with(withSettings(manager, mirrors))
}

/** The npm that comes with the usual Node does not run on every other. */
function fitting(
  manager: PackageManager,
  node: NodeVersion | undefined,
): PackageManager {
  return manager.tool === "npm" && manager.version === undefined && node
    ? { ...manager, version: npmFor(node.range) }
    : manager
}

function withManager(manager: PackageManager, mirrors: Mirrors) {
  const { hash, version } = manager
  const wanted = `${rowOf(manager).package}@${version ?? ""}`
  return (container: Container) => {
    if (version === undefined) return container
    if (hash === undefined)
      return fromNpm(container, MANAGER, wanted, COMMANDS, mirrors)
    const fetched = compared(container, manager, hash, mirrors)
    return fromNpm(fetched, MANAGER, tarballOf(manager), COMMANDS, mirrors)
  }
}

/** Fetches the package manager as a file and compares that with its hash, before anything of it is installed. */
function compared(
  container: Container,
  manager: PackageManager,
  hash: ManagerHash,
  mirrors: Mirrors,
): Container {
  const { field, hashed, package: name } = rowOf(manager)
  const { version = "" } = manager
  const tarball = tarballOf(manager)
  const member = `package/${hashed ?? ""}`
  const sum = comparing(
    hash,
    hashed === undefined ? tarball : `${FETCHED}/${member}`,
    `${FETCHED}/${field}@${version}`,
  )
  const pack = ["npm", "pack", "--silent", `--pack-destination=${FETCHED}`]
  const unpack = ["tar", "-xzf", tarball, "-C", FETCHED, member]
  return container
    .withNewFile(sum.command.at(-1) ?? "", sum.line)
    .withMountedFile(IN_TURN[1], program("containers/in_turn.sh"))
    .withExec(
      inTurn([
        installing([...pack, `${name}@${version}`], mirrors),
        ...(hashed === undefined ? [] : [unpack]),
        sum.command,
      ]),
    )
    .withoutMount(IN_TURN[1])
}

/** The file as `npm pack` calls it. */
function tarballOf(manager: PackageManager): string {
  const name = rowOf(manager).package.replace("@", "").replace("/", "-")
  return `${FETCHED}/${name}-${manager.version ?? ""}.tgz`
}

function withNode(node: NodeVersion | undefined, mirrors: Mirrors) {
  return (container: Container) =>
    node
      ? fromNpm(
          container.with(withSystem(librariesOf(node), mirrors)),
          "/opt/node",
          `${NODE}@${node.range}`,
          `node_modules/${NODE}/bin`,
          mirrors,
        )
      : container
}

/** Installs a package apart from all others, and puts its commands before those of the image. */
function fromNpm(
  container: Container,
  folder: string,
  wanted: string,
  commands: string,
  mirrors: Mirrors,
): Container {
  const install = [
    ...["npm", "install", "--prefix", folder],
    ...["--no-audit", "--no-fund", wanted],
  ]
  return container
    .withExec(installing(install, mirrors))
    .withEnvVariable("PATH", `${folder}/${commands}:\${PATH}`, { expand: true })
}

/** What the package manager is told of its registry and its cache. */
export function withSettings(manager: PackageManager, { npm }: Mirrors) {
  const settings = Object.entries(rowOf(manager).settings(npm))
  return (container: Container) =>
    settings.reduce(
      (each, [name, value]) => each.with(withVariable(name, value)),
      container,
    )
}

/** Asks npm's registry whether there is the Node that each frontend wants, or the build. */
export async function checkNodes(
  wanting: readonly (Pick<Frontend, "node"> | undefined)[],
  mirrors: Mirrors,
  problems: Problems,
): Promise<void> {
  for (const { node } of wanting.filter((each) => each !== undefined)) {
    if (!node) continue
    // Asked anew before it is refused: it may have been published since.
    const missing =
      missingNode(node, await listNodes(nodeContainer(mirrors), mirrors)) &&
      missingNode(
        node,
        await listNodes(afresh(nodeContainer(mirrors)), mirrors),
      )
    if (missing) problems.add(missing.owner, missing.what, missing.next)
  }
}

async function listNodes(
  container: Container,
  mirrors: Mirrors,
): Promise<string[]> {
  const view = ["npm", "view", "--json", NODE, "versions"]
  const answer = await container.withExec(installing(view, mirrors)).stdout()
  return JSON.parse(answer) as string[]
}
