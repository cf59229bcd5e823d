import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import {
  canRun,
  engine,
  engines,
  prepare,
  processes,
  remove,
  ROOT,
  RUN,
  run,
} from "./helpers/instance.js"

const registries = () => processes("registry.mjs", ROOT)
const pid = () => Number(readFileSync(`${RUN}/pid`, "utf8").split(" ")[0])

const PATIENT = { timeout: 30_000 }

async function expectWorking() {
  expect(engines()).toHaveLength(1)
  expect(registries()).toHaveLength(1)
  const version = await run("dagger", ["--silent", "core", "version"])
  expect(version).toMatchObject({ code: 0 })
}

describe.runIf(canRun)("an engine", () => {
  beforeAll(async () => {
    await engine("down")
    prepare()
  })

  afterAll(() => remove())

  it("is one engine when two start it at once", async () => {
    const ups = await Promise.all([engine("up"), engine("up")])
    expect(ups.map(({ code }) => code)).toEqual([0, 0])
    await expectWorking()
  })

  it("is left alone by an up that finds it running", async () => {
    const before = pid()
    expect(await engine("up")).toEqual({ code: 0, stdout: "", stderr: "" })
    expect(pid()).toBe(before)
  })

  it("says what runs, and where", async () => {
    const { code, stdout } = await engine("status")
    expect(code).toBe(0)
    expect(stdout).toContain(`process ${pid()}, ${RUN}/engine.sock`)
    expect(stdout).toContain("python:3.9-slim")
    expect(stdout).toContain(`${ROOT}/logs`)
    expect(stdout).not.toContain("outdated")
  })

  it("prints an environment that reaches it", async () => {
    const { stdout } = await engine("env")
    expect(stdout).toContain(`RUNNER_HOST=unix://${RUN}/engine.sock`)
  })

  it.each([
    ["the engine", engines],
    ["their first process", () => [pid()]],
  ])("starts again after %s was killed", async (_what, victims) => {
    const before = pid()
    for (const victim of victims()) process.kill(victim, "SIGKILL")
    await expect
      .poll(() => engine("status"), PATIENT)
      .toMatchObject({ code: 3 })
    expect([...engines(), ...registries()]).toEqual([])
    expect(await engine("up")).toMatchObject({ code: 0 })
    expect(pid()).not.toBe(before)
    await expectWorking()
  })

  it("outlives its registry, which starts again by itself", async () => {
    const [before] = registries()
    process.kill(before ?? 0, "SIGKILL")
    await expect
      .poll(() => registries().filter((found) => found !== before), PATIENT)
      .toHaveLength(1)
    expect(await engine("up")).toMatchObject({ code: 0, stderr: "" })
    await expectWorking()
  })

  it("starts again when what it runs has changed", async () => {
    const before = pid()
    writeFileSync(`${RUN}/inputs`, "others")
    writeFileSync(`${RUN}/runs`, "others")
    expect((await engine("status")).stdout).toContain("outdated")
    expect(await engine("up")).toMatchObject({ code: 0 })
    expect(pid()).not.toBe(before)
    expect(engines()).toHaveLength(1)
  })

  it("is gone after down", async () => {
    expect(await engine("down")).toMatchObject({ code: 0 })
    expect([...engines(), ...registries()]).toEqual([])
    expect(existsSync(`${RUN}/engine.sock`)).toBe(false)
    const { code, stdout } = await engine("status")
    expect(code).toBe(3)
    expect(stdout).toContain("not running")
  })

  it("does not take another process for itself", async () => {
    const other = spawn("sleep", ["60"], { stdio: "ignore" })
    mkdirSync(RUN, { recursive: true })
    writeFileSync(`${RUN}/pid`, `${other.pid ?? 0} 1\n`)
    expect(await engine("status")).toMatchObject({ code: 3 })
    expect(await engine("down")).toMatchObject({ code: 0 })
    expect(other.exitCode ?? other.signalCode).toBeNull()
    other.kill()
  })
})
