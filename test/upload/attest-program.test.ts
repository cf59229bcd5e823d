import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { attested, BEARER, identity } from "../helpers/attested.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { Sigstore } from "../helpers/sigstore.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** What becomes of it where the CI hands out identities for this audience, and Sigstore is out of reach. */
async function refusedFor(aud: unknown) {
  const server = await Answering.start((_, response) => {
    response.end(JSON.stringify({ value: identity({ aud }) }))
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
  server.stop()
  const { refused } = JSON.parse(told.stdout) as { refused: string | null }
  return { ...told, refused, server }
}

describe("an identity for attestations", () => {
  it("is asked of the CI for Sigstore alone", async () => {
    const { server } = await refusedFor("sigstore")
    expect(server.asked).toEqual(["GET /identity?a=b&audience=sigstore"])
    expect(server.shown).toEqual([`Bearer ${BEARER}`])
  })

  it("that is good elsewhere as well goes nowhere", async () => {
    const { refused } = await refusedFor(["sigstore", "pypi"])
    expect(refused).toMatch(/answered with one that is meant for/)
  })
})

describe("where Sigstore is out of reach", () => {
  it("nothing is attested, and its reason is told without what was shown", async () => {
    const { refused, stderr, stdout } = await refusedFor("sigstore")
    expect(refused).toMatch(/^Sigstore: /)
    expect(stdout + stderr).not.toContain(BEARER)
    expect(stdout + stderr).not.toContain(identity({ aud: "sigstore" }))
  })
})

describe("a Sigstore of one's own", () => {
  const HOST = "127.0.0.1"
  const FILES = {
    "quayside-1.2.0-py3-none-any.whl": "a wheel",
    "quayside-1.2.0.tar.gz": "an sdist",
  }
  let sigstore: Sigstore
  beforeAll(async () => {
    sigstore = await Sigstore.start(HOST)
  })
  afterAll(() => {
    sigstore.stop()
  })

  it("signs each file, for an identity that is good for its host alone", async () => {
    const who = { near: HOST, repository: "octo-org/quayside" }
    const { asked, made, refused } = await attested(sigstore, FILES, who)
    expect(refused).toBeNull()
    expect(made).toEqual(
      Object.keys(FILES).map((each) => `${each}.publish.attestation`),
    )
    expect(asked).toEqual([`GET /identity?audience=${HOST}`])
  })

  it("is shown nothing in the open, where no service of this machine stands in for it", async () => {
    const who = { repository: "octo-org/quayside" }
    const { made, refused } = await attested(sigstore, FILES, who)
    expect(refused).toContain(
      `where an identity for \`${HOST}\` is not shown: that takes https`,
    )
    expect(made).toEqual([])
  })
})
