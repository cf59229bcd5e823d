import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, expect, test } from "vitest"

import { boatProject } from "./helpers/boat.js"
import { call, ROOT } from "./helpers/dagger.js"
import { Mirror } from "./helpers/mirror.js"

/** A package without dependencies of its own, as the example locks it. */
const LOCKED = "node_modules/client-only"

let mirror: Mirror
let project: string

beforeAll(async () => {
  mirror = await Mirror.start()
  project = boatProject(
    [
      `mirrors = { index = "${mirror.url}/simple/", npm = "${mirror.url}/" }`,
      'frontend = { path = "web", output = "out", destination = "src/tinyboat/web" }',
      "",
    ].join("\n"),
  )
  addFrontend(project)
})
afterAll(() => {
  mirror.stop()
})

function addFrontend(folder: string): void {
  const lock = JSON.parse(
    readFileSync(
      join(ROOT, "dagger/examples/quayside/frontend/package-lock.json"),
      "utf8",
    ),
  ) as { packages: Record<string, { version: string }> }
  const locked = lock.packages[LOCKED]
  const manifest = {
    name: "sail",
    version: "1.0.0",
    scripts: { build: "mkdir out && cp node_modules/client-only/*.js out/" },
    dependencies: { "client-only": locked?.version },
  }
  const packages = { "": manifest, [LOCKED]: locked }
  mkdirSync(join(folder, "web"))
  const write = (name: string, value: object) => {
    writeFileSync(join(folder, "web", name), JSON.stringify(value))
  }
  write("package.json", manifest)
  write("package-lock.json", { ...manifest, lockfileVersion: 3, packages })
}

test("a mirror of the index gives tools, dependencies and what builds the package", async () => {
  const { code, log, stdout } = await call(project, ["test"])
  expect(log).not.toContain("Error:")
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("imports `tinyboat`"),
  ])
  expect(mirror.asked).toContain("/simple/uv/")
  expect(mirror.asked).toContain("/simple/six/")
  expect(mirror.asked).toContain("/simple/flit-core/")
})

test("a mirror of npm's registry gives the frontend's dependencies", async () => {
  const { code, log } = await call(project, ["frontend", "entries"])
  expect(log).not.toContain("Error:")
  expect(code).toBe(0)
  expect(mirror.asked).toContain("/client-only")
})

test("a mirror of the images is asked for them, and named when it has none", async () => {
  const elsewhere = boatProject(
    'mirrors = { images = "registry.invalid/mirror" }\n',
  )
  const { code, log } = await call(elsewhere, ["preflight", "--tag", "v1.0.0"])
  expect(code).not.toBe(0)
  expect(log).toContain(
    "configuration: the image `registry.invalid/mirror/python:3.12-slim` can't be had:",
  )
})
