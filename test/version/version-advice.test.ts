import { describe, expect, it } from "vitest"

import { parseConfig } from "../../src/config/config.js"
import { parseToml } from "../../src/reading/toml.js"
import { whereToSay } from "../../src/version/version-advice.js"
import { readPlace } from "../../src/version/version-place.js"
import { sources } from "../helpers/builders.js"

const PATH = "src/quay/data.py"
const PACKAGE = { root: "src", path: "src/quay" }
const advice = (text: string) => whereToSay(sources({ [PATH]: text }), PACKAGE)

it("a version that nothing leads to can be named in the configuration", () => {
  expect(advice("")).toBe(
    'Say in `[tool.shipwheel]` which file holds it, such as `version-in = { path = "quayside/VERSION" }`, with a `pattern` where that holds more; or let setuptools-scm, hatch-vcs, pdm-backend or versioneer take it from git: those are told the version of the tag. Where `pyproject.toml` has a `[project]` table, it can have the `version` itself.',
  )
})

describe("the line that names a version", () => {
  it("is the one that is needed, where a plain version is seen", () => {
    expect(advice('x = 1\nVERSION = "1.0"\n')).toContain(
      'which file holds it; what looks like it is `version-in = { path = "src/quay/data.py", pattern = \'^VERSION = "(.*)"\' }`; or',
    )
  })

  it.each(['VERSION = "1.0"', "_version='1.0'", '__release__: str = "1.0"'])(
    "can be taken as it is for `%s`",
    (text) => {
      const [, line = ""] = /`(version-in = .*?)`;/.exec(advice(text)) ?? []
      const [place] = parseConfig(parseToml(line))["version-in"] ?? []
      const { path = "", pattern = "" } = place ?? {}
      expect(readPlace({ kind: "pattern", path, pattern }, text)).toBe("1.0")
    },
  )

  it.each([
    'MIN_VERSION = "1.0"',
    'VERSION = "none"',
    'def f():\n    VERSION = "1.0"',
    'VERSION_OF = "1.0"',
  ])("is an example where %j has no plain version", (text) => {
    expect(advice(text)).toBe(advice(""))
  })
})
