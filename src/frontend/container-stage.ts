import { posix } from "node:path"

import type { Container, Directory } from "@dagger.io/dagger"

import { installing, type Mirrors } from "../containers/images.js"
import type { Checkout } from "../git/stage.js"
import {
  fetchedByToken,
  type Fetching,
  withoutToken,
} from "../npm-token/stage.js"
import { exactly } from "../reading/path-patterns.js"
import type { Frontend } from "./frontend.js"
import { toolchain } from "./node-stage.js"
import { isBelow, isInPlace } from "./output.js"
import {
  downloadCommand,
  fetchCommand,
  installCommand,
  rowOf,
} from "./package-manager.js"
import { PACKAGE_MANAGERS } from "./package-manager-table.js"
import { fromTop } from "./place.js"

/** Where the project is, so that what a frontend reads beside its own folder is where it looks for it. */
export const PROJECT = "/project"

const ROWS = Object.values(PACKAGE_MANAGERS)
/** What the package managers read before they install. */
const MANIFESTS = [
  ...new Set(ROWS.flatMap(({ lockfiles, reads }) => [...lockfiles, ...reads])),
].sort()
/** What an install writes, and a developer's folder may hold from another machine. */
const INSTALLED = ["node_modules", ...ROWS.flatMap(({ leaves }) => leaves)]
export const PYTHON_CODE = ["**/*.py", "**/*.pyi", "**/*.pyc"]
/** What changes often, and that no frontend is made from unless it says so. */
const HIDDEN = [
  ...PYTHON_CODE,
  ...["/*.md", "/*.rst", "/LICEN[CS]E*", "/.git", "/.github", "/.gitlab*"],
  ...["/doc", "/docs", "/test", "/tests", "/changes", "/newsfragments"],
].map((each) => each.replace(/^\//, ""))

/** The project with a frontend's dependencies, which only manifests and lockfile reinstall; the folder is the frontend's. */
export function frontendContainer(
  place: Checkout,
  frontend: Frontend,
  mirrors: Mirrors,
): Container {
  return installed(place, frontend, mirrors).withWorkdir(
    posix.join(PROJECT, fromTop(frontend).path),
  )
}

function installed(
  place: Checkout,
  frontend: Frontend,
  mirrors: Mirrors,
): Container {
  const { installsByScript, manager } = frontend
  const files = visibleFiles(place, frontend)
  const manifests = manifestsContainer(place, frontend, mirrors)
  const install = installing(installCommand(manager), mirrors)
  const isShown = place.npmToken && frontend.credentials.shown.length > 0
  if (!installsByScript && !isShown)
    return manifests.withExec(install).withDirectory(PROJECT, files)
  // The scripts of an install may read any file. What it fetches is fetched before those come, and stays when they change.
  const fetched = isShown
    ? fetchedByToken(place, fetchingOf(frontend), manifests, mirrors)
    : manifests.withExec(installing(downloadCommand(manager), mirrors))
  return withoutModules(fetched, frontend)
    .withDirectory(PROJECT, files)
    .withExec(install)
}

function fetchingOf({ credentials, manager }: Frontend): Fetching {
  const { asksFirst, ownSettings = [] } = rowOf(manager)
  return {
    credentials,
    fetch: fetchCommand(manager),
    asks: asksFirst ? downloadCommand(manager) : undefined,
    ownSettings,
  }
}

/** An install that finds its packages there runs no script. */
function withoutModules(container: Container, frontend: Frontend): Container {
  const { members, root } = fromTop(frontend)
  return [".", ...members].reduce(
    (each, member) =>
      each.withoutDirectory(posix.join(PROJECT, root, member, "node_modules")),
    container,
  )
}

/** What the dependencies are made from, before they are installed; the folder is the one with the lockfile. */
export function manifestsContainer(
  place: Checkout,
  frontend: Frontend,
  mirrors: Mirrors,
): Container {
  const { local, members, root } = fromTop(frontend)
  const source = treeOf(place, frontend)
  // A workspace may take a package from beside its own folder.
  const ofMembers = members.flatMap((each) =>
    ["package.json", "patches"].map((name) => posix.join(root, each, name)),
  )
  return toolchain(frontend, mirrors)
    .withEnvVariable("HUSKY", "0")
    .with(withoutToken(frontend.credentials))
    .withWorkdir(posix.join(PROJECT, root))
    .with(
      withFiles(PROJECT, source, exactly([...local, ...ofMembers]), [
        ...anywhere(INSTALLED),
        ...exactly(frontend.withheld ?? []),
      ]),
    )
    .with(
      withFiles(
        ".",
        root === "" ? source : source.directory(root),
        MANIFESTS,
        INSTALLED,
      ),
    )
    .with(fromMirror(frontend, mirrors))
}

/** What is around a frontend: the project, or the repository that it is in. */
export function treeOf(
  { folder, source }: Checkout,
  { prefix }: Frontend,
): Directory {
  return prefix === "" ? source : folder.filter({ exclude: [".git"] })
}

/** What is around a frontend as it sees it: without Python code, prose, tests, and what earlier builds left. */
export function visibleFiles(place: Checkout, frontend: Frontend): Directory {
  const { members, outputs, path, prefix, reads, root } = fromTop(frontend)
  const source = treeOf(place, frontend)
  const beside = members
    .map((each) => posix.join(root, each))
    .filter((each) => !isBelow(each, root))
  const apart = outputs.filter((each) => !isInPlace(each))
  const leftovers = [
    ...anywhere(INSTALLED),
    ...apart.flatMap(({ destination, from }) => [from, destination]),
  ]
  const hidden = prefix === "" ? [] : HIDDEN.map((each) => `${prefix}/${each}`)
  const exclude = [...HIDDEN, ...hidden, ...leftovers]
  const kept = exactly(frontend.withheld ?? [])
  const whole = source.filter({ exclude: [...exclude, ...kept] })
  const own = [...new Set([root, path, ...beside])].filter(
    (each) => each !== "",
  )
  const include = [...own.map((each) => `${each}/**`), ...reads]
  return include.length === 0
    ? whole
    : // A filter has an identity by what it lets through, a copy by all that it is made from.
      whole.withDirectory(
        ".",
        source.filter({ include, exclude: [...leftovers, ...kept] }),
      )
}

/** Those files alone; an empty list would be all of them. */
function withFiles(
  path: string,
  source: Directory,
  include: readonly string[],
  exclude: readonly string[],
): (container: Container) => Container {
  return (container) =>
    include.length === 0
      ? container
      : container.withDirectory(
          path,
          source.filter({ include: [...include], exclude: [...exclude] }),
        )
}

function anywhere(names: readonly string[]): string[] {
  return names.map((each) => `**/${each}`)
}

function fromMirror({ manager }: Frontend, { npm }: Mirrors) {
  const { lockfileNamesRegistry, lockfiles } = rowOf(manager)
  const tarball = '/^  resolved "[^"]*\\/-\\/[^"]*"$/d'
  return (container: Container) =>
    lockfileNamesRegistry && npm !== undefined
      ? container.withExec(["sed", "-i", tarball, lockfiles[0]])
      : container
}
