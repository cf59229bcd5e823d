import { describe, expect, it } from "vitest"

import { mirrorsIn } from "../../src/reading/written-mirrors.js"

describe("the mirrors of a pyproject.toml", () => {
  it("are known before the rest is read", () => {
    const text =
      '[tool.shipwheel]\nfuture = 1\n[tool.shipwheel.mirrors]\nindex = "https://mirror.example.org/simple/"\nimages = "registry.example.org:5000/mirror"\n'
    expect(mirrorsIn(text)).toStrictEqual({
      index: "https://mirror.example.org/simple/",
      images: "registry.example.org:5000/mirror",
    })
  })

  it.each([
    "",
    "no = toml =",
    "tool.shipwheel = 5",
    'tool.shipwheel.mirrors = { index = "https://ada:pw@mirror.example.org/" }',
    'tool.shipwheel.mirrors = { images = "a b", npm = ["x"] }',
  ])("are none in %j, and nothing is refused", (text) => {
    expect(mirrorsIn(text)).toStrictEqual({})
  })
})
