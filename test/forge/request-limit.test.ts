import type { IncomingMessage, ServerResponse } from "node:http"
import type { Readable } from "node:stream"

import { afterEach, describe, expect, it } from "vitest"

import { Github } from "../../src/forge/github.js"
import { Answering, drip } from "../helpers/answering.js"

const servers: Answering[] = []

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

const ASSET = { id: 1, name: "a.whl", size: 1_000_000 }
const RELEASE = {
  ...{
    id: 1,
    tag: "v1.2.0",
    title: "",
    notes: "",
    draft: true,
    prerelease: false,
  },
  ...{ immutable: false, url: "https://forge.example/1" },
}

async function bytesOf(sent: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of sent) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** What is asked of a server that never comes to an end, and how often it was asked. */
async function asked(
  step: (github: Github, server: Answering) => Promise<unknown>,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const server = await Answering.start(answer)
  servers.push(server)
  const github = new Github({
    token: undefined,
    repository: { owner: "acme", repo: "quayside" },
    api: server.url("").replace(/\/$/, ""),
    limits: { request: 1, install: 1.1, upload: 1.2 },
  })
  const told = await step(github, server).then(() => "", String)
  return { told, api: server.url("").replace(/\/$/, ""), server }
}

const dripping = (_: IncomingMessage, response: ServerResponse) => {
  drip(response)
}

describe("a request to what never comes to an end", () => {
  it("ends at its limit, and is not made again", async () => {
    const { api, server, told } = await asked(
      (github) => github.releases(),
      dripping,
    )
    expect(told).toBe(
      `ReleaseError: github: \`${api}\` was asked to list the releases, and that still ran after 1 s, the limit of a request\n   Run the same command again: what is done stays done. If it stays so, see what stands between here and GitHub.`,
    )
    expect(server.asked).toHaveLength(1)
  })

  it("ends where nothing is answered at all", async () => {
    const { told } = await asked(
      (github) => github.proveAccess(),
      () => undefined,
    )
    expect(told).toContain("to read the repository, and that still ran after")
  })

  it("is given the time of a download, and the key for more", async () => {
    const { told } = await asked(async (github) => {
      await bytesOf(await github.download(ASSET))
    }, dripping)
    expect(told).toContain(
      "to download `a.whl`, and that still ran after 1.1 s, the limit of a file",
    )
    expect(told).toContain("`install` in `[tool.shipwheel.limits]`")
  })

  it("is given the time of an upload, and the key for more", async () => {
    const { told } = await asked(
      (github, server) =>
        github.upload(
          { ...RELEASE, uploadUrl: server.url("/upload") },
          "a.whl",
          new Blob(["wheel"]),
        ),
      dripping,
    )
    expect(told).toContain("to upload `a.whl`, and that still ran after 1.2 s")
    expect(told).toContain("`upload` in `[tool.shipwheel.limits]`")
  })
})

describe("a download that breaks off", () => {
  it.each([true, false])(
    "is told with how far it came, and nothing of it is used (a length is told: %s)",
    async (isTold) => {
      const { told } = await asked(
        async (github) => {
          const sent = await github.download({ ...ASSET, size: 10 })
          // Nobody reads yet when it breaks off.
          await new Promise((resolve) => setTimeout(resolve, 50))
          await bytesOf(sent)
        },
        (_, response) => {
          response.writeHead(200, isTold ? { "content-length": "10" } : {})
          response.write("wheel")
          setTimeout(() => response.destroy(), 5)
        },
      )
      expect(told).toMatch(
        /says that `a\.whl` has 10 bytes, and its download broke off after \d+\n.*Run the same command again/s,
      )
    },
  )
})

describe("a request to what answers", () => {
  it("is let be", async () => {
    const { told } = await asked(
      async (github) => {
        const bytes = await bytesOf(
          await github.download({ ...ASSET, size: 5 }),
        )
        expect(bytes.toString()).toBe("wheel")
      },
      (_, response) => {
        response
          .writeHead(200, { "content-type": "application/octet-stream" })
          .end("wheel")
      },
    )
    expect(told).toBe("")
  })
})
