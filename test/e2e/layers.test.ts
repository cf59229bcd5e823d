import { randomUUID } from "node:crypto"

import { beforeAll, beforeEach, expect, test } from "vitest"

import { call, needed, ran, type Result } from "./helpers/dagger.js"
import { edit, exampleProject } from "./helpers/project.js"

/** The engine remembers earlier runs of this test: what is meant to be new must be. */
const salt = randomUUID()
const newTag = (patch: number) =>
  `v3.${Number.parseInt(salt.slice(0, 6), 16)}.${patch}`
/** What other tests release as well. */
const TAG = "v1.2.0"
const DEPENDENCIES = "uv pip install --quiet -- "

let project: string

/** Every test starts from a release, which is done once. */
beforeAll(async () => {
  const first = await release(exampleProject(), TAG)
  expect(first.code).toBe(0)
})
beforeEach(() => {
  project = exampleProject()
})

function release(folder: string, name: string): Promise<Result> {
  return call(folder, ["release", "--tag", name])
}

test("a changed README and a new tag build and install anew, with the same dependencies, and run no test and no frontend build", async () => {
  edit(project, "README.md", (text) => `${text}\n${salt}\n`)
  const result = await release(project, newTag(1))
  expect(needed(result, "pytest")).not.toEqual([])
  expect(ran(result, "pytest")).toEqual([])
  expect([...ran(result, "npm ci"), ...ran(result, "npm run")]).toEqual([])
  expect(needed(result, DEPENDENCIES)).not.toEqual([])
  expect(ran(result, DEPENDENCIES)).toEqual([])
  expect(ran(result, "--editable")).toEqual([])
  expect(ran(result, "build.py")).not.toEqual([])
  // Each of the two by itself.
  const tagged = await call(project, ["build", "--tag", newTag(2), "entries"])
  expect(ran(tagged, "build.py")).not.toEqual([])
})

test("a changed module is tested again, in what was installed before", async () => {
  edit(project, "backend/quayside/berths.py", (text) => `${text}\n# ${salt}\n`)
  const result = await release(project, TAG)
  expect(ran(result, "pytest")).toHaveLength(8)
  expect(needed(result, "--editable")).not.toEqual([])
  expect(ran(result, "--editable")).toEqual([])
  expect(needed(result, DEPENDENCIES)).not.toEqual([])
  expect(ran(result, DEPENDENCIES)).toEqual([])
  expect([...ran(result, "npm ci"), ...ran(result, "npm run")]).toEqual([])
})
