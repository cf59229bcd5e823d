import { afterEach, beforeAll, expect, it } from "vitest"

import { Answering } from "../helpers/answering.js"
import { pour } from "../helpers/endless.js"
import { runBeside } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

beforeAll(installLinters, 300_000)

const servers: Answering[] = []

afterEach(() => {
  for (const each of servers.splice(0)) each.stop()
})

const ASKS = `
import json, sys
sys.path.insert(0, sys.argv[1])
import requests
from whole_audit import Whole
query = json.dumps({"version": "1.0"})
print(Whole(requests.Session()).post(sys.argv[2], query, 10).text)
`

/** What is known to a service that answers so to each token of a page. */
async function known(
  pageOf: (token: string | undefined) => unknown,
  status = 200,
) {
  const tokens: (string | undefined)[] = []
  const service = await Answering.start((_, response, body) => {
    const { page_token } = JSON.parse(body) as { page_token?: string }
    tokens.push(page_token)
    const page = pageOf(page_token)
    const text = typeof page === "string" ? page : JSON.stringify(page)
    response.writeHead(status).end(text)
  })
  servers.push(service)
  const asked = runBeside("-c", [ASKS, "src/audit", service.url()], {}, ".")
  const { stdout } = await asked
  return { said: JSON.parse(stdout) as unknown, tokens }
}

const A = { id: "GHSA-a" }
const B = { id: "GHSA-b" }

it("a service that has more is asked for it until there is no more, also where a page is empty", async () => {
  const { said, tokens } = await known((token) => {
    if (token === undefined) return { vulns: [A], next_page_token: "one" }
    return token === "one" ? { next_page_token: "two" } : { vulns: [B] }
  })
  expect(said).toEqual({ vulns: [A, B] })
  expect(tokens).toEqual([undefined, "one", "two"])
})

it("a service that knows nothing is asked once", async () => {
  const { said, tokens } = await known(() => ({}))
  expect(said).toEqual({ vulns: [] })
  expect(tokens).toHaveLength(1)
})

it.each([
  ["a page", "<html>sign in</html>", 200, "answers what is no JSON"],
  ["something else", [], 200, "answers what is no answer of OSV"],
  ["nothing for a list", { vulns: null }, 200, "answers what is no answer"],
  ["an error", { message: "bad" }, 400, "answers 400"],
  ["always more", { next_page_token: "x" }, 200, "more than 100 pages"],
])(
  "a service that answers %s has not answered, and is named with the setting",
  async (_, page, status, words) => {
    const asked = known(() => page, status)
    await expect(asked).rejects.toThrow(words)
    await expect(asked).rejects.toThrow(
      /http:\/\/127\.0\.0\.1:\d+\/ answers .*`osv` in `\[tool\.shipwheel\.mirrors\]`/,
    )
  },
)

it("an answer without an end is left", async () => {
  const service = await Answering.start((_, response) => {
    pour(response.writeHead(200))
  })
  servers.push(service)
  await expect(
    runBeside("-c", [ASKS, "src/audit", service.url()], {}, "."),
  ).rejects.toThrow("answers more than 64 MiB")
})
