import type { Container, Directory } from "@dagger.io/dagger"

import { limited } from "../containers/commands.js"
import { INSTALL_LIMIT, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import type { DistributionFile } from "../files/distribution.js"
import type { Version } from "../version/version.js"
import { type Listing, parseListing } from "./index-state.js"
import { facing, type PackageIndex, withAsking, withReader } from "./stage.js"

/** The release whose files are looked for. */
export interface Sought {
  readonly project: string
  readonly version: Version
  readonly files: readonly DistributionFile[]
}

/** What a stage that speaks to an index works on. */
export interface IndexInput<Project> {
  readonly project: Project & { readonly name: string }
  readonly version: Version
  readonly index: PackageIndex
  readonly dist: () => Promise<Directory>
  readonly files: () => Promise<readonly DistributionFile[]>
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
  return parseListing(await asked(index, sought, [String(seconds)]).stdout())
}

/** The files themselves, as far as the index lists them as they were built; with a limit, in so many seconds. */
export function fetchFiles(
  index: PackageIndex,
  sought: Sought,
  limit?: number,
): Directory {
  const each = limit ?? index.mirrors.limit ?? INSTALL_LIMIT
  const more = ["0", FETCHED, String(each)]
  return asked(index, sought, more, limit).directory(FETCHED)
}

const FETCHED = "/fetched"

function asked(
  index: PackageIndex,
  { files, project, version }: Sought,
  more: readonly string[],
  limit?: number,
): Container {
  const command = [
    ...["python", "/index_files.py", index.simpleUrl, project],
    ...[version.pep440, "/expected.txt", ...more],
  ]
  const expected = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
  return facing(toolsContainer(index.mirrors), index)
    .withMountedFile("/own_files.py", program("package-index/own_files.py"))
    .with(withAsking)
    .withMountedFile("/index_files.py", program("package-index/index_files.py"))
    .withNewFile("/expected.txt", expected.join(""))
    .with(
      withReader(index, (container) =>
        container.withExec(
          limit === undefined
            ? command
            : limited(command, { compare: limit }, "compare"),
        ),
      ),
    )
}
