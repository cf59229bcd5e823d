import { expect, it } from "vitest"

import { refuseSource } from "../../src/version/version-source.js"

it("a version that can't be told is refused with where to write it", () => {
  expect(refuseSource("`x` computes it")).toStrictEqual({
    refusal: "`x` computes it",
    next: 'Say in `[tool.shipwheel]` which file holds it, such as `version-in = { path = "quayside/VERSION" }`, with a `pattern` where that holds more; or let setuptools-scm, hatch-vcs, pdm-backend or versioneer take it from git: those are told the version of the tag. Where `pyproject.toml` has a `[project]` table, it can have the `version` itself.',
  })
})
