import { posix } from "node:path"

import type { Container, Directory } from "@dagger.io/dagger"

import { z } from "#zod"

import { type Mirrors, toolsContainer } from "../containers/images.js"
import { program } from "../containers/programs.js"
import { exactly } from "../reading/path-patterns.js"
import type { Checkout } from "./stage.js"

/** What a project refers to outside of its own folder, where it would be in a checkout. */
export interface Around {
  /** Where in its repository the project is, such as `packages/wren/`. */
  readonly path: string
  /** Those files of the repository. */
  readonly files: Directory
  /** Links of the project that leave it. */
  readonly links: readonly string[]
}

const referred = z.object({
  links: z.array(
    z.object({ path: z.string(), target: z.string(), folder: z.boolean() }),
  ),
  files: z.array(z.string()),
  folders: z.array(z.string()),
})

/** Finds what a project refers to around it, in its repository without what git keeps there, and gives the project with its links followed. */
export async function lookAround(
  { folder, source }: Checkout,
  path: string,
  mirrors: Mirrors,
): Promise<{ source: Directory; around: Around }> {
  const printed = await toolsContainer(mirrors)
    .withMountedFile("/around.py", program("git/around.py"))
    .withMountedDirectory("/repository", folder)
    .withExec(["python", "/around.py", "/repository", path])
    .stdout()
  const { files, folders, links } = referred.parse(JSON.parse(printed))
  const targets = (all: boolean) =>
    links.filter((each) => each.folder === all).map(({ target }) => target)
  const include = [
    ...exactly([...files, ...targets(false)]),
    ...exactly([...folders, ...targets(true)]).map((each) => `${each}/**`),
  ]
  // To the engine an empty list of what is meant means all.
  const meant = include.length > 0 ? { include } : { exclude: ["**"] }
  const followed = links.reduce(
    (each, link) =>
      link.folder
        ? each.withDirectory(link.path, folder.directory(link.target))
        : each.withFile(link.path, folder.file(link.target)),
    source.filter({ exclude: links.map((each) => each.path) }),
  )
  return {
    source: links.length > 0 ? followed : source,
    around: {
      path,
      files: folder.filter(meant),
      links: links.map((each) => each.path),
    },
  }
}

/** The folder in which a project works, where its whole repository is in another. */
export function placeWithin(top: string, around: Around | undefined): string {
  return posix.join(top, around?.path ?? "").replace(/\/$/, "")
}

/** A container that has what is around a project, and works in the folder where the project goes. */
export function withAround(
  top: string,
  around: Around | undefined,
): (container: Container) => Container {
  return (container) =>
    (around
      ? container.withDirectory(top, around.files)
      : container
    ).withWorkdir(placeWithin(top, around))
}
