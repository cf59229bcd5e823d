import { createHash } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering, FORMS, PASSWORD, USER } from "../helpers/answering.js"
import {
  attestationMaterial,
  ATTESTED,
  type Material,
  PUBLISHER,
} from "../helpers/attestation-material.js"
import { attested } from "../helpers/attested.js"
import { newFolder, runBeside } from "../helpers/programs.js"
import { Sigstore } from "../helpers/sigstore.js"

let material: Material
let server: Answering

beforeAll(() => {
  material = attestationMaterial()
}, 300_000)

afterEach(() => {
  server.stop()
})

interface Asked {
  /** The hash of the file, as it was built and as the index lists it. */
  readonly sha256?: string
  readonly repository?: string
  /** What the index says of where its provenance is. */
  readonly provenance?: string | null
  /** What is there. */
  readonly text?: string
  readonly json?: boolean
  /** What is trusted in place of the public Sigstore. */
  readonly sigstore?: string
  /** Who may read the index. */
  readonly reader?: boolean
}

/** What is found of one file on an index that stands in for a public one, with a provenance that a public service signed. */
async function found(asked: Asked = {}) {
  const {
    json = true,
    reader = false,
    repository = PUBLISHER,
    sigstore,
  } = asked
  const { sha256 = material.sha256, text = material.provenance } = asked
  server = await Answering.start(({ url = "" }, response) => {
    if (!url.startsWith("/simple/")) return void response.end(text)
    const { provenance = server.url("/integrity/provenance") } = asked
    const file = { filename: ATTESTED, url: server.url(`/files/${ATTESTED}`) }
    const listed = { ...file, hashes: { sha256 }, provenance }
    const page = {
      ...{ meta: { "api-version": "1.4" }, name: "pypi-attestations" },
      ...{ files: [listed], versions: ["0.0.19"] },
    }
    response.setHeader(
      "content-type",
      json ? "application/vnd.pypi.simple.v1+json" : "text/html",
    )
    response.end(json ? JSON.stringify(page) : "<html></html>")
  })
  const plan = {
    ...{ simpleUrl: server.url("/simple/"), project: "pypi-attestations" },
    files: [{ name: ATTESTED, sha256 }],
    repository,
    sigstore,
  }
  const path = join(newFolder(), "plan.json")
  writeFileSync(path, JSON.stringify(plan))
  const { stdout } = await runBeside(
    "package-index/provenance.py",
    [path],
    reader ? { INDEX_USER: USER, INDEX_PASSWORD: PASSWORD } : {},
  )
  return JSON.parse(stdout) as {
    unread: string | null
    files: { publishers: string[]; problem: string | null }[]
  }
}

describe("what an index says of who published a file", () => {
  it("is verified by Sigstore's roots, against the file and the repository that should have", async () => {
    const { files, unread } = await found()
    expect(unread).toBeNull()
    expect(files).toMatchObject([
      { publishers: [`${PUBLISHER} (release.yml)`], problem: null },
    ])
  })

  it("is wrong where another repository published it", async () => {
    const { files } = await found({ repository: "octo-org/quayside" })
    expect(files[0]?.problem).toBe(
      `it was published by GitHub: ${PUBLISHER}, and not by GitHub: octo-org/quayside`,
    )
  })

  it("is wrong where a repository of the same name at another host published it", async () => {
    const publishedBy = async (made: string) => {
      const program = `import pypi_attestations, provenance
try:
    print(provenance.published(pypi_attestations.${made}, "Octo-Org/quayside"))
except provenance.Wrong as wrong:
    print("wrong:", wrong)`
      return (await runBeside("-c", [program])).stdout.trim()
    }
    const name = 'repository="octo-org/quayside"'
    expect(
      await publishedBy(`GitHubPublisher(${name}, workflow="release.yml")`),
    ).toBe("octo-org/quayside (release.yml)")
    expect(
      await publishedBy(
        `GitLabPublisher(${name}, workflow_filepath=".gitlab-ci.yml")`,
      ),
    ).toBe(
      "wrong: it was published by GitLab: octo-org/quayside, and not by GitHub: Octo-Org/quayside",
    )
  })

  it("is wrong where it only claims to be of that repository", async () => {
    const text = material.provenance.replace(PUBLISHER, "octo-org/quayside")
    const { files } = await found({ text, repository: "octo-org/quayside" })
    expect(files[0]).toMatchObject({ publishers: [] })
    expect(files[0]?.problem).toMatch(/Verification failed/)
  })

  it("is wrong of a file with other bytes", async () => {
    const { files } = await found({ sha256: "0".repeat(64) })
    expect(files[0]?.problem).toMatch(/subject does not match/)
  })

  it("is wrong where it is not the index that says so", async () => {
    const { files } = await found({
      provenance: "https://elsewhere.example/provenance",
    })
    expect(files[0]?.problem).toMatch(/which is not the index/)
    expect(server.asked).toHaveLength(1)
  })

  it("is read with the password of the index, which is shown nobody else", async () => {
    const { files } = await found({ reader: true })
    expect(files).toMatchObject([{ problem: null }])
    const basic = Buffer.from(`${USER}:${PASSWORD}`).toString("base64")
    expect(server.shown).toEqual([`Basic ${basic}`, `Basic ${basic}`])
    server.stop()
    const elsewhere = await Answering.start((_, response) => response.end())
    const provenance = elsewhere.url("/integrity/provenance")
    await found({ reader: true, provenance })
    elsewhere.stop()
    expect(elsewhere.asked).toEqual([])
  })

  it("is told without the password, however it is echoed", async () => {
    for (const [, form] of FORMS.slice(0, 3)) {
      const bundle = { publisher: form, attestations: [] }
      const text = JSON.stringify({ version: 1, attestation_bundles: [bundle] })
      const { files } = await found({ reader: true, text })
      expect(files[0]?.problem).toMatch(/is no provenance: [a-z_]+$/)
      server.stop()
      const provenance = `https://elsewhere.example/${form}`
      const named = await found({ reader: true, provenance })
      expect(JSON.stringify(named.files)).not.toContain(form)
      server.stop()
    }
  })

  it("is wrong where it is no provenance, or an empty one", async () => {
    const none = await found({ text: "<html>" })
    expect(none.files[0]?.problem).toMatch(/Invalid JSON/)
    server.stop()
    const empty = await found({
      text: '{"version": 1, "attestation_bundles": []}',
    })
    expect(empty.files[0]?.problem).toBe("its provenance holds no attestation")
  })

  it("is nothing where it does not say", async () => {
    const { files } = await found({ provenance: null })
    expect(files).toMatchObject([{ publishers: [], problem: null }])
  })

  it("is nothing on an index whose pages have no place for it", async () => {
    const { files, unread } = await found({ json: false })
    expect(files).toMatchObject([{ publishers: [], problem: null }])
    expect(unread).toBeNull()
  })
})

describe("what an index says where another Sigstore signs for it", () => {
  const HOST = "127.0.0.1"
  const WHO = "octo-org/quayside"
  const sha256 = createHash("sha256").update("a boat").digest("hex")
  let sigstore: Sigstore
  /** A provenance that it signed. */
  let text: string
  beforeAll(async () => {
    sigstore = await Sigstore.start(HOST)
    const job = { near: HOST, repository: WHO }
    const { texts } = await attested(sigstore, { [ATTESTED]: "a boat" }, job)
    const attestations = texts.map((each) => JSON.parse(each) as unknown)
    const publisher = { kind: "GitHub", repository: WHO }
    const one = { ...publisher, workflow: "release.yml" }
    const bundle = { publisher: one, attestations }
    text = JSON.stringify({ version: 1, attestation_bundles: [bundle] })
  })
  afterAll(() => {
    sigstore.stop()
  })

  it("is verified by the roots of that", async () => {
    const trusted = { repository: WHO, sigstore: sigstore.trust, sha256, text }
    const { files } = await found(trusted)
    expect(files).toMatchObject([
      { publishers: [`${WHO} (release.yml)`], offline: false, problem: null },
    ])
  })

  it("is wrong by the roots of the public one, and what that signed is wrong by these", async () => {
    const own = await found({ repository: WHO, sha256, text })
    expect(own.files[0]?.problem).toMatch(/^Verification failed/)
    server.stop()
    const theirs = await found({ sigstore: sigstore.trust })
    expect(theirs.files[0]?.problem).toMatch(/^Verification failed/)
  })

  it("is not believed, nor passed over, where nobody knows these roots", async () => {
    await expect(found({ sigstore: "{}" })).rejects.toThrow(
      /`sigstore` of the index names no client trust config/,
    )
  })
})
