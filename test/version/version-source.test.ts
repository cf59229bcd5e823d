import { expect, it } from "vitest"

import { refuseSource } from "../../src/version/version-source.js"

it("a version that can't be told is refused with where to write it", () => {
  expect(refuseSource("`x` computes it")).toStrictEqual({
    refusal: "`x` computes it",
    next: 'Write `version = "1.2.3"` into `[project]` (and take `version` out of `dynamic`), or let setuptools-scm, hatch-vcs or pdm-backend take it from git: those are told the version of the tag.',
  })
})
