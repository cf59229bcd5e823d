import type { Container, Directory } from "@dagger.io/dagger"

import { limited } from "../containers/commands.js"
import { INSTALL_LIMIT, toolsContainer } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import { type DistributionFile, isWheel } from "../files/distribution.js"
import type { Version } from "../version/version.js"
import { type Listing, parseListing } from "./index-state.js"
import {
  facing,
  type PackageIndex,
  reaching,
  withAsking,
  withReader,
} from "./stage.js"

/** The release whose files are looked for. */
export interface Sought {
  readonly project: string
  readonly version: Version
  readonly files: readonly DistributionFile[]
}

/** What an index showed at the end of an upload, which who looks next need not ask for again. */
export interface Shown {
  listing?: Listing
}

/** What a stage that speaks to an index works on. */
export interface IndexInput<Project> {
  readonly project: Project & { readonly name: string }
  readonly version: Version
  readonly index: PackageIndex
  readonly dist: () => Promise<Directory>
  readonly files: () => Promise<readonly DistributionFile[]>
  readonly shown?: Shown
}

/** What is looked for on the index of a release. */
export async function soughtBy({
  files,
  project,
  version,
}: Omit<IndexInput<unknown>, "dist" | "index">): Promise<Sought> {
  return {
    project: project.name,
    version,
    files: await files(),
  }
}

/** Reads what an index lists now; with seconds to wait, until it lists all files as they were built. */
export async function readListing(
  index: PackageIndex,
  sought: Sought,
  seconds = 0,
): Promise<Listing> {
  const now = facing(toolsContainer(index.mirrors), index)
  const command = question(index, sought, [String(seconds)])
  return parseListing(await asked(now, index, sought, command).stdout())
}

/** The files themselves, as they were built, to be installed: what the index says of them that installers go by is held to what they say. */
export function fetchFiles(index: PackageIndex, sought: Sought): Directory {
  const now = facing(toolsContainer(index.mirrors), index)
  const limit = index.mirrors.limit ?? INSTALL_LIMIT
  const command = [...fetching(index, sought, limit), "held"]
  return asked(now, index, sought, command).directory(FETCHED)
}

/** The same of a release that is out, in so many seconds: by its hash a file is always the same, so what was fetched once is kept. */
export function fetchReleased(
  index: PackageIndex,
  sought: Sought,
  limit: number,
): Directory {
  const tools = reaching(toolsContainer(index.mirrors), index)
  const limits = { compare: limit }
  const command = limited(fetching(index, sought, limit), limits, "compare")
  return asked(tools, index, sought, command).directory(FETCHED)
}

/** How the index leads installers by metadata of its own, which they believe before they have one of these wheels; nothing where that is the wheels'. */
export async function misledBy(
  index: PackageIndex,
  { files, project }: Sought,
  dist: Directory,
): Promise<string[]> {
  const programs = [...PROGRAMS, "package-index/listed_metadata.py"]
  const wheels = files.map(({ name }) => name).filter(isWheel)
  const command = ["python", "/listed_metadata.py", index.simpleUrl, project]
  const now = facing(toolsContainer(index.mirrors), index)
  const told = await withPrograms(now, programs)
    .with(withAsking)
    .withMountedDirectory("/dist", dist)
    .withWorkdir("/dist")
    .with(withReader(index, (each) => each.withExec([...command, ...wheels])))
    .stdout()
  return told.split("\n").filter((line) => line !== "")
}

const PROGRAMS = ["own_files.py", "wheel_metadata.py", "index_files.py"].map(
  (each) => `package-index/${each}`,
)

const FETCHED = "/fetched"

function fetching(index: PackageIndex, sought: Sought, limit: number) {
  return question(index, sought, ["0", FETCHED, String(limit)])
}

function question(
  { simpleUrl }: PackageIndex,
  { project, version }: Sought,
  more: readonly string[],
): string[] {
  const asked = [simpleUrl, project, version.pep440, "/expected.txt"]
  return ["python", "/index_files.py", ...asked, ...more]
}

function asked(
  container: Container,
  index: PackageIndex,
  { files }: Sought,
  command: readonly string[],
): Container {
  const expected = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  return withPrograms(container, PROGRAMS)
    .with(withAsking)
    .withNewFile("/expected.txt", expected.join(""))
    .with(withReader(index, (each) => each.withExec([...command])))
}
