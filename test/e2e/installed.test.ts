import { rmSync } from "node:fs"
import { join } from "node:path"

import { beforeAll, describe, expect, test } from "vitest"

import { dagger } from "./helpers/dagger.js"
import { copyModule, exampleProject, onOnePython } from "./helpers/project.js"
import { commitAll } from "./helpers/tiny.js"

const AT = join(".dagger", "shipwheel")

describe("in somebody else's repository, with a clone of Shipwheel in it,", () => {
  describe("`dagger init --blueprint` makes of a project without code", () => {
    let project: string
    const inside = (...args: string[]) => dagger(args, { cwd: project })

    beforeAll(async () => {
      project = repositoryWithShipwheel()
      const init = await inside("init", `--blueprint=./${AT}`)
      expect(init.code).toBe(0)
      commitAll(project, "v1.2.0")
    })

    test("one that `dagger call release` releases", async () => {
      const { stdout } = await inside("call", "release", "--tag", "v1.2.0")
      expect(stdout).toMatch(
        /^# Rehearsal: quayside 1\.2\.0 \(`v1\.2\.0`\), nothing left the engine/,
      )
      expect(stdout).toMatch(/\| verify \| ✓ passed \|/)
    })

    test("one that passes `dagger check`", async () => {
      const checks = await inside("check")
      expect(checks.log).not.toContain("Error: ")
      expect(checks.code).toBe(0)
    })

    test("one whose gates Dagger lists twice, and once by their name", async () => {
      const list = async (...names: string[]) => {
        const { stdout } = await inside("check", "--list", ...names)
        return stdout.match(/^\S+:gates/gm)
      }
      expect(await list()).toHaveLength(2)
      expect(await list("shipwheel:gates")).toEqual(["shipwheel:gates"])
    })

    test("one whose preflight finds nothing wrong", async () => {
      const preflight = await inside("call", "preflight", "--tag", "v1.2.0")
      expect(preflight.stdout).toContain("v1.2.0 is ready to be released.")
    })
  })

  describe("`dagger toolchain install` adds to a module of the project", () => {
    let project: string
    const inside = (...args: string[]) => dagger(args, { cwd: project })

    beforeAll(async () => {
      project = repositoryWithShipwheel()
      await inside("init")
      const install = await inside("toolchain", "install", `./${AT}`)
      expect(install.code).toBe(0)
    })

    test("its functions, which `dagger functions` lists by its name", async () => {
      const functions = await inside("functions", "shipwheel")
      expect(functions.stdout).toMatch(/^release +Run the whole release/m)
      const args = ["call", "shipwheel", "plan", "--tag", "v1.2.0"]
      const { stdout } = await inside(...args)
      expect(stdout).toContain("# Plan: quayside 1.2.0")
    })

    test("its one check, once", async () => {
      const { stdout } = await inside("check", "--list")
      expect(stdout.match(/^\w+:\w+/gm)).toEqual(["shipwheel:gates"])
    })
  })
})

/** The example in a git repository of its own, with this Shipwheel, as it is now, below it. */
function repositoryWithShipwheel(): string {
  const project = exampleProject()
  rmSync(join(project, "dagger.json"))
  onOnePython(project)
  copyModule(join(project, AT))
  commitAll(project, "begun")
  return project
}
