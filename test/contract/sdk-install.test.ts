import { spawnSync } from "node:child_process"
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

const INSTALL = fileURLToPath(
  new URL("../../dagger/engine/sdk/install.mjs", import.meta.url),
)

/** An npm that fails as often as it is told, as the real one does now and then with an empty cache. */
const npm = (failures: number) => `#!/bin/sh
[ "$1" != --version ] || { echo 11.8.0; exit; }
echo "$@" >> asked
[ "$1" = install ] && [ $(grep -c omit asked) -gt ${failures} ]
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shipwheel-install-"))
  symlinkSync(process.execPath, join(folder, "node"))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function install(packageManager: string, failures = 0) {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o755 })
  }
  write("package.json", JSON.stringify({ packageManager }))
  write("npm", npm(failures))
  write("asked", "")
  const { status, stderr } = spawnSync("node", [INSTALL], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${folder}:/usr/bin:/bin` },
  })
  const asked = readFileSync(join(folder, "asked"), "utf8").trim().split("\n")
  return { status, stderr, asked }
}

const ONCE = "install --omit=dev"

describe("the SDK of our engine installs a module's dependencies", () => {
  it("without those for development", () => {
    expect(install("npm@11.8.0")).toMatchObject({ status: 0, asked: [ONCE] })
  })

  it("with the npm that the module names, which is installed first", () => {
    const asked = ["install --global npm@11.7.0", ONCE]
    expect(install("npm@11.7.0")).toMatchObject({ status: 0, asked })
  })

  it("also when npm fails twice, as it does now and then without a cache", () => {
    const asked = [ONCE, ONCE, ONCE]
    expect(install("npm@11.8.0", 2)).toMatchObject({ status: 0, asked })
  })

  it("or fails as npm does, when that fails a third time", () => {
    const asked = [ONCE, ONCE, ONCE]
    expect(install("npm@11.8.0", 3)).toMatchObject({ status: 1, asked })
  })

  it("by npm alone: another package manager is refused by its name", () => {
    const { status, stderr } = install("pnpm@10.0.0")
    expect(status).toBe(1)
    expect(stderr).toContain("packageManager is `pnpm@10.0.0`")
  })
})
