import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

import { connection, dag, type Directory } from "@dagger.io/dagger"

import type { Checkout } from "../../src/git/stage.js"
import type { Chain } from "./call-chain.js"
import { type Answers, RecordedCalls } from "./recorded-calls.js"

/**
 * Runs stages against an engine that runs nothing: it writes down what it is
 * asked, through the SDK's own client, and answers what the test says.
 */
export async function recordCalls<T>(
  run: () => T | Promise<T>,
  answers: Answers = {},
): Promise<{ result: T; calls: RecordedCalls }> {
  const calls = new RecordedCalls(answers)
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const body = Buffer.concat(parts).toString()
      const { query } = JSON.parse(body) as { query: string }
      response.setHeader("content-type", "application/json")
      void calls.answer(query).then((answer) => {
        response.end(JSON.stringify(answer))
      })
    })
  })
  await new Promise<void>((listening) => {
    server.listen(0, "127.0.0.1", listening)
  })
  try {
    return { result: await connected(server.address(), run), calls }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** The calls that make a lazy value. */
export async function chainOf(
  lazy: () => { id(): Promise<unknown> },
): Promise<Chain> {
  const { calls } = await recordCalls(() => lazy().id())
  return calls.made
}

/** A directory that is shown by its name. */
export function folder(name: string): Directory {
  return dag.directory().directory(name)
}

/** A project that is its whole repository. */
export function checkout(name: string): Checkout {
  return { source: folder(name), folder: folder(name) }
}

/** The way by which the SDK finds an engine that is up. */
async function connected<T>(
  address: AddressInfo | string | null,
  run: () => T | Promise<T>,
): Promise<T> {
  const port = String((address as AddressInfo).port)
  process.env["DAGGER_SESSION_PORT"] = port
  process.env["DAGGER_SESSION_TOKEN"] = "none"
  const results: T[] = []
  await connection(async () => {
    results.push(await run())
  })
  const [result] = results
  return result as T
}
