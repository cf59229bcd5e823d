import { rmSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { dagger, type Result } from "./helpers/dagger.js"
import {
  copyModule,
  edit,
  exampleProject,
  onOnePython,
} from "./helpers/project.js"
import { commitAll } from "./helpers/tiny.js"

const AT = join(".dagger", "shipwheel")
const REHEARSAL =
  /^# Rehearsal: quayside 1\.2\.0 \(`v1\.2\.0`\), nothing left the engine/

/** This module, told to run as on the official SDK: from its sources, with their types read at each call. */
function moduleFromSources(to: string): void {
  copyModule(to)
  edit(to, "dagger.json", (text) => {
    const settings = JSON.parse(text) as { sdk: object }
    const sdk = { ...settings.sdk, config: { compile: false } }
    return JSON.stringify({ ...settings, sdk })
  })
}

function passed({ code, log, stdout }: Result): string {
  expect(log).not.toContain("\nError: ")
  expect(code).toBe(0)
  return stdout
}

describe("run from its sources, as on the official SDK, the module", () => {
  let project: string
  const inside = (...args: string[]) => dagger(args, { cwd: project })
  const run = (...args: string[]) => inside("--mod", `./${AT}`, ...args)
  const call = (...args: string[]) => run("call", "--source", ".", ...args)

  beforeAll(async () => {
    project = exampleProject()
    rmSync(join(project, "dagger.json"))
    onOnePython(project)
    moduleFromSources(join(project, AT))
    commitAll(project, "begun")
    passed(await inside("init", `--blueprint=./${AT}`))
    commitAll(project, "v1.2.0")
  })

  test("lists its functions", async () => {
    const functions = passed(await run("functions"))
    expect(functions).toMatch(/^release +Run the whole release of a tag/m)
    expect(functions).toMatch(/^stamp +Propose the edits/m)
  })

  test("explains a function", async () => {
    const help = passed(await run("call", "release", "--help"))
    expect(help).toContain("Run the whole release of a tag")
    expect(help).toMatch(/--test-pypi-token env:/)
  })

  test("lists one check, of all gates in one process", async () => {
    const checks = passed(await run("check", "-l"))
    expect(checks.match(/^\w+:\w+/gm)).toEqual(["shipwheel:gates"])
  })

  test("says where a ref leads", async () => {
    const ref = ["--ref", "refs/tags/v1.2.0"]
    const told = passed(await call("environment", ...ref))
    expect(told).toContain("Production")
    expect(told).toContain("- Version: `1.2.0`")
  })

  test("plans a release, for people and for machines", async () => {
    const plan = ["plan", "--tag", "v1.2.0"]
    const told = passed(await call(...plan))
    expect(told).toContain("# Plan: quayside 1.2.0")
    const json = passed(await call("--format", "JSON", ...plan))
    expect(JSON.parse(json)).toMatchObject({
      version: { tag: "v1.2.0", environment: "production" },
    })
  })

  test("proposes the edits of a version", async () => {
    const stamp = ["stamp", "--tag", "v1.3.0", "as-patch", "contents"]
    const patch = passed(await call(...stamp))
    expect(patch).toContain('+__version__ = "1.3.0"')
  })

  test("tests on one Python", async () => {
    const leg = passed(await call("python", "--version", "3.12", "test"))
    expect(leg).toBe("30 passed on Python 3.12")
  })

  test("refuses with the exit code 1 and its own words", async () => {
    const refused = await call("release", "--tag", "v1.2.0+build.7")
    expect(refused.code).toBe(1)
    expect(refused.log).toContain("`v1.2.0+build.7` is no release tag")
  })

  test("releases the example", async () => {
    const report = passed(await call("release", "--tag", "v1.2.0"))
    expect(report).toMatch(REHEARSAL)
    expect(report).toMatch(/\| verify \| ✓ passed \|/)
  })

  test("releases it as the blueprint of the project, too", async () => {
    const release = ["release", "--tag", "v1.2.0"]
    const report = passed(await inside("call", ...release))
    expect(report).toMatch(REHEARSAL)
    expect(report).toMatch(/\| verify \| ✓ passed \|/)
  })
})
