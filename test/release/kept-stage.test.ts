import { createHash } from "node:crypto"

import { describe, expect, it } from "vitest"

import { keptSbom } from "../../src/release/kept-stage.js"
import { sdist, wheel } from "../helpers/builders.js"
import type { Chain } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const NAME = "sbom.cdx.json"
const sbomOf = (content: string) =>
  JSON.stringify({
    metadata: { component: { hashes: [{ alg: "SHA-256", content }] } },
  })
const OURS = sbomOf(wheel().sha256)
const sumsOf = (text: string) =>
  `${createHash("sha256").update(text).digest("hex")}  ${NAME}\n`
const WHOLE = { [NAME]: OURS, SHA256SUMS: sumsOf(OURS) }
const SIGNED = { ...WHOLE, "SHA256SUMS.minisig": "signature" }
const KEY = `RW${"Q".repeat(54)}`

/** Whether the published SBOM is kept, of a release with these files. */
async function isKept(
  files: Readonly<Record<string, string>>,
  publicKey?: string,
  right = true,
): Promise<boolean> {
  const { result } = await recordCalls(
    async () => {
      const published = (name: string) =>
        Promise.resolve(
          name in files ? folder("release").file(name) : undefined,
        )
      const project = { publicKey, mirrors: {} }
      const kept = await keptSbom(NAME, published, project, [wheel(), sdist()])
      return kept !== undefined
    },
    {
      contents: (chain: Chain) =>
        files[
          String(
            chain.find(({ operation }) => operation === "file")?.args["path"],
          )
        ],
      entries: Object.keys(files),
      "python /accepts.py": JSON.stringify({ right }),
    },
  )
  return result
}

describe("an SBOM that is published already", () => {
  it("stays where the sums of its release name it, and it is of the same wheel", async () => {
    expect(await isKept(WHOLE)).toBe(true)
  })

  it("stays in a signed release where the project's key has signed its sums", async () => {
    expect(await isKept(SIGNED, KEY)).toBe(true)
  })

  it.each([
    ["whose sums nobody has signed", WHOLE, true],
    ["whose sums another key has signed", SIGNED, false],
  ])("is not taken over %s", async (_, files, right) => {
    expect(await isKept(files, KEY, right)).toBe(false)
  })

  it.each([
    ["that no sums name", { [NAME]: OURS }],
    [
      "that its sums know by other bytes",
      { ...WHOLE, SHA256SUMS: sumsOf("{}") },
    ],
    [
      "of another wheel",
      { [NAME]: sbomOf("b"), SHA256SUMS: sumsOf(sbomOf("b")) },
    ],
    ["that is none", { [NAME]: "EVIL", SHA256SUMS: sumsOf("EVIL") }],
    ["that is not there", { SHA256SUMS: sumsOf(OURS) }],
  ])("is not taken over %s", async (_, files) => {
    expect(await isKept(files)).toBe(false)
  })
})
