import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { attested, BEARER, identity } from "../helpers/attested.js"
import { pour } from "../helpers/endless.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { job, Sigstore } from "../helpers/sigstore.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

/** What becomes of it where the CI hands out identities with these claims, and a Sigstore of its own, or nobody, answers. */
async function refusedFor(claims: object, sigstore?: string) {
  const server = await Answering.start((_, response) => {
    response.end(JSON.stringify({ value: identity(claims) }))
  })
  const path = join(newFolder(), "plan.json")
  const own = { sigstore, near: sigstore && "127.0.0.1" }
  const plan = { files: [], identityUrl: server.url("/identity?a=b"), ...own }
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
  return { ...told, ...(JSON.parse(told.stdout) as Told), server }
}

interface Told {
  readonly refused: string | null
  readonly whose: string | null
}

describe("an identity for attestations", () => {
  it("is asked of the CI for Sigstore alone", async () => {
    const { server } = await refusedFor({ aud: "sigstore" })
    expect(server.asked).toEqual(["GET /identity?a=b&audience=sigstore"])
    expect(server.shown).toEqual([`Bearer ${BEARER}`])
  })

  it("that is good elsewhere as well goes nowhere", async () => {
    const aud = ["sigstore", "pypi"]
    const { refused, whose } = await refusedFor({ aud })
    expect(whose).toBe("ci")
    expect(refused).toMatch(/answered with one that is meant for/)
  })
})

describe("where Sigstore is out of reach", () => {
  it("nothing is attested, and its reason is told without what was shown", async () => {
    const { refused, stderr, stdout, whose } = await refusedFor({
      aud: "sigstore",
    })
    expect(whose).toBeNull()
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
    const { made, refused, whose } = await attested(sigstore, FILES, who)
    expect(whose).toBe("trust")
    expect(refused).toContain(
      `where an identity for \`${HOST}\` is not shown: that takes https`,
    )
    expect(made).toEqual([])
  })

  it("is asked nothing with an identity that lacks what it takes", async () => {
    const claims = { ...job("octo-org/quayside", "v1.2.0"), aud: HOST }
    const { refused, whose } = await refusedFor(
      { ...claims, iat: undefined },
      sigstore.trust,
    )
    expect(refused).toBe(
      'the identity that the CI handed out: Identity token is malformed or missing claims: Token is missing the "iat" claim',
    )
    expect(whose).toBe("ci")
  })

  it("is told of with its own words where it refuses, and waited for where that passes", async () => {
    const answers = async (status: number, said: string) => {
      const authority = await Answering.start((_, response) => {
        response.statusCode = status
        response.end(said)
      })
      const trust = at(sigstore.trust, authority.url(""))
      const claims = { ...job("octo-org/quayside", "v1.2.0"), aud: HOST }
      const { refused, whose } = await refusedFor(claims, trust)
      authority.stop()
      return { refused: refused?.replace(authority.url(""), ""), whose }
    }
    const said = '{"message": "no such issuer"}'
    expect(await answers(400, said)).toEqual({
      refused: `/api/v2/signingCert answers 400: Bad Request: ${said}`,
      whose: "sigstore",
    })
    expect(await answers(503, "")).toMatchObject({ whose: null })
    expect(await answers(200, "  ")).toMatchObject({ whose: "sigstore" })
  })

  it("is left when it answers without an end", async () => {
    const authority = await Answering.start((_, response) => {
      pour(response)
    })
    const trust = at(sigstore.trust, authority.url(""))
    const claims = { ...job("octo-org/quayside", "v1.2.0"), aud: HOST }
    const { refused, whose } = await refusedFor(claims, trust)
    authority.stop()
    expect(refused).toMatch(
      /^Sigstore: http:.*signingCert answers more than 16 MiB$/,
    )
    expect(whose).toBe("sigstore")
  })

  it("has to be one that its client can read", async () => {
    const { signingConfig, ...rest } = JSON.parse(sigstore.trust) as Trust
    const none = { ...rest, signingConfig: { ...signingConfig, caUrls: [] } }
    const { refused, whose } = await refusedFor({}, JSON.stringify(none))
    expect(refused).toBe("Sigstore: No valid Fulcio CA found in signing config")
    expect(whose).toBe("trust")
  })
})

interface Trust {
  readonly signingConfig: { readonly caUrls: readonly object[] }
}

/** The same Sigstore, whose certificates are made elsewhere. */
function at(trust: string, url: string): string {
  const { signingConfig, ...rest } = JSON.parse(trust) as Trust
  const caUrls = signingConfig.caUrls.map((each) => ({ ...each, url }))
  return JSON.stringify({
    ...rest,
    signingConfig: { ...signingConfig, caUrls },
  })
}
