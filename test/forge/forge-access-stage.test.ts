import { dag } from "@dagger.io/dagger"
import { afterEach, describe, expect, it } from "vitest"

import {
  answeredAt,
  openRepository,
} from "../../src/forge/forge-access-stage.js"
import { Github } from "../../src/forge/github.js"
import { Answering } from "../helpers/answering.js"
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

describe("a token of GitHub", () => {
  const opened = (plaintext: string) =>
    recordCalls(
      () =>
        openRepository("acme/quayside", {
          githubToken: dag.setSecret("token", plaintext),
        }).then(() => "", String),
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
