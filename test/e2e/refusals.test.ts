import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { call, type Result, startedBy } from "./helpers/dagger.js"
import { edit, emptyProject, exampleProject } from "./helpers/project.js"

/** What the user is told; nothing of the project may have run for it. */
function refusal(result: Result): string {
  expect(result.code).not.toBe(0)
  expect(startedBy(result)).toEqual([])
  return result.log.slice(result.log.lastIndexOf("\nError: ") + 1)
}

test("a tag that names no version is refused with the nearest that would do", async () => {
  const error = refusal(
    await call(exampleProject(), ["release", "--tag", "v1.2.0+build.7"]),
  )
  expect(error).toContain("`v1.2.0+build.7` is no release tag")
  expect(error).toContain("Did you mean `v1.2.0`?")
})

test("a folder without pyproject.toml is refused", async () => {
  const error = refusal(
    await call(emptyProject(), ["release", "--tag", "v1.2.0"]),
  )
  expect(error).toContain("there is no `pyproject.toml` in the source")
})

test("everything that is wrong with a project is said at once", async () => {
  const project = exampleProject()
  edit(project, "pyproject.toml", (text) => text.replace("smoke =", "smoek ="))
  rmSync(join(project, "frontend"), { recursive: true })
  const error = refusal(await call(project, ["release", "--tag", "v1.2.0"]))
  expect(error).toContain("2 problems")
  expect(error).toContain("`tool.shipwheel.smoek` is not a known key")
  expect(error).toContain("Did you mean `smoke`?")
  expect(error).toContain("`frontend/package.json` is not there")
})

test("a pyproject.toml that is not TOML is refused with its line", async () => {
  const project = exampleProject()
  writeFileSync(join(project, "pyproject.toml"), "[project\nname = 1\n")
  const error = refusal(await call(project, ["test"]))
  expect(error).toContain("`pyproject.toml` is not TOML")
  expect(error).toMatch(/line 1\b/)
})
