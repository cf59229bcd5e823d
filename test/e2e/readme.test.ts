import { rmSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, test } from "vitest"

import { commands, page } from "../helpers/docs.js"
import { dagger } from "./helpers/dagger.js"
import { blueprintProject } from "./helpers/project.js"

const RELEASE = "dagger call release --tag v1.2.0"
/** What takes long, and is run by installed.test.ts. */
const ELSEWHERE = "dagger check"
const project = blueprintProject()

describe("a command that README and docs show", () => {
  const shown = commands("console").filter((line) => line !== ELSEWHERE)
  test.for(shown)("works on the example: %s", async (line) => {
    const [program, ...args] = line.split(" ")
    expect(program).toBe("dagger")
    const result = await dagger(args, { cwd: project })
    // What is exported lies in the project, and the next command would begin anew with another one.
    const written = / export --path (\S+)$/.exec(line)?.[1]
    if (written) rmSync(join(project, written), { recursive: true })
    expect(result.log).not.toContain("\nError: ")
    expect(result.code).toBe(0)
    if (line === RELEASE)
      expect(outline(shownReport())).toEqual(outline(result.stdout))
  })

  // Those that need a token or a network are compared with the contract; that leaves Dagger's own.
  const others = ["sh", "sh dagger-0.21", "console"]
    .flatMap(commands)
    .filter((line) => line.startsWith("dagger ") && !line.includes(" call "))
  test.for(others)("is one that Dagger has: %s", async (line) => {
    const words = line.split(" ").slice(1)
    const command = words.filter((word) => /^[a-z]+$/.test(word))
    const { code, stdout } = await dagger([...command, "--help"])
    expect(code).toBe(0)
    for (const flag of line.match(/ --[a-z]+/g) ?? [])
      expect(stdout).toContain(flag)
  })
})

/** The beginning of a report as README has it. */
function shownReport(): string {
  return page("README.md").text.replace(/^> ?/gm, "").replace(/^### /m, "# ")
}

/** What every report of a release says: its first lines, and the stages in their order. */
function outline(report: string): string[] {
  const lines = report.split("\n")
  const start = lines.findIndex((line) => line.startsWith("# Rehearsal"))
  const table = lines.slice(start, lines.indexOf("", start + 4))
  return table
    .filter((line) => !line.startsWith("| --"))
    .map((line) => line.replace(/^(\| *\w+) .*/, "$1").trim())
}
