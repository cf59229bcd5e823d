import { describe, expect, it } from "vitest"

import { frontendPlaces, lockPlaces } from "../../src/next/beside-places.js"
import { placeName, writePlace } from "../../src/version/version-place.js"
import { sources, sourcesIn } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const UV = lines(
  "version = 1",
  "",
  "[[package]]",
  'name = "click"',
  'version = "8.1.0"',
  'source = { registry = "https://index.example.org/simple" }',
  "",
  "[[package]]",
  'name = "quay-side"',
  'version = "1.2.0"',
  'source = { editable = "." }',
)

describe("the project's own entry in a lockfile", () => {
  it("is written, and nothing else of it", () => {
    const [place] = lockPlaces(sources({ "uv.lock": UV }), "Quay_Side")
    expect(place && placeName(place)).toBe(
      "the entry of `Quay_Side` in `uv.lock`",
    )
    expect(place && writePlace(place, UV, "1.3.0")).toBe(
      UV.replace('"1.2.0"', '"1.3.0"'),
    )
  })

  it("is found above a member, too, and in every kind of lock", () => {
    const files = sourcesIn("packages/wren/", {
      "uv.lock": UV,
      "packages/wren/pylock.toml":
        '[[packages]]\nname = "quay-side"\nversion = "1.2.0"\ndirectory = { path = "." }\n',
      "packages/wren/poetry.lock":
        '[[package]]\nname = "quay-side"\nversion = "1.2.0"\n[package.source]\ntype = "directory"\nurl = "."\n',
      "packages/robin/uv.lock": UV,
    })
    expect(lockPlaces(files, "quay-side").map(({ path }) => path)).toEqual([
      "../../uv.lock",
      "poetry.lock",
      "pylock.toml",
    ])
  })

  it("is none where the lock has no version of it, has it from an index, or can't be read", () => {
    const texts = {
      "uv.lock": UV.replace('version = "1.2.0"\n', ""),
      "pdm.lock": "[[package",
      "poetry.lock": UV.replace('editable = "."', 'registry = "x"'),
    }
    expect(lockPlaces(sources(texts), "quay-side")).toEqual([])
  })
})

describe("a frontend", () => {
  const PACKAGE = '{\n\t"name": "web",\n\t"version": "1.2.0"\n}\n'
  const LOCK =
    '{"version": "1.2.0", "packages": {"": {"version": "1.2.0"}, "node_modules/a": {"version": "1.2.0"}}}'
  const files = sources({
    "web/package.json": PACKAGE,
    "web/package-lock.json": LOCK,
  })
  const frontends = [{ path: "web", root: "web" }]

  it("that has the project's version is written with it, in npm's lockfile as well", () => {
    const places = frontendPlaces(files, frontends, ["1.2.0"])
    const written = places.reduce(
      (texts, place) => ({
        ...texts,
        [place.path]: writePlace(
          place,
          texts[place.path as keyof typeof texts],
          "1.3.0",
        ),
      }),
      { "web/package.json": PACKAGE, "web/package-lock.json": LOCK },
    )
    expect(written).toEqual({
      "web/package.json": PACKAGE.replace("1.2.0", "1.3.0"),
      "web/package-lock.json":
        '{"version": "1.3.0", "packages": {"": {"version": "1.3.0"}, "node_modules/a": {"version": "1.2.0"}}}',
    })
  })

  it("that has a version of its own keeps it", () => {
    expect(frontendPlaces(files, frontends, ["1.1.0"])).toEqual([])
  })
})
