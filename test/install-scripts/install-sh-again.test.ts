import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"

import { describe, expect, it } from "vitest"

import { ScriptGuest } from "../helpers/script-guest.js"

const RECORD = "written-by-install.txt"

const says = (guest: ScriptGuest) =>
  guest.run('"$1/quayside"', guest.bin).stdout

describe("install.sh of a version that was made again with another wheel", () => {
  it("installs that in the place of the first, and then it is installed already", () => {
    const guest = new ScriptGuest()
    guest.install(guest.release({ code: "print('first')" }))
    const script = guest.release({ code: "print('again')" })
    const visit = guest.install(script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).not.toContain("already")
    expect(says(guest)).toBe("again\nquayside 1.2.0\n")
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(guest.environment(script)),
      RECORD,
    ])
    expect(guest.install(script).stdout).toContain("is installed already")
  })

  it("leaves the first where the other one fails", () => {
    const guest = new ScriptGuest()
    const script = guest.release({ code: "print('first')" })
    guest.install(script)
    const visit = guest.install(guest.release({ code: "raise SystemExit(3)" }))
    expect(visit.code).toBe(1)
    expect(says(guest)).toBe("first\nquayside 1.2.0\n")
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(guest.environment(script)),
      RECORD,
    ])
  })

  it("goes by the whole SHA-256 that the first is marked with", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    writeFileSync(join(guest.environment(script), ".complete"), "")
    const visit = guest.install(script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(visit.stdout).not.toContain("already")
    expect(guest.install(script).stdout).toContain("is installed already")
  })

  it("installs anew what an older script installed, which marks no wheel", () => {
    const guest = new ScriptGuest()
    const script = guest.release()
    guest.install(script)
    const record = join(guest.app, RECORD)
    const environment = guest.environment(script)
    renameSync(environment, join(guest.app, "1.2.0"))
    writeFileSync(join(guest.app, "1.2.0/.complete"), "")
    const named = readFileSync(record, "utf8")
    writeFileSync(record, named.replace(basename(environment), "1.2.0"))
    const visit = guest.install(script)
    expect(visit).toMatchObject({ code: 0, stderr: "" })
    expect(says(guest)).toBe("quayside 1.2.0\n")
    expect(readdirSync(guest.app).sort()).toEqual([
      basename(environment),
      RECORD,
    ])
  })
})
