import { createHash } from "node:crypto"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { runBeside, wheelOf } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

const NAME = "quayside-1.2.0-py3-none-any.whl"
const OWN =
  "Metadata-Version: 2.1\nName: quayside\nVersion: 1.2.0\nRequires-Dist: uvicorn\n\n"
const JSON_TYPE = { "content-type": "application/vnd.pypi.simple.v1+json" }
const servers: Answering[] = []

beforeAll(installLinters, 300_000)

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

/** What is told of an index that says this of a wheel, and answers so where its metadata is said to be. */
async function told(metadata: unknown, text = OWN, status = 200) {
  const { folder } = wheelOf({ "quayside-1.2.0.dist-info/METADATA": OWN })
  const server = await Answering.start(({ url = "" }, response) => {
    if (url.endsWith(".metadata")) response.writeHead(status).end(text)
    else
      response.writeHead(200, JSON_TYPE).end(
        JSON.stringify({
          meta: { "api-version": "1.1" },
          name: "quayside",
          files: [
            {
              filename: NAME,
              url: `/files/${NAME}`,
              hashes: {},
              "core-metadata": metadata,
            },
          ],
        }),
      )
  })
  servers.push(server)
  const { stdout } = await runBeside(
    "package-index/listed_metadata.py",
    [server.url("/simple/"), "quayside", NAME],
    {},
    folder,
  )
  return { said: stdout, asked: server.asked }
}

const hashed = (text: string) => ({
  sha256: createHash("sha256").update(text).digest("hex"),
})
const EVIL = OWN.replace("uvicorn", "evil")

describe("the metadata that an index has of a wheel", () => {
  it.each([true, hashed(OWN)])("is the wheel's own: %j", async (listed) => {
    expect((await told(listed)).said).toBe("")
  })

  it("is not asked for where none is listed", async () => {
    const { asked, said } = await told(false, EVIL)
    expect(said).toBe("")
    expect(asked).toEqual(["GET /simple/quayside/"])
  })

  it.each([true, hashed(EVIL)])(
    "leads to another dependency, and is told: %j",
    async (listed) => {
      expect((await told(listed, EVIL)).said).toBe(
        `\`${NAME}\`: its metadata has another requires-dist than the wheel\n`,
      )
    },
  )

  it("has another hash than is listed, which stops installers", async () => {
    expect((await told(hashed(EVIL))).said).toBe(
      `\`${NAME}\`: its metadata has another SHA-256 than is listed for it\n`,
    )
  })

  it("is listed and not there", async () => {
    expect((await told(true, "", 404)).said).toBe(
      "it can't be read (HTTPError)\n",
    )
  })
})
