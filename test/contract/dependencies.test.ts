import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

import { expect, it } from "vitest"

const PACKAGE = fileURLToPath(new URL("../../package.json", import.meta.url))

const { dependencies, devDependencies } = JSON.parse(
  readFileSync(PACKAGE, "utf8"),
) as Record<"dependencies" | "devDependencies", Record<string, string>>

// npm leaves out of `npm install --omit=dev`, which the official runtime does, what is in both.
it("no package stands in dependencies and devDependencies", () => {
  const twice = Object.keys(dependencies).filter(
    (name) => name in devDependencies,
  )
  expect(twice).toEqual([])
})
