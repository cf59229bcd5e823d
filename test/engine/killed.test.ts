import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { boatProject } from "../e2e/helpers/boat.js"
import { ROOT as MODULE } from "../e2e/helpers/dagger.js"
import {
  type FaultyIndex,
  IndexServer,
  TOKEN,
} from "../e2e/helpers/faulty-index.js"
import {
  canRun,
  engine,
  engines,
  type Outcome,
  prepare,
  processes,
  remove,
  rootOf,
  run,
} from "./helpers/instance.js"

const ROOT = rootOf("killed")
const WHEEL = "tinyboat-1.0.0-py3-none-any.whl"
const SDIST = "tinyboat-1.0.0.tar.gz"

let server: IndexServer
let index: FaultyIndex
let folder: string
let project: string

/** The command that a user types, and types again. */
function publish(): Promise<Outcome> {
  return run(ROOT, "dagger", [
    ...["--progress", "plain", "--mod", MODULE, "call", "--source", project],
    ...["--index-service", `tcp://127.0.0.1:${server.port}`],
    ...["index", "--name", index.uploadUrl],
    ...["--password", `file://${join(folder, "password")}`],
    ...["publish", "--tag", "v1.0.0"],
  ])
}

describe.runIf(canRun)("an engine that is killed between two uploads", () => {
  beforeAll(async () => {
    await remove(ROOT)
    prepare(ROOT)
    server = await IndexServer.start()
    index = server.add("killed", { uploads: ["none", "cut"] })
    project = boatProject("index-wait = 60\n")
    folder = mkdtempSync(join(tmpdir(), "shipwheel-killed-"))
    writeFileSync(join(folder, "password"), TOKEN)
  })

  afterAll(async () => {
    server.stop()
    await remove(ROOT)
    rmSync(folder, { recursive: true })
    rmSync(project, { recursive: true })
  })

  it("leaves the first file on the index, and is brought up by the same command, which uploads the other", async () => {
    await killBetweenUploads()
    expect([index.posts, index.stored]).toEqual([2, [WHEEL]])
    const { code, stderr, stdout } = await publish()
    expect(stderr).not.toContain("Error:")
    expect(code).toBe(0)
    expect(stdout).toContain(
      `uploaded \`${SDIST}\`; kept \`${WHEEL}\` (there already, same hash)`,
    )
    expect(index.stored).toEqual([WHEEL, SDIST])
    expect(Object.keys(index.holds).sort()).toEqual([WHEEL, SDIST].sort())
    expect((await engine(ROOT, "status")).code).toBe(0)
  })

  async function killBetweenUploads(): Promise<void> {
    const killed = new Promise<void>((resolve) => {
      index.onUpload = (count) => {
        if (count !== 2) return
        for (const victim of engines(ROOT)) process.kill(victim, "SIGKILL")
        resolve()
      }
    })
    const command = publish()
    await Promise.race([killed, command])
    await expect
      .poll(() => engine(ROOT, "status"), { timeout: 300_000 })
      .toMatchObject({ code: 3 })
    // The CLI goes on waiting for its engine, as long as somebody lets it.
    for (const cli of processes(`${ROOT}/bin/dagger`, index.uploadUrl))
      process.kill(cli, "SIGKILL")
    const { stderr, stdout } = await command
    expect(stderr).toContain("upload.py")
    expect(stdout).toBe("")
  }
})
