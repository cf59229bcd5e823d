import { describe, expect, it } from "vitest"

import { howToComplete, howToLeaveOut } from "../../src/files/include-data.js"
import { expected, facts } from "../helpers/files.js"

const PACKAGE = "src/quayside"

/** What a project is told whose wheel lacks these files of the package. */
function told(backend: string, ...inner: string[]): string {
  const tracked = inner.map((path) => `${PACKAGE}/${path}`)
  const has = expected({ backend, tracked })
  return howToComplete(facts(), has, has) ?? ""
}

describe("a file that the wheel lacks is brought", () => {
  it.each([
    [
      "setuptools.build_meta",
      '[tool.setuptools.package-data]\n"quayside" = ["*.txt"]',
    ],
    [
      "poetry.core.masonry.api",
      '[tool.poetry]\ninclude = [{ path = "src/quayside/*.txt", format = ["sdist", "wheel"] }]',
    ],
    [
      "hatchling.build",
      '[tool.hatch.build]\nartifacts = ["/src/quayside/*.txt"]',
    ],
    ["pdm.backend", '[tool.pdm.build]\nincludes = ["src/quayside"]'],
    [
      "maturin",
      "Tell `maturin` to put `src/quayside/*.txt` into sdist and wheel.",
    ],
  ])("with %s by %j", (backend, lines) => {
    expect(told(backend, "songs.txt")).toContain(lines)
  })

  it("with one pattern for all of a kind in a folder, and its own name where it has no ending", () => {
    expect(
      told("setuptools.build_meta", "maps/a.json", "maps/b.json", "seeds"),
    ).toContain('"quayside" = ["maps/*.json", "seeds"]')
  })

  it.each([
    ["setuptools.build_meta", "`[tool.setuptools.packages.find]` finds them"],
    ["hatchling.build", "`packages` of `[tool.hatch.build.targets.wheel]`"],
    ["poetry.core.masonry.api", "`packages` of `[tool.poetry]`"],
    ["pdm.backend", "`includes` of `[tool.pdm.build]`"],
    ["flit_core.buildapi", "`flit_core.buildapi` is not told to leave out"],
  ])("of Python with %s by %s", (backend, words) => {
    const code = told(backend, "harbour/__init__.py")
    expect(code).toContain(words)
    expect(code).not.toContain("To include them")
    if (!backend.startsWith("setuptools"))
      expect(code).not.toContain("setuptools")
  })

  it("of a translation by compiling it", () => {
    const po = told("setuptools.build_meta", "locale/de/LC_MESSAGES/q.po")
    expect(po).toContain("compile them before the build (`pybabel compile`")
  })

  it("or is said not to be for the wheel, a folder at once", () => {
    expect(told("hatchling.build", "songs.txt", "maps/a.json")).toContain(
      [
        "[tool.shipwheel.not-shipped]",
        '"src/quayside/maps/" = "the reason"',
        '"src/quayside/songs.txt" = "the reason"',
      ].join("\n"),
    )
  })

  it("by the uppermost of its folders alone", () => {
    const advice = told("hatchling.build", "maps/a.json", "maps/north/b.json")
    expect(advice).toContain('"src/quayside/maps/" = "the reason"')
    expect(advice).not.toContain('"src/quayside/maps/north/" =')
  })

  it("or by a step before the build, where only the backend is told of it", () => {
    const where = "tool.setuptools.package-data"
    const patterns = [
      { pattern: "/completions/quay", where },
      { pattern: "lazy.bin", where, module: "quayside" },
    ]
    const has = expected({ backend: "setuptools.build_meta", patterns })
    expect(howToComplete(facts(), has, has)).toContain(
      [
        "[tool.shipwheel.allow]",
        '"completions/quay" = "the reason"',
        '"src/quayside/lazy.bin" = "the reason"',
      ].join("\n"),
    )
  })

  it.each([
    ["hatchling.build", "docs/quayside", "src/quayside", true],
    ["hatchling.build", "docs/src", "src", true],
    ["hatchling.build", "docs/changes.md", "CHANGELOG.md", false],
    ["setuptools.build_meta", "docs/quayside", "src/quayside", false],
  ])(
    "with %s by leaving out a link to its folder: %s to %s, %j",
    (backend, link, to, named) => {
      const meant = new Map([[`lib/${link}`, `lib/${to}`]])
      const nothing = { broken: new Map(), lacking: new Set<string>() }
      const has = expected({
        ...{ backend, tracked: ["src/quayside/songs.py"] },
        links: { prefix: "lib/", meant, ...nothing },
      })
      const advice = howToComplete(facts(), has, has)
      expect(advice?.includes(`exclude = ["${link}"]`)).toBe(named)
    },
  )

  it("and nothing is said where nothing is missing", () => {
    expect(told("setuptools.build_meta")).toBe("")
  })
})

describe("a folder at the top of a wheel that is for those who work on the package", () => {
  it.each([
    [
      "setuptools.build_meta",
      "packages=find_packages(),",
      'packages=find_packages(exclude=["tests", "tests.*"])',
    ],
    [
      "setuptools.build_meta",
      "packages = find:",
      "[options.packages.find]\nexclude =\n    tests\n    tests.*",
    ],
    [
      "setuptools.build_meta",
      "[tool.setuptools.packages.find]",
      '[tool.setuptools.packages.find]\nexclude = ["tests", "tests.*"]',
    ],
    [
      "setuptools.build_meta",
      'packages = ["quayside", "tests"]',
      "take `tests/` out",
    ],
    ["hatchling.build", "", 'packages = ["src/quayside"]'],
    ["poetry.core.masonry.api", "", '{ include = "tests", format = "sdist" }'],
    ["pdm.backend", "", 'source-includes = ["tests"]'],
    ["maturin", "", "take `tests/` out of what `maturin` is told"],
  ])(
    "is left out with %s where the settings have %j by %j",
    (backend, settings, lines) => {
      const has = { backend, packageDir: PACKAGE }
      expect(howToLeaveOut(["tests"], settings, has)).toContain(lines)
    },
  )
})
