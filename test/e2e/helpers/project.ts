import { execFileSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

import { ROOT } from "./dagger.js"

const EXAMPLE = join(ROOT, "dagger/examples/quayside")
/** What tools leave in the folder of somebody who worked on the example. */
const LEFTOVERS = /\/(node_modules|out|\.next|__pycache__|[^/]*\.egg-info)$/

/** A copy of the example, for a test to change. */
export function exampleProject(): string {
  return copyExample(emptyProject())
}

/**
 * A copy of the example that has this module as its blueprint, which Dagger takes from the same repository only. It lies
 * as deep as the example, so that its dagger.json is the same and the engine knows it from the other copies.
 */
export function blueprintProject(): string {
  const room = join(ROOT, "dist", "examples")
  mkdirSync(room, { recursive: true })
  return copyExample(mkdtempSync(join(room, "quayside-")))
}

/** With the times of its files, which a build writes into a wheel: else each copy would be built and installed anew. */
function copyExample(copy: string): string {
  cpSync(EXAMPLE, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !LEFTOVERS.test(path),
  })
  return copy
}

/** Leaves a project the newest of the Pythons, for a test that says nothing of several. */
export function onOnePython(project: string): void {
  edit(project, "pyproject.toml", (text) =>
    text.replace("[tool.shipwheel]\n", '$&pythons = ["3.12"]\n'),
  )
}

/** This module as it is now, without what git ignores. */
export function copyModule(to: string): void {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]
  const files = execFileSync("git", list, { cwd: ROOT, encoding: "utf8" })
  for (const path of files.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(ROOT, path), join(to, path))
  }
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

/** Leaves stages out of every environment of a project, for a test that says nothing of them. */
export function leaveOut(project: string, ...stages: readonly string[]): void {
  edit(project, "pyproject.toml", (text) => text + leftOut(...stages))
}

/** The lines for that. */
export function leftOut(...stages: readonly string[]): string {
  const skip = stages.map((each) => `${each} = "this test is of others"\n`)
  return ["check", "development", "staging", "production"]
    .map((name) => `\n[tool.shipwheel.environments.${name}.skip]\n`)
    .map((header) => header + skip.join(""))
    .join("")
}
