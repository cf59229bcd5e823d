import { spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { ciFiles } from "../../src/ci/providers.js"
import versions from "../../src/versions.json" with { type: "json" }
import { facts, written } from "../helpers/ci.js"

/** A dagger that says what the tree holds while it releases. */
const DAGGER = `#!/bin/sh
case $1 in
  version) echo "dagger v${versions.dagger} (stub)" ;;
  *) echo "the tree: $(ls)"; exit "\${CODE:-0}" ;;
esac
`

function run(variables: Readonly<Record<string, string>>) {
  const tree = written(ciFiles("shell", facts()))
  const tools = mkdtempSync(join(tmpdir(), "tools-"))
  writeFileSync(join(tools, "dagger"), DAGGER)
  chmodSync(join(tools, "dagger"), 0o755)
  const PATH = `${tools}:${process.env["PATH"] ?? ""}`
  const { status, stderr, stdout } = spawnSync(
    "sh",
    ["ci/shipwheel.sh", "release", "v1.2.0"],
    { cwd: tree, env: { PATH, ...variables }, encoding: "utf8" },
  )
  return { code: status, stderr, stdout, tree }
}

describe("the report of the shell's script", () => {
  it("is not in the tree that is released before it is whole", () => {
    const { code, stdout, tree } = run({ SHIPWHEEL_REPORT: "report.md" })
    expect({ code, stdout }).toEqual({ code: 0, stdout: "the tree: ci\n" })
    expect(readFileSync(join(tree, "report.md"), "utf8")).toBe(stdout)
  })

  it("that no file was named for is printed alone", () => {
    const { code, stderr, tree } = run({ CODE: "3" })
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" })
    expect(existsSync(join(tree, "report.md"))).toBe(false)
  })

  it("that can't be kept is printed, with what to do, and leaves the exit code as it is", () => {
    for (const CODE of ["0", "3"]) {
      const file = "/nowhere/report.md"
      const { code, stderr, stdout } = run({ SHIPWHEEL_REPORT: file, CODE })
      expect({ code, stdout }).toEqual({
        code: Number(CODE),
        stdout: "the tree: ci\n",
      })
      expect(stderr).toContain(
        `can't be kept in SHIPWHEEL_REPORT=${file}. Name a file in a folder`,
      )
    }
  })
})
