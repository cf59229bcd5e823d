import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { lines } from "../helpers/refusal.js"
import { installLinters } from "../linters/install.mjs"

const BEARER = "the-request-token-of-a-job"
let server: Answering

beforeAll(installLinters, 300_000)

afterEach(() => {
  server.stop()
})

function identity(aud: unknown): string {
  const part = (each: object) =>
    Buffer.from(JSON.stringify(each)).toString("base64url")
  return `${part({ alg: "RS256" })}.${part({ aud })}.c2lnbmVk`
}

/** What becomes of it where the CI hands out identities for this audience, and Sigstore is out of reach. */
async function attested(aud: unknown) {
  server = await Answering.start((_, response) => {
    response.end(JSON.stringify({ value: identity(aud) }))
  })
  const path = join(newFolder(), "plan.json")
  const plan = { files: [], identityUrl: server.url("/identity?a=b") }
  writeFileSync(path, JSON.stringify(plan))
  // Nobody answers at that address.
  const proxy = {
    https_proxy: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
  }
  const told = await runBeside(
    "upload/attest.py",
    [path, join(newFolder(), "out")],
    { ...proxy, no_proxy: "127.0.0.1", IDENTITY: BEARER },
  )
  const { refused } = JSON.parse(told.stdout) as { refused: string | null }
  return { ...told, refused }
}

describe("an identity for attestations", () => {
  it("is asked of the CI for Sigstore alone", async () => {
    await attested("sigstore")
    expect(server.asked).toEqual(["GET /identity?a=b&audience=sigstore"])
    expect(server.shown).toEqual([`Bearer ${BEARER}`])
  })

  it("that is good elsewhere as well goes nowhere", async () => {
    const { refused } = await attested(["sigstore", "pypi"])
    expect(refused).toMatch(/answered with one that is meant for/)
  })

  it("is shown to hosts of Sigstore alone, and never in the open", async () => {
    server = await Answering.start((_, response) => response.end())
    const path = join(newFolder(), "asks.py")
    const asked = [
      ...["https://fulcio.sigstore.dev", "https://sigstore.dev"],
      ...["http://fulcio.sigstore.dev", "https://sigstore.dev.example"],
      ...["https://notsigstore.dev", "https://fulcio.sigstore.dev@example.org"],
    ]
    writeFileSync(
      path,
      lines(
        "import json, attest",
        `print(json.dumps([attest.may_be_shown(u) for u in ${JSON.stringify(asked)}]))`,
      ),
    )
    const { stdout } = await runBeside(path, [])
    expect(JSON.parse(stdout)).toEqual([true, true, false, false, false, false])
  })
})

describe("where Sigstore is out of reach", () => {
  it("nothing is attested, and its reason is told without what was shown", async () => {
    const { refused, stderr, stdout } = await attested("sigstore")
    expect(refused).toMatch(/^Sigstore: /)
    expect(stdout + stderr).not.toContain(BEARER)
    expect(stdout + stderr).not.toContain(identity("sigstore"))
  })
})
