import { execFileSync } from "node:child_process"
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { basename, join } from "node:path"

import { describe, expect, it, test } from "vitest"

import { PATH, ScriptGuest } from "../helpers/script-guest.js"

const RECORD = ".local/share/quayside/install/written-by-install.txt"
const HEADER =
  "# Written by the install script of quayside, which removes what is named here, and nothing else."

describe("install.sh leaves alone what is not its own:", () => {
  const FOREIGN = [
    ".local/share/quayside/data",
    ".local/share/quayside/install/notes.txt",
    ".local/share/quayside/install/0.9.0/bin/quayside",
    ".local/bin/other",
  ]

  it("files beside and below its folder, when it installs, is run again, is replaced and is removed", () => {
    const guest = new ScriptGuest()
    FOREIGN.forEach((path) => guest.write(path))
    const [first, next] = [guest.release(), guest.release({ version: "1.3.0" })]
    const visits = [
      guest.install(first),
      guest.install(first),
      guest.install(next),
      guest.install(next, "--uninstall"),
    ]
    expect(visits.map(({ code, stderr }) => [code, stderr])).toEqual(
      visits.map(() => [0, ""]),
    )
    expect(visits[3]?.stdout).toContain("What is not from this script is left")
    expect(guest.left()).toEqual([...FOREIGN].sort())
  })

  it("everything, when it is asked to uninstall what it never installed", () => {
    const guest = new ScriptGuest()
    FOREIGN.forEach((path) => guest.write(path))
    const visit = guest.install(guest.release(), "--uninstall")
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      "is not from this script, so nothing was removed",
    )
    expect(guest.left()).toEqual([...FOREIGN].sort())
  })

  it.for([
    ".local/share/quayside/install/ITS/data",
    ".local/bin/quayside",
    RECORD,
    `${RECORD}.new`,
  ])("what is in its place at %s", (place) => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const path = place.replace("ITS", basename(guest.environment(script)))
    guest.write(path)
    const visit = guest.install(script)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toMatch(/not from this script.*(Remove|Move)/)
    expect(readFileSync(join(guest.home, path), "utf8")).toBe("theirs")
    expect(
      guest.left().filter((each) => !each.includes("install/1.2.0")),
    ).toEqual(path.includes("install/1.2.0") ? [] : [path])
  })

  it("what a forged record names", () => {
    const guest = new ScriptGuest()
    const theirs = ["keep/file", ".local/share/other/file", ".local/bin/tool"]
    theirs.forEach((path) => guest.write(path))
    const outside = join(guest.home, ".local/bin/link")
    symlinkSync("/bin/sh", outside)
    const lines = [
      HEADER,
      "environment ../../../../keep",
      "environment ../../other",
      "environment ..",
      "environment .",
      "environment /",
      "environment ",
      `command ${join(guest.home, "keep/file")}`,
      `command ${join(guest.home, ".local/bin/tool")}`,
      `command ${outside}`,
    ]
    guest.write(RECORD, `${lines.join("\n")}\n`)
    const visit = guest.install(guest.release(), "--uninstall")
    expect(visit.code).toBe(0)
    expect(guest.left()).toEqual([...theirs, ".local/bin/link"].sort())
  })

  it("a link of that name out of its folder, whatever a forged record says", () => {
    const guest = new ScriptGuest()
    guest.write("mine/bin/ls")
    guest.write(".local/bin/other")
    const link = join(guest.bin, "ls")
    const app = join(guest.home, ".local/share/quayside/install")
    symlinkSync(`${app}/../../../../mine/bin/ls`, link)
    guest.write(RECORD, `${HEADER}\ncommand ${link}\n`)
    expect(guest.install(guest.release(), "--uninstall").code).toBe(0)
    expect(guest.left()).toContain(".local/bin/ls")
  })

  it("a file or link that has taken the place of its command", () => {
    for (const take of [
      (path: string) => {
        writeFileSync(path, "mine")
      },
      (path: string) => {
        symlinkSync("/bin/sh", path)
      },
    ]) {
      const guest = new ScriptGuest()
      const script = guest.release()
      guest.install(script)
      const command = join(guest.bin, "quayside")
      rmSync(command)
      take(command)
      const again = guest.install(script)
      expect(again.code).toBe(1)
      expect(again.stderr).toContain(`${command} is there already`)
      expect(guest.install(script, "--uninstall").code).toBe(0)
      expect(guest.left()).toEqual([".local/bin/quayside"])
    }
  })
})

it("install.sh names what stands where it would make a command first, before it fetches anything", () => {
  const guest = new ScriptGuest()
  const script = guest.release()
  const beside = ".local/bin/.quayside.new"
  guest.write(beside)
  const visit = guest.install(script)
  expect(visit.code).toBe(1)
  expect(visit.stderr).toContain(
    `${join(guest.home, beside)} is there already, and not from this script, which makes a command by that name first. Remove it`,
  )
  expect(guest.left()).toEqual([beside])
})

describe("install.sh writes and removes nothing through a link", () => {
  const LINKS = [
    ".local/share/quayside",
    ".local/share/quayside/install",
    ".local/share/quayside/install/ITS",
    RECORD,
    `${RECORD}.new`,
  ]

  it.for(LINKS)("at %s, which it finds", (place) => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const path = place.replace("ITS", basename(guest.environment(script)))
    const target = guest.write("precious/file")
    mkdirSync(join(guest.home, path, ".."), { recursive: true })
    symlinkSync(
      path.startsWith(RECORD) ? target : join(guest.home, "precious"),
      join(guest.home, path),
    )
    for (const args of [[], ["--uninstall"]]) {
      const visit = guest.install(script, ...args)
      expect(visit.code).toBe(1)
      expect(visit.stderr).toMatch(/is a link, and nothing behind a link is/)
      expect(readFileSync(target, "utf8")).toBe("theirs")
      expect(lstatSync(join(guest.home, path)).isSymbolicLink()).toBe(true)
      expect(guest.left()).not.toContain(".local/bin/quayside")
    }
  })

  it.for(["lock", "lock.heir"])("at %s, and calls it no process", (name) => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const target = guest.write("precious/file")
    if (name !== "lock") symlinkSync("4194305", join(guest.app, "lock"))
    symlinkSync("../../../../precious", join(guest.app, name))
    for (const args of [[], ["--uninstall"]]) {
      const visit = guest.install(script, ...args)
      expect(visit.code).toBe(1)
      expect(visit.stderr).toContain(join(guest.app, name))
    }
    expect(guest.left(join(target, ".."))).toEqual(["file"])
    expect(lstatSync(join(guest.app, name)).isSymbolicLink()).toBe(true)
  })

  it("at a lock that leads nowhere", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const lock = join(guest.app, "lock")
    symlinkSync("../gone", lock)
    expect(guest.install(script).code).toBe(1)
    expect(lstatSync(lock).isSymbolicLink()).toBe(true)
  })

  it("that has taken the place of an older version", () => {
    const guest = new ScriptGuest()
    const first = guest.release()
    guest.install(first)
    const target = guest.write("precious/file")
    const older = guest.environment(first)
    rmSync(older, { recursive: true })
    symlinkSync(join(guest.home, "precious"), older)
    const next = guest.release({ version: "1.3.0" })
    for (const args of [[], ["--uninstall"]]) {
      const visit = guest.install(next, ...args)
      expect(visit.code).toBe(1)
      expect(visit.stderr).toContain(`${older} is a link`)
    }
    expect(readFileSync(target, "utf8")).toBe("theirs")
    expect(lstatSync(older).isSymbolicLink()).toBe(true)
  })

  it("inside its environment", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const target = guest.write("precious/file")
    symlinkSync(
      join(guest.home, "precious"),
      join(guest.environment(script), "lib/linked"),
    )
    expect(guest.install(script, "--uninstall").code).toBe(0)
    expect(existsSync(guest.app)).toBe(false)
    expect(readFileSync(target, "utf8")).toBe("theirs")
  })
})

test("a folder for commands or for data that is a link is followed to where it leads", () => {
  const guest = new ScriptGuest()
  for (const folder of [".local/bin", ".local/share"]) {
    const real = join(guest.home, "disk", folder)
    mkdirSync(real, { recursive: true })
    mkdirSync(join(guest.home, ".local"), { recursive: true })
    symlinkSync(real, join(guest.home, folder))
  }
  const script = guest.release()
  const visit = guest.runWith(
    { PATH: `${guest.bin}:${PATH}` },
    'sh "$1" && quayside',
    script,
  )
  expect(visit.stderr).toBe("")
  expect(visit.stdout).toContain("quayside 1.2.0\n")
  expect(visit.stdout).not.toContain("is not on PATH")
  expect(guest.install(script, "--uninstall").code).toBe(0)
  expect(guest.left().filter((path) => !/^\.local\/\w+$/.test(path))).toEqual(
    [],
  )
})

test("a record that a killed run left empty is mended, and goes with the rest", () => {
  const guest = new ScriptGuest()
  const script = guest.release()
  for (const path of [RECORD, `${RECORD}.new`]) guest.write(path, "")
  expect(guest.install(script)).toMatchObject({ code: 0, stderr: "" })
  guest.write(`${RECORD}.new`, "")
  expect(guest.install(script, "--uninstall").code).toBe(0)
  expect(guest.left()).toEqual([])
})

test("what it wrote is named in one file, by its header and a line for each thing", () => {
  const guest = new ScriptGuest()
  const script = guest.release()
  guest.install(script)
  const environment = `environment ${basename(guest.environment(script))}`
  expect(readFileSync(join(guest.home, RECORD), "utf8")).toBe(
    [HEADER, environment, `command ${guest.bin}/quayside`, ""].join("\n"),
  )
  expect(execFileSync(join(guest.bin, "quayside")).toString()).toBe(
    "quayside 1.2.0\n",
  )
})
