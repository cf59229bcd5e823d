import { describe, expect, it } from "vitest"

import { missedFiles } from "../../src/frontend/not-given.js"

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
