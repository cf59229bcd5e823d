import { expect, it } from "vitest"

import { matches } from "../../src/environments/ref-patterns.js"

it.each([
  ["refs/heads/main", "refs/heads/main", true],
  ["refs/heads/main2", "refs/heads/main", false],
  ["refs/tags/v1.2.0", "refs/tags/v*", true],
  ["refs/tags/v1/2", "refs/tags/v*", false],
  ["refs/tags/v1/2", "refs/tags/**", true],
  ["refs/tags/v1\n2", "refs/tags/v*", true],
  ["refs/tags/1.2.0", "refs/tags/[0-9]*", true],
  ["refs/tags/x1.2.0", "refs/tags/[0-9]*", false],
  ["refs/tags/v1x2", "refs/tags/v1.2", false],
])("%j and the pattern %s: %j", (ref, pattern, fits) => {
  expect(matches(ref, pattern)).toBe(fits)
})
