import { readFileSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { dagger, ROOT } from "./dagger.js"
import { blueprintProject } from "./project.js"

const README = join(ROOT, "README.md")

/** The commands in blocks that are marked as a console. */
function commands(): string[] {
  const blocks = readFileSync(README, "utf8").matchAll(
    /^```console\n([^`]*)^```/gm,
  )
  return [...blocks].flatMap(([, lines = ""]) => lines.trim().split("\n"))
}

const project = blueprintProject()

test.for(commands())("works as the README has it: %s", async (line) => {
  const [program, ...args] = line.split(" ")
  expect(program).toBe("dagger")
  const result = await dagger(args, { cwd: project })
  expect(result.log).not.toContain("\nError: ")
  expect(result.code).toBe(0)
})
