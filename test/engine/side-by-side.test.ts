import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import {
  canRun,
  engine,
  prepare,
  remove,
  rootOf,
  run,
  runOf,
} from "./helpers/instance.js"

/** What the names of two of them give is the same number. */
const [MAST, SPAR, ROPE, DECK, HULL] = [
  "mast",
  "spar",
  "rope",
  "deck",
  "hull",
].map(rootOf) as [string, string, string, string, string]
const ROOTS = [MAST, SPAR, ROPE, DECK, HULL]

const machine = createServer(({ socket }, response) => {
  response.end(socket.remoteAddress?.replace("::ffff:", ""))
})

interface Network {
  readonly link: string
  readonly subnet: string
}

async function networkOf(root: string): Promise<Network> {
  const { stdout } = await engine(root, "status")
  const [, link = "", subnet = ""] =
    /^network: (\S+), ([\d.]+)\.0\/30$/m.exec(stdout) ?? []
  return { link, subnet }
}

/** The address that the machine sees when an engine asks it for something. */
async function seenFrom(root: string): Promise<string> {
  const { subnet } = await networkOf(root)
  const { port } = machine.address() as AddressInfo
  // Answers are kept by their address: this one is another each time.
  const url = `http://${subnet}.1:${port}/${Math.random()}`
  const args = ["--silent", "core", "http", "--url", url, "contents"]
  return (await run(root, "dagger", args)).stdout
}

async function expectToReachTheMachine(root: string): Promise<void> {
  const { subnet } = await networkOf(root)
  expect(await seenFrom(root)).toBe(`${subnet}.2`)
}

const pid = (root: string) => readFileSync(`${runOf(root)}/pid`, "utf8")

describe.runIf(canRun)("five engines on one machine", () => {
  beforeAll(async () => {
    machine.listen(0)
    for (const root of ROOTS) {
      await remove(root)
      prepare(root)
    }
    const ups = await Promise.all(ROOTS.map((root) => engine(root, "up")))
    expect(ups.map(({ code }) => code)).toEqual(ROOTS.map(() => 0))
  })

  afterAll(async () => {
    machine.close()
    await Promise.all(ROOTS.map((root) => remove(root)))
  })

  it("have a link and a network each, also where two names give one number", async () => {
    const networks = await Promise.all(ROOTS.map(networkOf))
    const links = networks.map(({ link }) => link)
    expect(links).not.toContain("")
    expect(new Set(links).size).toBe(ROOTS.length)
  })

  it("reach the machine, each from its own address", async () => {
    for (const root of ROOTS) await expectToReachTheMachine(root)
  })

  it("say how much they hold, and how much they may", async () => {
    const { stdout } = await engine(MAST, "status")
    expect(stdout).toMatch(
      /^caches: +[\d.]+ GB used in \d+ entries, of up to [1-9][\d.]* GB; the disk has [1-9][\d.]* GB free/m,
    )
  })

  it("go on when the one that had their number is stopped", async () => {
    expect(await engine(SPAR, "down")).toMatchObject({ code: 0 })
    await expectToReachTheMachine(ROPE)
    await expectToReachTheMachine(DECK)
  })

  it("leave a number alone that another has taken since", async () => {
    const before = await networkOf(ROPE)
    expect(await engine(SPAR, "up")).toMatchObject({ code: 0 })
    expect((await networkOf(SPAR)).link).not.toBe(before.link)
    expect(await networkOf(ROPE)).toEqual(before)
    await expectToReachTheMachine(SPAR)
  })

  it("say when their link is gone, and are joined again by the next call without a restart", async () => {
    const before = pid(DECK)
    execFileSync("ip", ["link", "delete", (await networkOf(DECK)).link])
    const gone = await engine(DECK, "status")
    expect(gone.code).toBe(3)
    expect(gone.stdout).toContain("network: gone")

    const call = await run(DECK, "dagger", ["--silent", "core", "version"])
    expect(call.stderr).toContain("somebody removed its link")
    expect(pid(DECK)).toBe(before)
    expect(await engine(DECK, "status")).toMatchObject({ code: 0 })
    await expectToReachTheMachine(DECK)
  })

  it("leave nothing behind", async () => {
    const { link, subnet } = await networkOf(HULL)
    expect(await engine(HULL, "down")).toMatchObject({ code: 0 })
    const rules = execFileSync("iptables-save", { encoding: "utf8" })
    const links = execFileSync("ip", ["-brief", "link"], { encoding: "utf8" })
    const names = execFileSync("ip", ["netns"], { encoding: "utf8" })
    expect(rules).not.toContain(`${subnet}.2`)
    expect(links).not.toContain(`${link}@`)
    expect(names.split(/\s/)).not.toContain(link)
  })
})
