import { Readable } from "node:stream"

import { expect, it } from "vitest"

import { bounded } from "../../src/forge/bounded.js"

const read = async (size: number) => {
  const sent = Readable.from([Buffer.from("four"), Buffer.from("more")])
  const refuse = () => new Error("too much")
  const parts: Uint8Array[] = []
  for await (const part of bounded(sent, size, refuse)) parts.push(part)
  return Buffer.concat(parts).toString()
}

it("a download is read up to the size that the forge says", async () => {
  expect(await read(8)).toBe("fourmore")
})

it("a download of more than the forge says is refused before its end", async () => {
  await expect(read(7)).rejects.toThrow("too much")
})
