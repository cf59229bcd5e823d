import { randomUUID } from "node:crypto"

import { beforeEach, expect, test } from "vitest"

import { call, needed, ran, type Result } from "./helpers/dagger.js"
import { edit, exampleProject } from "./helpers/project.js"

/** The engine remembers earlier runs of this test: what is meant to be new must be. */
const salt = randomUUID()
const tag = (patch: number) =>
  `v3.${Number.parseInt(salt.slice(0, 6), 16)}.${patch}`
const DEPENDENCIES = "uv pip install --quiet -- "

let project: string

/** Every test starts from a release, which all but the first of them find done. */
beforeEach(async () => {
  project = exampleProject()
  const first = await release(tag(0))
  expect(first.code).toBe(0)
})

function release(name: string): Promise<Result> {
  return call(project, ["release", "--tag", name])
}

test("a changed README runs no test, no frontend build and no install of dependencies", async () => {
  edit(project, "README.md", (text) => `${text}\n${salt}\n`)
  const result = await release(tag(0))
  expect(needed(result, "pytest")).not.toEqual([])
  expect(ran(result, "pytest")).toEqual([])
  expect([...ran(result, "npm ci"), ...ran(result, "npm run")]).toEqual([])
  expect(ran(result, DEPENDENCIES)).toEqual([])
  expect(ran(result, "--editable")).toEqual([])
})

test("a changed module is tested again, in what was installed before", async () => {
  edit(project, "backend/quayside/berths.py", (text) => `${text}\n# ${salt}\n`)
  const result = await release(tag(0))
  expect(ran(result, "pytest")).toHaveLength(8)
  expect(needed(result, "--editable")).not.toEqual([])
  expect(ran(result, "--editable")).toEqual([])
  expect(needed(result, DEPENDENCIES)).not.toEqual([])
  expect(ran(result, DEPENDENCIES)).toEqual([])
  expect([...ran(result, "npm ci"), ...ran(result, "npm run")]).toEqual([])
})

test("a new tag builds and installs anew, with the same dependencies", async () => {
  const result = await release(tag(1))
  expect(ran(result, "build.py")).not.toEqual([])
  expect(ran(result, DEPENDENCIES)).toEqual([])
  expect(ran(result, "pytest")).toEqual([])
  expect([...ran(result, "npm ci"), ...ran(result, "npm run")]).toEqual([])
})
