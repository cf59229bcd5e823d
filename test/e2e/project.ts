import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const EXAMPLE = fileURLToPath(
  new URL("../../dagger/examples/quayside", import.meta.url),
)
/** What tools leave in the folder of somebody who worked on the example. */
const LEFTOVERS = /\/(node_modules|out|\.next|__pycache__|[^/]*\.egg-info)$/

/** A copy of the example, for a test to change. */
export function exampleProject(): string {
  const copy = emptyProject()
  cpSync(EXAMPLE, copy, {
    recursive: true,
    filter: (path) => !LEFTOVERS.test(path),
  })
  return copy
}

export function emptyProject(): string {
  return mkdtempSync(join(tmpdir(), "shipwheel-"))
}

/** Changes one file of a project; a change that changes nothing is a mistake. */
export function edit(
  project: string,
  path: string,
  change: (text: string) => string,
): void {
  const file = join(project, path)
  const before = readFileSync(file, "utf8")
  const after = change(before)
  if (after === before) throw new Error(`the edit of ${path} changes nothing`)
  writeFileSync(file, after)
}
