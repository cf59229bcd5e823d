import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { commands, pages, ROOT } from "../helpers/docs.js"

/** What the CLI of Dagger 1.0 has no more, and what its client has no more. */
const GONE =
  /\bdagger (?:--?\S+ )*(?:client|config|develop|init|login|logout|toolchain)\b|--blueprint\b|\.load[A-Z]\w*FromID\b|\.(?:currentEnv|bindResult)\b/
/** The commands that both have, with the same meaning. */
const BOTH = ["call", "check", "functions", "version"]

const below = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** A page without what is said of one version: blocks that are marked so, and sections whose heading names it. */
function ofBoth(text: string): string {
  return text
    .replace(/^```sh dagger-[\d.]+\n[^]*?^```$/gm, "")
    .split(/^(?=## )/m)
    .filter((section) => !/^## .*Dagger (0\.21|1\.0)/.test(section))
    .join("")
}

describe("what Dagger 1.0 removed", () => {
  it("is used neither in sources and wrappers nor by our own CI", () => {
    const files = [
      ...["src", ".github", ".ci"].flatMap(below),
      ...below("dagger/examples/quayside/.github"),
      join(ROOT, "dagger/demo"),
    ]
    expect(files.length).toBeGreaterThan(200)
    const found = files.filter((file) => GONE.test(readFileSync(file, "utf8")))
    expect(found).toEqual([])
  })

  it("is told to people in the passages on 0.21 alone", () => {
    expect(pages.filter(({ text }) => GONE.test(text))).not.toEqual([])
    expect(pages.filter(({ text }) => GONE.test(ofBoth(text)))).toEqual([])
  })

  it.each([
    "dagger init",
    "dagger --silent toolchain install x",
    "`dagger develop`",
    "--blueprint=x",
    "dag.loadFileFromID(id)",
  ])("is seen: %s", (text) => {
    expect(text).toMatch(GONE)
  })
})

describe("a command outside of the passages on one version", () => {
  const shown = ["console", "sh"].flatMap(commands)
  const ours = shown.filter((line) => line.startsWith("dagger "))

  it.for(ours)("is one that 0.21 and 1.0 both have: %s", (line) => {
    const [, command] =
      /^dagger (?:--progress \w+ |--?\S+ )*(\w+)/.exec(line) ?? []
    expect(BOTH).toContain(command)
  })
})
