import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs"
import { basename, dirname, join } from "node:path"

import { describe, expect, it } from "vitest"

import { writeWheel } from "../helpers/install-script.js"
import { ScriptGuest } from "../helpers/script-guest.js"

/** Root may write everywhere, unless it gives that up. */
const AS_OWNER =
  process.getuid?.() === 0
    ? "exec setpriv --bounding-set=-dac_override sh"
    : "exec sh"

describe("install.sh installs into, runs from and removes", () => {
  it.for([
    " two words ",
    `it's "quoted"`,
    "back\\slash\\n",
    "$HOME `id` $(id);&",
    "-rf glob*[a-z]?",
    "ünïcode 港",
  ])("a home called %j", (name) => {
    const guest = new ScriptGuest(name)
    const script = guest.release()
    const made = guest.run(
      'sh "$1" && sh "$1" && "$2/quayside"',
      script,
      guest.bin,
    )
    expect(made).toMatchObject({ code: 0, stderr: "" })
    expect(made.stdout).toContain("is installed already")
    expect(made.stdout).toMatch(/\nquayside 1\.2\.0\n$/)
    expect(guest.install(script, "--uninstall").code).toBe(0)
    expect(guest.left()).toEqual([])
  })

  it("a release in a folder, by way of a working folder, whose names have signs of their own to uv", () => {
    const guest = new ScriptGuest()
    const script = guest.release({ requirements: ["crane"] })
    const odd = join(guest.home, "x,y#; ${HOME}")
    mkdirSync(odd)
    writeWheel(odd, { name: "crane", version: "1.0" })
    cpSync(dirname(script), odd, { recursive: true })
    const visit = guest.runWith(
      { TMPDIR: odd },
      'sh "$1" --offline',
      `${odd}/install.sh`,
    )
    expect(visit).toMatchObject({ code: 0, stderr: "" })
  })

  it("one place, by whatever way it is named", () => {
    const guest = new ScriptGuest()
    mkdirSync(join(guest.home, "deep"))
    symlinkSync("x", join(guest.home, "link"))
    const script = guest.release()
    const first = guest.install(script, "--prefix", "x")
    expect(first.stdout).not.toContain("already")
    for (const prefix of [
      "x//",
      "./deep/../x/.",
      "link/",
      join(guest.home, "x/"),
    ]) {
      const visit = guest.install(script, `--prefix=${prefix}`)
      expect(visit).toMatchObject({ code: 0, stderr: "" })
      expect(visit.stdout).toContain(
        `is installed already, in ${guest.home}/x/share/quayside/install/${basename(guest.environment(script))}\n`,
      )
    }
    expect(guest.install(script, "--prefix", "x/", "--uninstall").code).toBe(0)
    expect(guest.left()).toEqual(["link"])
  })

  it("a folder for data of its own, which XDG_DATA_HOME names", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    const data = { XDG_DATA_HOME: join(guest.home, "data/") }
    const visit = guest.runWith(data, 'sh "$1"', script)
    expect(visit.code).toBe(0)
    expect(readdirSync(join(guest.home, "data/quayside/install"))).toContain(
      basename(guest.environment(script)),
    )
    expect(guest.runWith(data, 'sh "$1" --uninstall', script).code).toBe(0)
    expect(guest.left()).toEqual([])
  })
})

describe("install.sh installs nothing, with the reason, the next step and an exit code,", () => {
  it.for([
    ["without a HOME", { HOME: undefined }, "HOME is not set"],
    ["with an empty HOME", { HOME: "" }, "HOME is not set"],
    ["with a relative HOME", { HOME: "here" }, "HOME=here is no absolute path"],
    [
      "with a HOME that is not there",
      { HOME: "/nonexistent" },
      "HOME=/nonexistent is no folder",
    ],
    [
      "with a relative XDG_DATA_HOME",
      { XDG_DATA_HOME: "data" },
      "XDG_DATA_HOME=data is no absolute path",
    ],
    [
      "with an XDG_DATA_HOME of several lines",
      { XDG_DATA_HOME: "/tmp/a\nb" },
      "A path with a line break is no place for it",
    ],
    [
      "with an XDG_DATA_HOME where nothing can be made",
      { XDG_DATA_HOME: "/proc/quayside" },
      "/proc/quayside/quayside/install can't be made",
    ],
    [
      "without a folder for temporary files",
      { TMPDIR: "/proc" },
      "No folder for temporary files can be made",
    ],
  ] as const)("%s", ([, changes, told]) => {
    const guest = new ScriptGuest()
    const script = guest.release()
    for (const option of told.startsWith("No folder")
      ? [""]
      : ["", "--uninstall"]) {
      const visit = guest.runWith(changes, `sh "$1" ${option}`, script)
      const idle = option !== "" && told.includes("can't be made")
      expect(visit.code).toBe(idle ? 0 : 1)
      if (!idle) expect(visit.stderr).toContain(told)
      if (!idle) expect(visit.stderr).toMatch(/--prefix|Set TMPDIR|line break/)
      expect(guest.left()).toEqual([])
    }
  })

  it.for([
    ["/proc/quayside", "can't be made"],
    ["file", "can't be made"],
    ["gone/../x", "leads through a folder that is not there"],
    ["a\nb", "A path with a line break"],
    ["a:b", "has a colon in it"],
    ["a\tb", "has a tab in it"],
  ] as const)("into a prefix %j", ([prefix, told]) => {
    const guest = new ScriptGuest()
    guest.write("file")
    const visit = guest.install(guest.release(), "--prefix", prefix)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(told)
    expect(guest.left()).toEqual(["file"])
  })

  it("in a home that its owner may not write", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    chmodSync(guest.home, 0o555)
    const visit = guest.run(`${AS_OWNER} "$1"`, script)
    chmodSync(guest.home, 0o755)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      `${guest.bin} can't be made, so nothing was installed: ${guest.home} is no folder that can be written`,
    )
    expect(guest.left()).toEqual([])
  })

  it("nor is it removed from there, and the words are of that", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    expect(guest.run(`${AS_OWNER} "$1"`, script).code).toBe(0)
    chmodSync(guest.app, 0o555)
    const visit = guest.run(`${AS_OWNER} "$1" --uninstall`, script)
    chmodSync(guest.app, 0o755)
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain("so nothing was removed. Run this as")
  })

  it("where the folder for commands can't be made", () => {
    const guest = new ScriptGuest()
    guest.write(".local/bin", "a file")
    const visit = guest.install(guest.release())
    expect(visit.code).toBe(1)
    expect(visit.stderr).toMatch(
      /\.local\/bin can't be made, so nothing was installed: .*--prefix FOLDER/,
    )
    expect(guest.left()).toEqual([".local/bin"])
  })

  it("where the folder for commands is a link that leads nowhere", () => {
    const guest = new ScriptGuest()
    mkdirSync(join(guest.home, ".local"))
    symlinkSync("/nowhere/bin", guest.bin)
    const visit = guest.install(guest.release())
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      `${guest.bin} can't be made, so nothing was installed: ${guest.bin} is a link to /nowhere/bin, which is not there.`,
    )
    expect(guest.left()).toEqual([".local/bin"])
  })

  it("where its own folder would have the name of its command", () => {
    const guest = new ScriptGuest()
    const visit = guest.runWith(
      { XDG_DATA_HOME: guest.bin },
      'sh "$1"',
      guest.release(),
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toContain(
      `${guest.bin}/quayside would be a command and the folder of quayside at once`,
    )
    expect(guest.left()).toEqual([])
  })

  it("below a folder that is not there any more", () => {
    const guest = new ScriptGuest()
    const visit = guest.run(
      'mkdir gone && cd gone && rmdir "$PWD" && sh "$1" --prefix rel',
      guest.release(),
    )
    expect(visit.code).toBe(1)
    expect(visit.stderr).toMatch(
      /that folder is not there any more. Write the whole path/,
    )
    expect(guest.left()).toEqual([])
  })
})
