import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering, drip, type Handler } from "../helpers/answering.js"
import { runBeside } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

/** The program itself, with less patience than it has. */
const ASK = `
import devpi_index
devpi_index.LONGEST_WAIT = 0.5
devpi_index.main()
`
const TELLS = JSON.stringify({
  type: "apiconfig",
  result: { simpleindex: "http://devpi.invalid/root/dev/+simple/" },
})
const servers: Answering[] = []

beforeAll(installLinters, 300_000)
afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

/** What is printed for an index that answers so. */
async function pagesOf(handler: Handler) {
  const server = await Answering.start(handler)
  servers.push(server)
  const { stdout } = await runBeside("-c", [ASK, server.url("/root/dev")])
  return { asked: server.asked, pages: stdout.replace(server.url(""), "") }
}

describe("where an index lists what it takes", () => {
  it("is told by a devpi, and said by the address that was given", async () => {
    const { asked, pages } = await pagesOf((_, response) => response.end(TELLS))
    expect(asked).toEqual(["GET /root/dev/+api"])
    expect(pages).toBe("/root/dev/+simple/")
  })

  it.each<[string, Handler]>([
    ["answers something else", (_, response) => response.end("<html>")],
    ["has no such page", (_, response) => response.writeHead(404).end(TELLS)],
    [
      "sends elsewhere",
      (_, response) => response.writeHead(302, { location: "/+api" }).end(),
    ],
    [
      "sends to what is no address",
      (_, response) => response.writeHead(302, { location: "http://[" }).end(),
    ],
    [
      "answers by a byte now and then",
      (_, response) => {
        drip(response)
      },
    ],
    [
      "answers more than anybody reads before it says so",
      (_, response) => response.end(" ".repeat(1 << 20) + TELLS),
    ],
  ])("is not known where it %s", async (_, handler) => {
    expect((await pagesOf(handler)).pages).toBe("")
  })
})
