import { describe, expect, it } from "vitest"

import { parseConfig } from "../../src/config/config.js"
import { parseToml } from "../../src/reading/toml.js"
import { blocks, code, page, rows } from "../helpers/docs.js"
import { settings } from "../helpers/settings.js"

/** What the reference has, by table and row. */
const described = page("docs/configuration.md")
  .text.split(/^#+ `\[+(?=tool)/m)
  .slice(1)
  .flatMap((section) => {
    const [place = ""] = section.split("]")
    return rows(section).map((cells) => ({
      place,
      key: code(cells[0]) ?? "",
      meaning: cells.slice(1, 4),
      example: code(cells[4]) ?? "",
    }))
  })

describe("docs/configuration.md", () => {
  it("describes every key that there is, and none that there is not", () => {
    const keys = described.map(({ key, place }) => `${place}.${key}`)
    expect(keys.sort()).toEqual([...settings].sort())
  })

  it.for(described)(
    "says all of `$place.$key`",
    ({ example, key, meaning }) => {
      const [type, , text] = meaning
      expect(type).not.toBe("")
      expect(text).not.toBe("")
      expect(example).toMatch(new RegExp(`^${key} = `))
    },
  )

  it.for(described)(
    "has an example of `$place.$key` that is accepted",
    ({ example, place }) => {
      expect(() => {
        accept(place, example)
      }).not.toThrow()
    },
  )
})

describe("a block of TOML in README and docs", () => {
  const written = blocks("toml")

  it("is there", () => {
    expect(written.length).toBeGreaterThan(3)
  })

  it.for(written)("is accepted: %s", (text) => {
    expect(() => {
      parse(text)
    }).not.toThrow()
  })

  it("is refused where a key does not exist", () => {
    expect(() => {
      parse("[tool.shipwheel]\ncolour = 1\n")
    }).toThrow("colour")
  })
})

/** What a table can't do without. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  frontend: ['path = "frontend"'],
  index: [
    'name = "a"',
    'url = "https://a.example"',
    'publish-url = "https://a.example"',
  ],
  "version-in": ['path = "quayside/VERSION"'],
  serve: ['command = ["quayside"]', "port = 8000"],
}

function accept(place: string, example: string): void {
  const [, , table = ""] = place.split(".")
  const others = (REQUIRED[table] ?? []).filter(
    (line) => line.split(" ")[0] !== example.split(" ")[0],
  )
  const at = table === "index" ? `[[${place}]]` : `[${place}]`
  const names = at.includes("<name>")
    ? ["check", "development", "staging", "production"]
    : [""]
  const refusals = names.flatMap((name) => {
    const text = [at.replace("<name>", name), ...others, example].join("\n")
    try {
      parse(text)
      return []
    } catch (error) {
      return [error]
    }
  })
  // A key may be of some environments only.
  if (refusals.length === names.length) throw refusals[0]
}

function parse(text: string): void {
  const { tool } = parseToml(text) as { tool?: { shipwheel?: unknown } }
  parseConfig(tool?.shipwheel)
}
