import type { IncomingMessage, ServerResponse } from "node:http"
import { Readable } from "node:stream"

import { afterEach, describe, expect, it } from "vitest"

import { problem } from "../../src/errors.js"
import { bounded, TooMuch, wholeUpTo } from "../../src/forge/answer-limit.js"
import { Github } from "../../src/forge/github.js"
import { Answering } from "../helpers/answering.js"
import { pour } from "../helpers/endless.js"

const servers: Answering[] = []

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function serve(answer: Answer): Promise<Answering> {
  const server = await Answering.start(answer)
  servers.push(server)
  return server
}

const JSON_TYPE = { "content-type": "application/json" }
const ASSET = { id: 1, name: "a.whl", size: 5 }
const RELEASE = {
  ...{ id: 1, tag: "v1.2.0", title: "", notes: "", draft: true },
  ...{ prerelease: false, immutable: false, url: "https://forge.example/1" },
  uploadUrl: "",
}

const LESS = { answer: 1 << 20, list: 2 << 20 }

/** What is said of a step for which the server answers so. */
async function told(
  step: (github: Github, server: Answering) => Promise<unknown>,
  answer: Answer,
  limits: { answerLimits?: typeof LESS } = { answerLimits: LESS },
) {
  const server = await serve(answer)
  const api = server.url("").replace(/\/$/, "")
  const github = new Github({
    token: undefined,
    repository: { owner: "acme", repo: "quayside" },
    api,
    ...limits,
  })
  const said = await step(github, server).then(() => "", String)
  return { api, asked: server.asked, said }
}

const pouring =
  (status: number): Answer =>
  (_, response) => {
    pour(response.writeHead(status, JSON_TYPE))
  }

describe("an answer of GitHub without an end", () => {
  it("is refused at its limit, and not asked for again", async () => {
    const { api, asked, said } = await told(
      (github) => github.releases(),
      pouring(200),
      {},
    )
    expect(said).toBe(
      `ReleaseError: github: \`${api}\` was asked to list the releases, and answers with more than 64 MiB, which is not read any further\n   Check the address in \`--github-api\`, and what stands between it and GitHub.`,
    )
    expect(asked).toHaveLength(1)
  })

  it.each<[string, (github: Github, server: Answering) => Promise<unknown>]>([
    [
      "read the repository",
      (github) => {
        return github.proveAccess()
      },
    ],
    ["download `a.whl`", (github) => github.download(ASSET)],
    [
      "upload `a.whl`",
      (github, server) =>
        github.upload(
          { ...RELEASE, uploadUrl: server.url("/upload") },
          "a.whl",
          new Blob(["wheel"]),
        ),
    ],
  ])("is refused where it is an error, too: to %s", async (what, step) => {
    const { said } = await told(step, pouring(404))
    expect(said).toContain(`was asked to ${what}, and answers with more than`)
  })

  it("is refused where it is a list of many pages, each of which is short of the limit", async () => {
    const page = `${" ".repeat(900_000)}[{}]`
    const release = {
      ...{ id: 1, tag_name: "v1.2.0", draft: false, prerelease: false },
      ...{ html_url: "https://forge.example/1", upload_url: "" },
    }
    const { asked, said } = await told(
      (github) => github.releases(),
      (_, response) => {
        const link = '<https://forge.example/>; rel="next"'
        response.writeHead(200, { ...JSON_TYPE, link })
        response.end(page.replace("{}", JSON.stringify(release)))
      },
    )
    expect(said).toContain("answers with more than 2 MiB")
    expect(asked).toHaveLength(3)
  })
})

describe("a file of GitHub's", () => {
  it("is not downloaded where it is said to have more bytes than GitHub takes for one", async () => {
    const huge = { ...ASSET, size: 2 ** 31 }
    const { asked, said } = await told(
      (github) => github.download(huge),
      pouring(200),
    )
    expect(said).toContain(
      "says that `a.whl` has 2147483648 bytes, and GitHub takes less than 2147483648 for a file",
    )
    expect(asked).toEqual([])
  })
})

describe("an answer up to its limit", () => {
  const asking = async (most: number, answer: Answer, headers = {}) => {
    const server = await serve(answer)
    return wholeUpTo(most)(server.url(), { headers })
  }
  const wheel =
    (status: number): Answer =>
    (_, response) => {
      response.writeHead(status, { "x-told": "so" }).end("wheel")
    }

  it.each([200, 404, 799])("is what it was: %i", async (status) => {
    const answer = await asking(5, wheel(status))
    expect(answer.status).toBe(status)
    expect(answer.headers.get("x-told")).toBe("so")
    expect(answer.url).toMatch(/^http/)
    expect(await answer.text()).toBe("wheel")
  })

  it("may be empty", async () => {
    const answer = await asking(0, (_, response) =>
      response.writeHead(204).end(),
    )
    expect(answer.status).toBe(204)
  })

  it("is not what has a byte more", async () => {
    await expect(asking(4, wheel(200))).rejects.toThrow(TooMuch)
  })

  it("is not asked of the bytes of a file, which go on as they come", async () => {
    const accept = { accept: "application/octet-stream" }
    const answer = await asking(4, wheel(200), accept)
    expect(await answer.text()).toBe("wheel")
  })
})

async function collected(sent: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  for await (const part of sent) parts.push(part)
  return Buffer.concat(parts).toString()
}

const read = (size: number) => {
  const sent = Readable.from([Buffer.from("four"), Buffer.from("more")])
  const refuse = (seen: number) => new Error(`${seen} were sent`)
  return collected(bounded(sent, size, refuse))
}

it("a download is read up to the size that the forge says", async () => {
  expect(await read(8)).toBe("fourmore")
})

it("a download of more than the forge says is refused before its end", async () => {
  await expect(read(7)).rejects.toThrow("8 were sent")
})

it("a download of less than the forge says is refused, at its end and where it breaks off", async () => {
  await expect(read(9)).rejects.toThrow("8 were sent")
  const broken = Readable.from(
    (function* () {
      yield Buffer.from("four")
      throw new TypeError("terminated")
    })(),
  )
  const refuse = (seen: number) => new Error(`${seen} were sent`)
  await expect(collected(bounded(broken, 9, refuse))).rejects.toThrow(
    "4 were sent",
  )
})

it("a refusal that is told already is told as it is", async () => {
  const broken = Readable.from([Buffer.from("four")])
  broken.destroy(problem("github", "it took too long", "Wait."))
  const refuse = () => new Error("it is short")
  await expect(collected(bounded(broken, 4, refuse))).rejects.toThrow(
    "github: it took too long",
  )
})
