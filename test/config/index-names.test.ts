import { describe, expect, it } from "vitest"

import { parseConfig } from "../../src/config/config.js"
import { refusal } from "../helpers/refusal.js"

const parse = (name: string, url = "https://x.example/simple/") =>
  parseConfig({ index: [{ name, url, "publish-url": url }] })

describe("an index of one's own", () => {
  it.each(["pypi", "PyPI", "py-pi", "testpypi", "test-pypi", "Rehearsal"])(
    "has no name that stands for another, or looks like one: %s",
    (name) => {
      expect(refusal(() => parse(name))).toContain("a name of its own")
    },
  )

  it.each(["company", "pypi-mirror", "testpypi2"])(
    "has another name: %s",
    (name) => {
      expect(parse(name).index?.[0]?.name).toBe(name)
    },
  )

  it.each(["#pypi-geheim", "?token=geheim"])(
    "has no secret in its URL: %s",
    (behind) => {
      const said = refusal(() =>
        parse("company", `https://x.example/${behind}`),
      )
      expect(said).toContain("without user, password, `?` and `#`")
      expect(said).not.toContain("geheim")
    },
  )
})
