import { dag } from "@dagger.io/dagger"
import { afterEach, describe, expect, it } from "vitest"

import {
  answeredAt,
  assetsAddress,
  openRepository,
} from "../../src/forge/forge-access-stage.js"
import { Github } from "../../src/forge/github.js"
import { Answering } from "../helpers/answering.js"
import { version } from "../helpers/builders.js"
import { recordCalls } from "../helpers/recorded-engine.js"

const NAMED = "https://github.example.org"
let servers: Answering[] = []

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
  servers = []
})

async function serve(status: number, text: string): Promise<Answering> {
  const server = await Answering.start((_, response) => {
    const headers = { "content-type": "application/json" }
    response.writeHead(status, headers).end(text)
  })
  servers.push(server)
  return server
}

describe("a service in the place of GitHub", () => {
  it("is asked what is meant for the host that it stands in for, which errors name", async () => {
    const server = await serve(404, '{"message": "Not Found"}')
    const github = new Github({
      token: undefined,
      repository: { owner: "acme", repo: "quayside" },
      api: `${NAMED}/api/v3`,
      fetch: answeredAt(server.url("").replace(/\/$/, ""), NAMED),
    })
    const told = await github.proveAccess().catch(String)
    expect(server.asked).toEqual(["GET /api/v3/repos/acme/quayside"])
    expect(told).toContain(`${NAMED}/api/v3`)
    expect(told).not.toContain(server.host)
  })

  it("is asked nothing that is meant for another", async () => {
    const [service, other] = [await serve(200, "1"), await serve(200, "2")]
    const fetch = answeredAt(service.url(""), NAMED)
    expect(await (await fetch(other.url("/file?a=b"))).text()).toBe("2")
    expect(other.asked).toEqual(["GET /file?a=b"])
    expect(service.asked).toEqual([])
  })
})

describe("a repository that the project's own address has on another GitHub", () => {
  const github = { repository: "acme/quayside", host: "github.example.org" }
  const API = `${NAMED}/api/v3`
  const opened = (args: object) =>
    openRepository({ github }, args).then(({ where }) => where, String)
  const address = (args: object) =>
    assetsAddress({ github }, version("v1.2.0"), args)

  it("is refused before anybody is asked, with what to pass", async () => {
    const told = await opened({})
    expect(told).toContain(
      "github: the project's own address has `acme/quayside` at `github.example.org`, and `https://api.github.com` is the API of another host\n   If that host is yours, pass `--github-api https://github.example.org/api/v3` before the function: a token goes there.",
    )
    expect(address({})).toBe("")
  })

  it("is opened where its own API is asked", async () => {
    expect(await opened({ githubApi: API })).toBe("acme/quayside")
    expect(address({ githubApi: API })).toBe(
      `${NAMED}/acme/quayside/releases/download/v1.2.0/`,
    )
  })

  it("is opened elsewhere where both are named", async () => {
    const both = {
      githubApi: "https://api.github.com",
      githubRepository: "acme/quayside",
    }
    expect(await opened(both)).toBe("acme/quayside")
    expect(address(both)).toContain("https://github.com/acme/quayside/")
  })

  it("is refused by an API that has no address", async () => {
    const githubApi = "github"
    expect(await opened({ githubApi })).toContain("is no URL")
    expect(() => address({ githubApi })).toThrow("is no URL")
  })
})

describe("a token of GitHub", () => {
  const opened = (plaintext: string) =>
    recordCalls(
      () =>
        openRepository(
          { github: { repository: "acme/quayside" } },
          { githubToken: dag.setSecret("token", plaintext) },
        ).then(() => "", String),
      { plaintext },
    ).then(({ result }) => result)

  it("may end with the line break of its file", async () => {
    expect(await opened("ghp_abc\n")).toBe("")
  })

  it.each([
    ["ghp_abc\nline", "has a blank, a line break or a special letter in it"],
    [" \n", "is empty"],
  ])("is refused before anybody sees it: %j", async (text, told) => {
    const said = await opened(text)
    expect(said).toContain(`the secret of \`--github-token\` ${told}`)
    expect(said).not.toContain("ghp_abc")
  })
})
