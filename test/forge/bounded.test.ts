import { Readable } from "node:stream"

import { expect, it } from "vitest"

import { problem } from "../../src/errors.js"
import { bounded } from "../../src/forge/bounded.js"

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
