import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { expect, test } from "vitest"

import { peakOfModule } from "../../bench/memory.mjs"
import { newFolder } from "../helpers/programs.js"

/** A folder like `/proc`, with these processes: command line and most memory, in kB. */
function processes(...all: readonly (readonly [string, number])[]): string {
  const folder = newFolder()
  for (const [at, [command, peak]] of all.entries()) {
    const process = join(folder, String(at + 1))
    mkdirSync(process)
    writeFileSync(join(process, "cmdline"), command.replaceAll(" ", "\0"))
    writeFileSync(
      join(process, "status"),
      `Name:\tnode\nVmHWM:\t${String(peak)} kB\nVmRSS:\t1 kB\n`,
    )
  }
  mkdirSync(join(folder, "sys"))
  return folder
}

const MODULE = "node --no-deprecation /src/dist/main.mjs"

test("the most memory is that of the largest process of the module", () => {
  const folder = processes(
    [MODULE, 102_400],
    [MODULE, 204_800],
    ["node other.mjs", 999_999],
  )
  expect(peakOfModule(folder)).toBe(200)
})

test("it is none where no module runs, and where one has just ended", () => {
  const folder = processes(["node other.mjs", 999_999])
  mkdirSync(join(folder, "77"))
  expect(peakOfModule(folder)).toBe(0)
})
