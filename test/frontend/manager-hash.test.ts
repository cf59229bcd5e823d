import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { comparing, managerHash } from "../../src/frontend/manager-hash.js"

const ALGORITHMS = ["sha1", "sha224", "sha256", "sha384", "sha512"] as const
const hashOf = (algorithm: string, text: string) =>
  createHash(algorithm).update(text).digest("hex")

describe("the hash of a package manager", () => {
  it.each(ALGORITHMS)("is read where corepack wrote it by %s", (algorithm) => {
    const digits = hashOf(algorithm, "pnpm")
    expect(managerHash(`${algorithm}.${digits}`)).toStrictEqual({
      algorithm,
      digits,
    })
  })

  it.each([
    "sha512",
    "sha512.",
    "sha512.aaaaaaaa",
    `sha512.${"g".repeat(128)}`,
    `sha512.${"a".repeat(129)}`,
    `md5.${"a".repeat(32)}`,
    `sha256.${"a".repeat(64)};id`,
    `toString.${"a".repeat(64)}`,
    "build.1",
  ])("is none in %j", (written) => {
    expect(managerHash(written)).toBeUndefined()
  })

  it.each(ALGORITHMS)(
    "is compared by what every image has, %s",
    (algorithm) => {
      const folder = mkdtempSync(join(tmpdir(), "manager-"))
      const file = join(folder, "pnpm-9.15.0.tgz")
      writeFileSync(file, "pnpm")
      const listed = join(folder, "pnpm@9.15.0")
      const outcome = (text: string) => {
        const digits = hashOf(algorithm, text)
        const { command, line } = comparing({ algorithm, digits }, file, listed)
        writeFileSync(listed, line)
        const [program = "", ...words] = command
        return spawnSync(program, words, { encoding: "utf8" })
      }
      expect(outcome("pnpm").status).toBe(0)
      const { status, stdout } = outcome("other")
      expect(status).toBe(1)
      expect(stdout).toBe(`${file}: FAILED\n`)
    },
  )
})
