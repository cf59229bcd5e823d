import type { Directory } from "@dagger.io/dagger"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { usesLfs } from "./attributes.js"
import { attributesOf } from "./changes-stage.js"
import { type Placeholder, pointersIn, submodulePaths } from "./placeholders.js"
import type { Checkout } from "./stage.js"

/** What a clone has to fetch beside the commits. */
export interface FetchedApart {
  readonly lfs: boolean
  readonly submodules: boolean
}

/** What of the tree only stands for something: a clone without LFS has pointers, one without submodules empty folders. */
export async function findPlaceholders(
  { folder, source }: Checkout,
  mirrors: Mirrors,
): Promise<Placeholder[]> {
  const [pointers, submodules] = await Promise.all([
    toolsContainer(mirrors)
      .withMountedFile("/placeholders.py", program("git/placeholders.py"))
      .withMountedDirectory("/source", source)
      .withExec(["python", "/placeholders.py", "/source"])
      .stdout(),
    emptySubmodules(folder),
  ])
  return [...pointersIn(pointers), ...submodules]
}

/** What `.gitattributes` and `.gitmodules` ask of whoever clones. */
export async function fetchedApart({
  folder,
  source,
}: Checkout): Promise<FetchedApart> {
  const [own, above, submodules] = await Promise.all([
    attributesOf(source),
    attributesOf(folder),
    folder.exists(MODULES),
  ])
  return { lfs: [...own, ...above].some(usesLfs), submodules }
}

const MODULES = ".gitmodules"

async function emptySubmodules(folder: Directory): Promise<Placeholder[]> {
  if (!(await folder.exists(MODULES))) return []
  const paths = submodulePaths(await folder.file(MODULES).contents())
  const entries = await Promise.all(
    paths.map((path) => folder.glob(`${path}/*`)),
  )
  return paths
    .filter((_, at) => entries[at]?.length === 0)
    .map((path) => ({ kind: "submodule", path }))
}
