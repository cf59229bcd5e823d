import { readFileSync } from "node:fs"

import { describe, expect, it } from "vitest"

import { isRight, newKeys, signed } from "../helpers/signing.js"

const SUMS = `${"a".repeat(64)}  quayside-1.2.0-py3-none-any.whl\n`
describe.for(["minisign", "ssh"] as const)("a key of %s", (kind) => {
  const keys = newKeys(kind)
  const other = newKeys(kind)

  it("signs SHA256SUMS so that its public key accepts that, and no other text", async () => {
    const { answer, path } = await signed(SUMS, keys.secret, keys.publicKey)
    expect(JSON.parse(answer)).toEqual({ problem: null })
    expect(isRight(kind, SUMS, keys.publicKey, path)).toBe(true)
    expect(isRight(kind, `${SUMS}\n`, keys.publicKey, path)).toBe(false)
  })

  it("gives the same signature each time, also of a secret whose line ends a CI changed", async () => {
    const first = await signed(SUMS, keys.secret, keys.publicKey)
    const changed = keys.secret.trim().replaceAll("\n", "\r\n")
    const second = await signed(SUMS, changed, keys.publicKey)
    expect(readFileSync(second.path)).toEqual(readFileSync(first.path))
    expect(readFileSync(first.path, "utf8")).not.toBe("")
  })

  it.for([
    ["another", () => other.secret],
    ["encrypted", () => keys.locked],
    ["unreadable", () => "sesame"],
    ["unreadable", () => newKeys(kind === "ssh" ? "minisign" : "ssh").secret],
  ] satisfies [string, () => string][])(
    "is %s where it does not fit, and is not shown: %#",
    async ([problem, secret]) => {
      const key = secret()
      const { answer, path } = await signed(SUMS, key, keys.publicKey)
      expect(JSON.parse(answer)).toEqual({ problem })
      expect(readFileSync(path, "utf8")).toBe("")
      for (const line of key.split("\n").filter((each) => each.length > 20))
        expect(answer).not.toContain(line)
    },
  )
})
