import { posix } from "node:path"

import { type Container, dag, type File } from "@dagger.io/dagger"

/** A program that lies in a room, such as `build/build.py`; it runs in containers as a file and never as text of a shell. */
export function program(path: string): File {
  return dag.currentModule().source().file(`src/${path}`)
}

/** A container with such programs side by side, so that they find one another. */
export function withPrograms(
  container: Container,
  paths: readonly string[],
): Container {
  return paths.reduce(
    (each, path) =>
      each.withMountedFile(`/${posix.basename(path)}`, program(path)),
    container,
  )
}
