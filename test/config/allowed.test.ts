import { expect, it } from "vitest"

import { isAllowed } from "../../src/config/allowed.js"

it.each([
  ["tests/.netrc", true],
  ["tests/other", false],
  ["quayside/keys/a.pem", true],
  ["quayside/keys.pem", false],
  ["other/quayside/keys/a.pem", false],
])("a file is allowed by its path or by its folder alone: %s", (path, is) => {
  const reason = "a fixture without a secret"
  const allowed = new Map([
    ["tests/.netrc", reason],
    ["quayside/keys/", reason],
  ])
  expect(isAllowed(allowed, path)).toBe(is)
})
