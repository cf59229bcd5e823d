import { describe, expect, it } from "vitest"

import { collectCommand, findCollector } from "../../src/notes/collector.js"
import { UNLOCKED } from "../../src/reading/python-locks.js"
import { pyproject, sources } from "../helpers/builders.js"

const LOCKED = {
  from: ["uv.lock"],
  because: "its name",
  packages: [
    { name: "towncrier", specifier: "==25.8.0", marker: "", needs: [] },
  ],
}

describe("the tool that collects fragments", () => {
  it("is none in most projects", () => {
    const clues = {
      sources: sources({}),
      pyproject: pyproject(),
      locked: UNLOCKED,
    }
    expect(findCollector(clues)).toBeUndefined()
  })

  it.for([
    ["towncrier", "towncrier.toml", ""],
    ["scriv", "changelog.d/scriv.ini", ""],
    ["scriv", "setup.cfg", "[tool:scriv]\nformat = md\n"],
    ["changesets", ".changeset/config.json", "{}"],
  ] as const)("%s is known by %s", ([tool, path, text]) => {
    const files = sources({ [path]: text })
    const clues = { sources: files, pyproject: pyproject(), locked: UNLOCKED }
    expect(findCollector(clues)).toMatchObject({ tool, where: path })
  })

  it("is installed as it is locked, else as it is asked for, else the newest", () => {
    const table = "[tool.towncrier]"
    const group = ["[dependency-groups]", 'dev = ["towncrier>=24"]']
    const wanted = (
      locked: typeof LOCKED | typeof UNLOCKED,
      ...toml: string[]
    ) =>
      findCollector({
        sources: sources({}),
        pyproject: pyproject(...toml),
        locked,
      })?.requirements
    expect([
      wanted(LOCKED, table, ...group),
      wanted(UNLOCKED, table, ...group),
      wanted(UNLOCKED, table),
    ]).toEqual([
      ["towncrier>=24", "towncrier==25.8.0"],
      ["towncrier>=24"],
      ["towncrier"],
    ])
  })

  it("is told the version, and the day where it takes one", () => {
    expect(collectCommand("towncrier", "1.3.0", "2026-11-27")).toEqual([
      ...["towncrier", "build", "--yes"],
      ...["--version", "1.3.0", "--date", "2026-11-27"],
    ])
    expect(collectCommand("scriv", "1.3.0", "2026-11-27")).toEqual([
      ...["scriv", "collect", "--no-add", "--no-edit", "--version", "1.3.0"],
    ])
  })

  it("is not run where it decides on the version itself", () => {
    expect(collectCommand("changesets", "1.3.0", "2026-11-27")).toBeUndefined()
  })
})
