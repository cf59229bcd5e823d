import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

import { afterEach, beforeAll, describe, expect, it } from "vitest"

import { Answering, type Handler } from "../helpers/answering.js"
import { pour } from "../helpers/endless.js"
import { ENV, installLinters } from "../linters/install.mjs"

const PROGRAM = fileURLToPath(
  new URL("../../src/package-index/similar_names.py", import.meta.url),
)
const servers: Answering[] = []

beforeAll(installLinters, 300_000)
afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

/** What is printed for a project by an index of these. */
async function similarTo(
  project: string,
  names: readonly string[],
  before?: Handler,
) {
  const server = await Answering.start((request, response, body) => {
    before?.(request, response, body)
    if (response.headersSent) return
    const { url } = request
    const there = names.some((name) => url === `/simple/${name}/`)
    const links = names.map((name) => `<a href="/simple/${name}/">${name}</a>`)
    if (url === "/simple/") response.end(links.join("\n"))
    else response.writeHead(there ? 200 : 404).end()
  })
  servers.push(server)
  const run = promisify(execFile)
  const { stdout } = await run(
    "python3",
    [PROGRAM, server.url("/simple/"), project],
    { env: ENV },
  )
  const asked = server.asked.map((each) => each.replace("GET ", ""))
  return { asked, found: stdout.split("\n").filter(Boolean) }
}

describe("the names of an index that are too similar to a new one", () => {
  it.each([
    ["b0at", ["boat", "boats"], ["boat"]],
    ["Tiny.Boat", ["t1nyboat", "tiny-boats"], ["t1nyboat"]],
    ["1i1i", ["lil-l", "li"], ["lil-l"]],
    ["quayside", ["quaysides", "quay"], []],
  ])("to %s of %j are %j", async (project, names, similar) => {
    expect((await similarTo(project, names)).found).toEqual(similar)
  })

  it("are found wherever the list is cut on its way", async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `other${String(at)}`)
    const { found } = await similarTo("b0at", [...many, "boat", ...many])
    expect(found).toEqual(["boat"])
  })

  it("are found behind answers without an end, of which a bounded part is read", async () => {
    let lists = 0
    const { asked, found } = await similarTo(
      "b0at",
      ["boat"],
      ({ url }, response) => {
        const location = "/simple/"
        if (url === "/simple/b0at/") pour(response.writeHead(404))
        else if (lists++ === 0) pour(response.writeHead(302, { location }))
      },
    )
    expect(found).toEqual(["boat"])
    expect(asked).toEqual(["/simple/b0at/", "/simple/", "/simple/"])
  })

  it("are none of a project that is there, and the list is not asked for", async () => {
    const { asked, found } = await similarTo("Tiny_Boat", [
      "tiny-boat",
      "t1nyboat",
    ])
    expect(found).toEqual([])
    expect(asked).toEqual(["/simple/tiny-boat/"])
  })
})
