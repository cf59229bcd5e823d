import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { newFolder, runBeside } from "../helpers/programs.js"
import { type Keys, newKeys, signed } from "../helpers/signing.js"

const SUMS = `${"a".repeat(64)}  quayside-1.2.0-py3-none-any.whl\n`

/** What the program says of a text and a signature. */
async function accepts(publicKey: string, text: string, signature: string) {
  const sums = join(newFolder(), "SHA256SUMS")
  writeFileSync(sums, text)
  const args = [sums, publicKey, signature]
  return (await runBeside("signature/accepts.py", args)).stdout
}

const pathOf = async ({ publicKey, secret }: Keys, text = SUMS) =>
  (await signed(text, secret, publicKey)).path

describe.for(["minisign", "ssh"] as const)("a public key of %s", (kind) => {
  const keys = newKeys(kind)

  it("accepts what its secret key has signed", async () => {
    const path = await pathOf(keys)
    expect(await accepts(keys.publicKey, SUMS, path)).toBe('{"right": true}')
  })

  it.for([
    ["another text", () => pathOf(keys, `${SUMS}\n`)],
    ["another key", () => pathOf(newKeys(kind))],
    [
      "a key of the other kind",
      () => pathOf(newKeys(kind === "ssh" ? "minisign" : "ssh")),
    ],
    [
      "nobody",
      () => {
        const path = join(newFolder(), "signature")
        writeFileSync(path, "untrusted comment: none\n\xff")
        return Promise.resolve(path)
      },
    ],
  ] satisfies [string, () => Promise<string>][])(
    "accepts no signature of %s",
    async ([, path]) => {
      const answer = await accepts(keys.publicKey, SUMS, await path())
      expect(answer).toBe('{"right": false}')
    },
  )
})
