import { dag, type File } from "@dagger.io/dagger"

/** A program of `src/scripts`, which runs in containers as a file and never as text of a shell. */
export function script(name: string): File {
  return dag.currentModule().source().file(`src/scripts/${name}`)
}
