import { dag, type File } from "@dagger.io/dagger"

/** A program that lies in a room, such as `build/build.py`; it runs in containers as a file and never as text of a shell. */
export function program(path: string): File {
  return dag.currentModule().source().file(`src/${path}`)
}
