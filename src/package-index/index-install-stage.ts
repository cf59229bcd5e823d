import type { Container, Directory } from "@dagger.io/dagger"

import { type Building, inBuilding } from "../build/building.js"
import { withBuilding } from "../build/building-stage.js"
import {
  installing,
  type Mirrors,
  pythonContainer,
  toolsContainer,
} from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import {
  type DistributionFile,
  isWheel,
  pinnedRequirement,
} from "../files/distribution.js"
import type { PackageInstall } from "../install/questions-stage.js"
import { inPlaceOf } from "../install/stage.js"
import type { ListedFile } from "./index-state.js"
import type { Sought } from "./listing-stage.js"
import { INDEX, serveIndex } from "./rehearsal-stage.js"
import { facing, type PackageIndex } from "./stage.js"

/** What is installed from an index, and what has to be there before. */
export interface IndexRelease {
  readonly sought: Sought
  readonly index: PackageIndex
  /** The files as they were built. */
  readonly dist: Directory
  readonly requirements: readonly string[]
  /** The files of an index that does not let everybody read. */
  readonly fetched: Directory | undefined
}

const FETCHED = "/fetched"

/**
 * The package alone comes from the index, and only with the bytes that were
 * built; its dependencies come from the default index. Asked together, an index
 * that anybody may upload to could answer for a dependency.
 */
export function wheelFrom(
  python: string,
  release: IndexRelease,
): PackageInstall {
  const { fetched, index, sought } = release
  const wheels = sought.files.filter(({ name }) => isWheel(name))
  const pinned = pinnedRequirement(
    sought.project,
    sought.version.pep440,
    wheels,
  )
  const from = fetched
    ? ["--no-index", "--find-links", FETCHED]
    : ["--default-index", index.simpleUrl]
  const command = [
    ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-cache"],
    ...["--no-build", "--require-hashes", ...from],
    ...inPlaceOf(sought.project),
    ...["--requirement", "/pinned.txt"],
  ]
  return {
    container: ready(python, release).withNewFile("/pinned.txt", pinned),
    command: installing(command, index.mirrors),
  }
}

/** By its address, so that what it is built with does not come from that index either. */
export function sdistFrom(
  python: string,
  release: IndexRelease,
  { name, sha256, url }: ListedFile,
  building: Building,
): PackageInstall {
  const where = release.fetched ? `file://${FETCHED}/${name}` : url
  const pinned = `${release.sought.project} @ ${where} --hash=sha256:${sha256 ?? ""}\n`
  const command = inBuilding(building, [
    ...["uv", "pip", "install", "--quiet", "--no-deps", "--no-cache"],
    ...["--require-hashes", ...inPlaceOf(release.sought.project)],
    ...["--requirement", "/pinned.txt"],
  ])
  return {
    container: ready(python, release)
      .with(withBuilding(building, release.index.mirrors))
      .withNewFile("/pinned.txt", pinned),
    command: installing(command, release.index.mirrors),
  }
}

/**
 * Nothing of the project is where the index is shown a password: a dependency may run code whenever Python starts.
 * A rehearsal's index ends with the call. Once it was seen to hold the files as they were built, one that holds just
 * those is the same, and what was installed from it is remembered.
 */
function ready(
  python: string,
  { dist, fetched, index, requirements }: IndexRelease,
): Container {
  const { mirrors, rehearsal } = index
  const container = pythonContainer(python, mirrors, requirements)
  if (fetched) return container.withMountedDirectory(FETCHED, fetched)
  return rehearsal
    ? container.withServiceBinding(INDEX.hostname, serveIndex(mirrors, dist))
    : facing(container, index)
}

/** What the built wheels require, whatever wrote it there. */
export async function wheelRequirements(
  dist: Directory,
  files: readonly DistributionFile[],
  mirrors: Mirrors,
): Promise<string[]> {
  const wheels = files.map(({ name }) => name).filter(isWheel)
  const programs = ["wheel_requirements.py", "wheel_metadata.py"]
  const lines = await withPrograms(
    toolsContainer(mirrors),
    programs.map((each) => `package-index/${each}`),
  )
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .withExec(["python", "/wheel_requirements.py", ...wheels])
    .stdout()
  return lines.split("\n").filter((line) => line !== "")
}
