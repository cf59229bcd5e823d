import { expect, it, vi } from "vitest"

import { once } from "../../src/pipeline/once.js"

it("makes a thing for the first that asks, and gives it to all", async () => {
  const make = vi.fn(() => Promise.resolve({}))
  const made = once(make)
  expect(make).not.toHaveBeenCalled()
  expect(await made()).toBe(await made())
  expect(make).toHaveBeenCalledTimes(1)
})

it("gives the same failure to all", async () => {
  const failing = once(() => Promise.reject(new Error("no answer")))
  await expect(failing()).rejects.toThrow("no answer")
  await expect(failing()).rejects.toThrow("no answer")
})
