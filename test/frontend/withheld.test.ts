import { describe, expect, it } from "vitest"

import {
  givenOf,
  givenRemark,
  missedFiles,
  withheldFrom,
  withheldRemark,
} from "../../src/frontend/withheld.js"
import { usualFrontend } from "../helpers/frontends.js"

const KEPT = ["pyproject.toml", "frontend/package.json", "frontend/src/app.ts"]
const withheld = (ignored: string[], reads: string[] = []) =>
  withheldFrom(usualFrontend({ reads }), { ignored, kept: KEPT })

describe("a frontend is not given", () => {
  it("what git ignores in it and around it", () => {
    const local = [".env", "frontend/.env.local", "frontend/src/made.ts"]
    expect(withheld(local)).toStrictEqual(local)
  })

  it("a folder of which all is ignored, by its name alone", () => {
    const files = ["frontend/notes/a/1.md", "frontend/notes/b.md"]
    expect(withheld(files)).toStrictEqual(["frontend/notes"])
  })

  it("what `reads` names and its own output no less than before", () => {
    const made = ["frontend/src/made.ts", "frontend/notes/a.md"]
    expect(withheld(made, ["frontend/src/made.ts"])).toStrictEqual([
      "frontend/notes",
    ])
    expect(withheld(["frontend/out/index.html"])).toStrictEqual([])
    const beside = ["frontend/notes/a.md", "frontend/notes/b.md"]
    expect(withheld(beside, ["frontend/notes/b.md"])).toStrictEqual([
      "frontend/notes/a.md",
    ])
  })
})

describe("what a frontend was not given", () => {
  it("is told, and how it is given", () => {
    const withheld = ["frontend/made.ts", "frontend/node_modules"]
    expect(withheldRemark({ ...usualFrontend(), withheld })).toStrictEqual([
      'The frontend in `frontend` is built without what git ignores, which no other clone has: `frontend/made.ts`. What a step before the build makes is named in `[tool.shipwheel.frontend]`: `reads = ["frontend/made.ts"]`.',
    ])
  })

  it("is never a secret that somebody is told to give it", () => {
    const secret = { ...usualFrontend(), withheld: [".env", "frontend/.env"] }
    const [told = ""] = withheldRemark(secret, "ENOENT: open '../.env'")
    expect(told).toContain("which no other clone has: `.env`, `frontend/.env`.")
    expect(told).toContain(
      "into a file that git tracks, without what is secret",
    )
    expect(told).not.toContain("reads")
  })

  it("is told to be given by the name that a tool says, where it says one", () => {
    const withheld = [".env", "assets", "local"]
    const advised = (words: string) =>
      withheldRemark({ ...usualFrontend(), withheld }, words)[0]
    expect(advised("")).toContain('`reads = ["assets"]`')
    expect(advised("no such file: '../local/a.json'")).toContain(
      '`reads = ["local"]`',
    )
  })

  it("is not told where every folder has it", () => {
    const withheld = ["frontend/.turbo", "frontend/next-env.d.ts", "a.log"]
    expect(withheldRemark({ ...usualFrontend(), withheld })).toStrictEqual([])
    expect(withheldRemark(usualFrontend())).toStrictEqual([])
  })
})

it("what git ignores and `reads` names is told, since it goes out with what is made of it", () => {
  const frontend = usualFrontend({ reads: [".env", "local/*.json"] })
  const ignored = [".env", "local/a.json", "local/b.txt"]
  const given = givenOf(frontend, { ignored, kept: KEPT })
  expect(given).toEqual([".env", "local/a.json"])
  expect(givenRemark({ ...frontend, given })).toEqual([
    "The frontend in `frontend` is given what git ignores, because `reads` in `[tool.shipwheel.frontend]` names it, and what its build makes of that goes out: `.env`, `local/a.json`.",
  ])
  expect(givenRemark(frontend)).toEqual([])
})

const missed = (output: string) => missedFiles(output, "/project", "web/site")

describe("a file that a build missed", () => {
  it.each([
    "Error: ENOENT: no such file or directory, open '../../quayside/schema.py'",
    "Error: ENOENT: no such file or directory, stat '/project/quayside/schema.py'",
    "Error: Cannot find module '../../quayside/schema.py'",
    "Module not found: Error: Can't resolve '../../../quayside/schema.py' in '/project/web/site/src'",
    `[vite]: Could not resolve "../../../quayside/schema.py?raw" from "src/App.tsx"`,
  ])("is told by its path in the project: %s", (output) => {
    expect(missed(output)).toEqual(["quayside/schema.py"])
  })

  it.each([
    "Error: ENOENT: no such file or directory, open '/etc/site.json'",
    "Error: ENOENT: no such file or directory, open '../../../other'",
    "Error: Cannot find module 'react'",
    "src/App.tsx(1,1): error TS1005: ';' expected.",
  ])("is none of the project's, or none at all: %s", (output) => {
    expect(missed(output)).toEqual([])
  })
})
