import { spawn } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import {
  canRun,
  engine,
  engines,
  prepare,
  processes,
  remove,
  rootOf,
  run,
  runOf,
} from "./helpers/instance.js"

const ROOT = rootOf("lifecycle")
const RUN = runOf(ROOT)
const HELD = `${ROOT}/state/held`
const registries = () => processes("registry.mjs", ROOT)
const pid = () => Number(readFileSync(`${RUN}/pid`, "utf8").split(" ")[0])

/** What holds many caches takes minutes to go. */
const PATIENT = { timeout: 300_000 }

async function expectWorking() {
  // What an engine starts is, for an instant, a second one by its command line.
  await expect.poll(() => engines(ROOT)).toHaveLength(1)
  await expect.poll(registries).toHaveLength(1)
  const version = await run(ROOT, "dagger", ["--silent", "core", "version"])
  expect(version).toMatchObject({ code: 0 })
}

async function expectAnew() {
  const anew = await engine(ROOT, "up")
  expect(anew).toMatchObject({ code: 0 })
  expect(anew.stderr).toContain("begins with none")
  expect(existsSync(HELD)).toBe(false)
  await expectWorking()
  const lost = () => readdirSync(ROOT).filter((name) => /^lost/.test(name))
  await expect.poll(lost, PATIENT).toEqual([])
}

describe.runIf(canRun)("an engine", () => {
  beforeAll(async () => {
    await engine(ROOT, "down")
    prepare(ROOT)
  })

  afterAll(() => remove(ROOT))

  it("is one engine when two start it at once", async () => {
    const ups = await Promise.all([engine(ROOT, "up"), engine(ROOT, "up")])
    expect(ups.map(({ code }) => code)).toEqual([0, 0])
    await expectWorking()
  })

  it("is left alone by an up that finds it running", async () => {
    const before = pid()
    expect(await engine(ROOT, "up")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    })
    expect(pid()).toBe(before)
  })

  it("says what runs, and where", async () => {
    const { code, stdout } = await engine(ROOT, "status")
    expect(code).toBe(0)
    expect(stdout).toContain(`process ${pid()}, ${RUN}/engine.sock`)
    expect(stdout).toContain("python:3.9-slim")
    expect(stdout).toContain(`${ROOT}/logs`)
    expect(stdout).not.toContain("outdated")
  })

  it("prints an environment that reaches it", async () => {
    const { stdout } = await engine(ROOT, "env")
    expect(stdout).toContain(`RUNNER_HOST=unix://${RUN}/engine.sock`)
  })

  it.each([
    ["the engine", () => engines(ROOT)],
    ["their first process", () => [pid()]],
  ])("starts again after %s was killed", async (_what, victims) => {
    const before = pid()
    for (const victim of victims()) process.kill(victim, "SIGKILL")
    await expect
      .poll(() => engine(ROOT, "status"), PATIENT)
      .toMatchObject({ code: 3 })
    // It gives no answer before all of it is gone.
    await expect
      .poll(() => [...engines(ROOT), ...registries()], PATIENT)
      .toEqual([])
    expect(await engine(ROOT, "up")).toMatchObject({ code: 0 })
    expect(pid()).not.toBe(before)
    await expectWorking()
  })

  it("keeps what it holds over a down", async () => {
    writeFileSync(HELD, "")
    expect(await engine(ROOT, "down")).toMatchObject({ code: 0 })
    const kept = await engine(ROOT, "up")
    expect(kept.stderr).not.toContain("begins with none")
    expect(existsSync(HELD)).toBe(true)
  })

  it("begins anew after a kill, without removing first what the last one held", async () => {
    writeFileSync(HELD, "")
    for (const victim of engines(ROOT)) process.kill(victim, "SIGKILL")
    await expect
      .poll(() => [...engines(ROOT), ...registries()], PATIENT)
      .toEqual([])
    await expectAnew()
  })

  it("begins anew where somebody began to remove what the last one held", async () => {
    writeFileSync(HELD, "")
    expect(await engine(ROOT, "down")).toMatchObject({ code: 0 })
    rmSync(`${ROOT}/state/dagql-cache.db`)
    await expectAnew()
  })

  it("that gives no answer is not called running", async () => {
    for (const victim of engines(ROOT)) process.kill(victim, "SIGSTOP")
    const { code, stdout } = await engine(ROOT, "status")
    for (const victim of engines(ROOT)) process.kill(victim, "SIGCONT")
    expect(code).toBe(3)
    expect(stdout).toContain(`not answering: process ${pid()}`)
    expect(await engine(ROOT, "status")).toMatchObject({ code: 0 })
  })

  it("outlives its registry, which starts again by itself", async () => {
    const [before] = registries()
    process.kill(before ?? 0, "SIGKILL")
    await expect
      .poll(() => registries().filter((found) => found !== before), PATIENT)
      .toHaveLength(1)
    expect(await engine(ROOT, "up")).toMatchObject({ code: 0, stderr: "" })
    await expectWorking()
  })

  it("starts again when what it runs has changed", async () => {
    const before = pid()
    writeFileSync(`${RUN}/inputs`, "others")
    writeFileSync(`${RUN}/runs`, "others")
    expect((await engine(ROOT, "status")).stdout).toContain("outdated")
    expect(await engine(ROOT, "up")).toMatchObject({ code: 0 })
    expect(pid()).not.toBe(before)
    await expect.poll(() => engines(ROOT)).toHaveLength(1)
  })

  it("is gone after down", async () => {
    expect(await engine(ROOT, "down")).toMatchObject({ code: 0 })
    expect([...engines(ROOT), ...registries()]).toEqual([])
    expect(existsSync(`${RUN}/engine.sock`)).toBe(false)
    const { code, stdout } = await engine(ROOT, "status")
    expect(code).toBe(3)
    expect(stdout).toContain("not running")
  })

  it("does not take another process for itself", async () => {
    const other = spawn("sleep", ["60"], { stdio: "ignore" })
    mkdirSync(RUN, { recursive: true })
    writeFileSync(`${RUN}/pid`, `${other.pid ?? 0} 1\n`)
    expect(await engine(ROOT, "status")).toMatchObject({ code: 3 })
    expect(await engine(ROOT, "down")).toMatchObject({ code: 0 })
    expect(other.exitCode ?? other.signalCode).toBeNull()
    other.kill()
  })
})
