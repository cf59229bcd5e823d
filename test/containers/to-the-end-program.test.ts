import { spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

import { describe, expect, it } from "vitest"

import { newFolder } from "../helpers/programs.js"

const SRC = fileURLToPath(new URL("../../src", import.meta.url))

/** What a program says of a module `quillon` that holds this, where a distribution of that name is installed. */
function said(program: string, args: readonly string[], module: string) {
  const folder = newFolder()
  writeFileSync(join(folder, "quillon.py"), module)
  const info = join(folder, "quillon-1.0.0.dist-info")
  mkdirSync(info)
  writeFileSync(join(info, "METADATA"), "Name: quillon\nVersion: 1.0.0\n")
  const PYTHONPATH = [folder, join(SRC, "containers")].join(delimiter)
  const { status, stderr } = spawnSync(
    "python3",
    [join(SRC, program), ...args],
    { encoding: "utf8", env: { ...process.env, PYTHONPATH } },
  )
  return { status, stderr }
}

const PROGRAMS = [
  ["test/imports.py", ["quillon"]],
  ["install/installed.py", ["quillon", "1.0.0", "quillon"]],
] as const

describe.each(PROGRAMS)("%s", (program, args) => {
  it.each(["import os; os._exit(0)", "import sys; sys.exit(0)"])(
    "refuses a module that ends the process: %s",
    (module) => {
      const { status, stderr } = said(program, args, module)
      expect(status).toBe(1)
      expect(stderr).toContain("importing quillon ended the process")
      expect(stderr).toContain('`if __name__ == "__main__"`')
    },
  )

  it("tells of a module that can't be imported in its own words", () => {
    const { status, stderr } = said(program, args, "raise ValueError('no')")
    expect(status).toBe(1)
    expect(stderr).toContain("ValueError: no")
    expect(stderr).not.toContain("ended the process")
  })
})

it("lets a module pass that can be imported", () => {
  const done = said("test/imports.py", ["quillon", "import json"], "")
  expect(done).toEqual({ status: 0, stderr: "" })
})
