import { describe, expect, it } from "vitest"

import type { DataPattern } from "../../src/files/data-patterns.js"
import { type Expected, judgeFiles } from "../../src/files/file-gates.js"
import {
  entry,
  expected,
  facts,
  holding,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

const PACKAGE = "src/quayside"
const wheel = wheelFile()
const sdist = sdistFile()

/** What is said of the plain files of a project that tracks these beside them. */
function judged(
  tracked: readonly string[],
  changes: Partial<Expected> = {},
  files = [wheel, sdist],
) {
  const all = [`${PACKAGE}/__init__.py`, ...tracked]
  return judgeFiles(facts(files), expected({ tracked: all, ...changes }))
}

const lost = (...args: Parameters<typeof judged>) =>
  judged(...args).refused.filter((each) => each.startsWith("completeness:"))

describe("a wheel that lacks what git tracks in the package", () => {
  it("is refused, with the lines that bring it and those that say it is not for the wheel", () => {
    const { advice, refused } = judged(
      [`${PACKAGE}/templates/page.html`, `${PACKAGE}/py.typed`],
      { backend: "setuptools.build_meta" },
    )
    expect(refused).toStrictEqual([
      "completeness: the wheel lacks 2 files of the package: `src/quayside/templates/page.html`, `src/quayside/py.typed`",
    ])
    expect(advice.join("\n")).toBe(
      [
        "To include them: setuptools puts only Python files into a wheel unless it is told more. In `pyproject.toml`:",
        "",
        "```",
        "[tool.setuptools.package-data]",
        '"quayside" = ["*.typed", "templates/*.html"]',
        "```",
        "",
        "What nobody who installs the package needs is named with the reason in `pyproject.toml`:",
        "",
        "```",
        "[tool.shipwheel.not-shipped]",
        '"src/quayside/py.typed" = "the reason"',
        '"src/quayside/templates/" = "the reason"',
        "```",
      ].join("\n"),
    )
  })

  it.each([
    ["is not there", "broken", "which is not in the repository"],
    ["git does not track", "lacking", "which git does not track"],
  ])(
    "because it is a link to what %s says where that leads, in the place of lines that would not bring it",
    (_, kind, why) => {
      const [path, to] = [`${PACKAGE}/link.txt`, `${PACKAGE}/there.txt`]
      const links = {
        prefix: "",
        meant: new Map(kind === "lacking" ? [[path, to]] : []),
        broken: new Map(kind === "broken" ? [[path, to]] : []),
        lacking: new Set([to]),
      }
      const { advice, refused } = judged([path], {
        ...{ backend: "setuptools.build_meta", links },
      })
      expect(refused).toStrictEqual([
        `completeness: the wheel lacks a file of the package: \`${path}\` (a link to \`${to}\`, ${why})`,
      ])
      expect(advice.join("\n")).toMatch(
        /^Let a link lead to a file that git tracks, .*: `src\/quayside\/link\.txt`\./,
      )
      expect(advice.join("\n")).not.toContain("To include them")
    },
  )

  it("because its name is no UTF-8 says so, in the place of lines that would not bring it", () => {
    const { advice } = judged([`${PACKAGE}/data/caf\uFFFD.txt`], {
      backend: "setuptools.build_meta",
    })
    expect(advice.join("\n")).toMatch(
      /^Rename what has a name that is not in UTF-8, as names in a wheel are: `src\/quayside\/data\/caf\uFFFD\.txt`\./,
    )
    expect(advice.join("\n")).not.toContain("To include them")
  })

  it.each([
    ["a template", "templates/page.html"],
    ["data", "songs.txt"],
    ["a stub", "_core.pyi"],
    ["a subpackage", "harbour/__init__.py"],
    ["a file that .gitignore names and git tracks", "data/map.json"],
    ["a folder with a space", "my data/map.json"],
    ["a module that is called like a note", "todo.py"],
    ["another one", "newsletter.py"],
    ["a page that is", "templates/license.html"],
    ["data that are", "authors.json"],
    ["a subpackage for testing with it", "testing/__init__.py"],
    ["a file of a project that it makes", "skeleton/Dockerfile"],
    ["a file that git ignores others by there", "skeleton/.gitignore"],
    ["a test in there", "templates/app/tests/test_app.py"],
    ["a module that it writes", "skeleton/main.py.in"],
  ])("is refused for %s", (_, inner) => {
    const path = `${PACKAGE}/${inner}`
    expect(lost([path])).toStrictEqual([
      `completeness: the wheel lacks a file of the package: \`${path}\``,
    ])
    expect(
      lost([path], {}, [holding(wheel, `quayside/${inner}`), sdist]),
    ).toEqual([])
  })

  it("is refused for the files of a second package that it brings", () => {
    const second = [
      "src/berths/__init__.py",
      "src/berths/data/berths.json",
      "src/moorings/__init__.py",
      "src/moorings/data.json",
    ]
    const both = holding(wheel, "berths/__init__.py")
    const from = holding(sdist, "quayside-1.2.0/src/berths/__init__.py")
    const { advice, refused } = judged(
      second,
      { backend: "setuptools.build_meta" },
      [both, from],
    )
    const complete = refused.filter((each) => /^completeness:/.test(each))
    expect(complete).toStrictEqual([
      "completeness: the wheel lacks a file of the package: `src/berths/data/berths.json`",
    ])
    expect(advice.join("\n")).toContain('"berths" = ["data/*.json"]')
    const whole = holding(both, "berths/data/berths.json")
    expect(lost(second, {}, [whole, from])).toEqual([])
  })

  it("needs nothing of a submodule in it, which is a project of its own", () => {
    const paths = ["lib/setup.py", "lib/data.txt"]
    const tracked = paths.map((each) => `${PACKAGE}/${each}`)
    expect(lost(tracked, { submodules: [`${PACKAGE}/lib/`] })).toEqual([])
    const [complete] = lost(tracked, { submodules: [`${PACKAGE}/li/`] })
    expect(complete).toContain("data.txt")
  })

  it("needs nothing of tests that came along with their own package", () => {
    const files = [holding(wheel, "tests/__init__.py"), sdist]
    const { refused } = judged(
      ["src/tests/__init__.py", "src/tests/data.json"],
      {},
      files,
    )
    expect(refused.join("\n")).not.toContain("lacks")
  })

  it("is refused for a translation that was not compiled", () => {
    const path = "locale/de/LC_MESSAGES/quayside.po"
    const { advice, refused } = judged([`${PACKAGE}/${path}`])
    expect(refused).toHaveLength(1)
    expect(advice[0]).toContain("Translations are read as `.mo`")
    const compiled = holding(wheel, `quayside/${path.replace(".po", ".mo")}`)
    expect(lost([`${PACKAGE}/${path}`], {}, [compiled, sdist])).toEqual([])
  })

  it.each([
    "tests/test_a.py",
    "tests/data.json",
    "_core.pyx",
    ...["README.md", "LICENSE", "LICENSE.APACHE", "CHANGES-2.rst", "todo.txt"],
    ...[".gitignore", "theme.scss", "Dockerfile", "fast.pyx.in"],
    ...["tests/templates/todo.html", "docs/index.rst", "templates/README.md"],
  ])("hears of %s, and is not stopped", (inner) => {
    const { refused, remarks } = judged([`${PACKAGE}/${inner}`])
    expect(refused).toStrictEqual([])
    expect(remarks[0]).toContain(`\`src/quayside/${inner}\``)
  })

  it.each(["src/quayside/songs.txt", "src/quayside/", "**/*.txt"])(
    "passes where `not-shipped` names %s with a reason",
    (named) => {
      const notShipped = new Map([[named, "for its authors"]])
      const { refused, remarks } = judged([`${PACKAGE}/songs.txt`], {
        notShipped,
      })
      expect(refused).toStrictEqual([])
      expect(remarks).toContain(`\`${named}\` is not shipped: for its authors.`)
    },
  )

  it.each([
    ["a folder", "src/quayside/moorings"],
    ["a folder from the packages' own", "quayside/moorings"],
    ["a file", "src/quayside/moorings/a.json"],
    ["a name anywhere", "**/moorings"],
    ["a name that nothing at the top has", "moorings"],
  ])("hears of what the backend is told to leave out as %s", (_, named) => {
    const path = `${PACKAGE}/moorings/a.json`
    const { refused, remarks } = judged([path], { excluded: [named] })
    expect(refused).toStrictEqual([])
    expect(remarks[0]).toBe(
      `The backend is told to leave out what the package's folder has there: \`${path}\`.`,
    )
  })

  it.each([
    ["another folder is named", "src/quayside/moor"],
    ["the package itself is", "src/quayside"],
    ["all that is around it is", "src"],
    ["the name is that of a folder at the top", "moorings"],
  ])("is refused where %s", (_, named) => {
    const tracked = [`${PACKAGE}/moorings/a.json`, "moorings/plan.txt"]
    expect(lost(tracked, { excluded: [named] })).toHaveLength(1)
  })

  it("needs nothing that it must not have, though git has it by mistake", () => {
    const tracked = ["__pycache__/__init__.py", "ui/node_modules/heron/a.js"]
    const all = tracked.map((each) => `${PACKAGE}/${each}`)
    expect(lost(all)).toStrictEqual([])
  })

  it("needs nothing of what is beside the package, and of what a frontend is made of", () => {
    const beside = ["docs/index.md", "Makefile", `${PACKAGE}/ui/app.js`]
    expect(lost(beside, { frontends: [`${PACKAGE}/ui`] })).toStrictEqual([])
  })

  it("needs its modules of a folder where a frontend is made as well", () => {
    const tracked = ["song.py", "app.js", "scripts/make.py", "py.typed"]
    const all = tracked.map((each) => `${PACKAGE}/${each}`)
    expect(lost(all, { frontends: [PACKAGE] })).toStrictEqual([
      "completeness: the wheel lacks 2 files of the package: `src/quayside/song.py`, `src/quayside/py.typed`",
    ])
  })

  it("needs nothing of a folder that a frontend is made of, where none of it is shipped", () => {
    const files = ["main.tsx", "main.css", "chooser/main.css"]
    const tracked = files.map((each) => `${PACKAGE}/static_src/${each}`)
    const built = { destinations: [`${PACKAGE}/static`] }
    expect(lost(tracked, built)).toStrictEqual([])
    expect(lost(tracked)).toHaveLength(1)
    expect(lost([`${PACKAGE}/static_src/main.css`], built)).toHaveLength(1)
    const some = holding(wheel, "quayside/static_src/main.css")
    expect(lost(tracked, built, [some, sdist])).toHaveLength(1)
  })

  it("needs what the project has of its own in a frontend's destination, and nothing of an earlier output there", () => {
    const own = [`${PACKAGE}/static/robots.txt`, `${PACKAGE}/static/.gitkeep`]
    const built = { destinations: [`${PACKAGE}/static`] }
    const files = [holding(wheel, "quayside/static/index.html"), sdist]
    const { advice, refused } = judged(own, built, files)
    expect(refused).toStrictEqual([
      "completeness: the wheel lacks a file of the package: `src/quayside/static/robots.txt`",
    ])
    expect(advice.join("\n")).toContain(
      "The frontend's output takes the place of `src/quayside/static`.",
    )
    expect(advice.join("\n")).toContain('"src/quayside/static/robots.txt" =')
    expect(advice.join("\n")).not.toContain("To include them")
    const kept = [holding(wheel, "quayside/static/robots.txt"), sdist]
    expect(lost(own, built, kept)).toStrictEqual([])
    const earlier = ["static/index.html", "static/app-0a1b.js"]
    const committed = earlier.map((each) => `${PACKAGE}/${each}`)
    expect(lost(committed, built, files)).toStrictEqual([])
    const hashed = ["app-0a1b2c3d.js", "app-Bx3kT9a_.css"].map(
      (each) => `${PACKAGE}/static/${each}`,
    )
    const again = [holding(wheel, "quayside/static/app-4e5f6a7b.js"), sdist]
    expect(lost(hashed, built, again)).toStrictEqual([])
    expect(lost(hashed, built, files)).toHaveLength(1)
    const module = `${PACKAGE}/static/__init__.py`
    expect(lost([...committed, module], built, files)).toHaveLength(1)
  })

  it("needs nothing in a frontend's destination where no commit tells what is the project's own", () => {
    const there = [`${PACKAGE}/static/robots.txt`, `${PACKAGE}/a.txt`]
    const built = { destinations: [`${PACKAGE}/static`], committed: false }
    expect(lost(there, built)).toStrictEqual([
      "completeness: the wheel lacks a file of the package: `src/quayside/a.txt`",
    ])
  })

  it("has it where the backend moved the package, or puts it where a platform has it", () => {
    const info = "quayside-1.2.0.dist-info"
    const moved = wheelFile({
      entries: [
        entry("dock/__init__.py"),
        entry("dock/songs.txt"),
        entry(`${info}/licenses/LICENSE`),
      ],
    })
    const path = `${PACKAGE}/songs.txt`
    const from = holding(sdist, `quayside-1.2.0/${path}`)
    expect(lost([path], {}, [moved, from])).toStrictEqual([])
    const data = holding(
      wheel,
      "quayside-1.2.0.data/purelib/quayside/songs.txt",
    )
    expect(lost([path], {}, [data, sdist])).toStrictEqual([])
  })
})

describe("a pattern of the backend that fits no file", () => {
  const told = (
    patterns: readonly DataPattern[],
    tracked: readonly string[] = [],
    files = [wheel, sdist],
  ) => judged(tracked, { patterns }, files)
  const where = "tool.setuptools.package-data.quayside"

  it("is refused where it names a file, because that was to be there", () => {
    const { advice, refused } = told([
      { pattern: "data/map.json", where, module: "quayside" },
    ])
    expect(refused).toStrictEqual([
      "completeness: `data/map.json` in `tool.setuptools.package-data.quayside` fits no file, so it put none into the package",
    ])
    expect(advice[0]).toContain('"data/map.json" = "the reason"')
  })

  it("is refused of what goes beside the packages, unless the wheel has it there", () => {
    const pattern = {
      pattern: "quayside/labextension",
      where: "tool.hatch.build.targets.wheel.shared-data",
      lands: "data/share/jupyter/quayside",
    }
    expect(told([pattern]).refused).toHaveLength(1)
    // What the sdist alone has, nobody gets who installs the wheel.
    const inSdist = holding(sdist, "quayside-1.2.0/quayside/labextension/a.js")
    expect(told([pattern], [], [wheel, inSdist]).refused).toHaveLength(1)
    const path = "quayside-1.2.0.data/data/share/jupyter/quayside/a.js"
    const whole = [holding(wheel, path), sdist]
    expect(told([pattern], [], whole).refused).toStrictEqual([])
  })

  it("passes where `not-shipped` names it with a reason", () => {
    const { refused } = judged([], {
      patterns: [{ pattern: "data/map.json", where, module: "quayside" }],
      notShipped: new Map([["data/map.json", "made where it is installed"]]),
    })
    expect(refused).toStrictEqual([])
  })

  it.each([
    ["/src/quayside/static", "tool.hatch.build.artifacts"],
    ["src/quayside/data", "tool.pdm.build.includes"],
    ["extra/schema.json", "tool.hatch.build.force-include"],
  ])("is refused as %s of %s", (each, place) => {
    expect(told([{ pattern: each, where: place }]).refused).toHaveLength(1)
  })

  it("is only named where it is meant for whatever package has such files", () => {
    const { refused, remarks } = told([
      {
        pattern: "*.rst",
        where: "[options.package_data] of setup.cfg.*",
        anywhere: true,
      },
    ])
    expect(refused).toStrictEqual([])
    expect(remarks[0]).toBe(
      "`*.rst` in `[options.package_data] of setup.cfg.*` fits no file of any package.",
    )
  })

  it("is only named where a wheel may be whole without", () => {
    const each = { pattern: "data/*", where: "tool.hatch.build.artifacts" }
    const { advice, refused, remarks } = told([{ ...each, spare: true }])
    expect([...refused, ...advice]).toStrictEqual([])
    expect(remarks[0]).toBe(
      "`data/*` in `tool.hatch.build.artifacts` fits no file.",
    )
  })

  it.each([
    ["static/**", "quayside/static/a/b.js"],
    ["static/**", "quayside/static/.vite/manifest.json"],
    ["static/*", "quayside/static/a.js"],
    ["static", "quayside/static/a.js"],
  ])("is not %s with %s in the wheel", (each, path) => {
    const module = "quayside"
    const files = [holding(wheel, path), sdist]
    expect(told([{ pattern: each, where, module }], [], files).refused).toEqual(
      [],
    )
  })

  it.each([
    "/src/quayside/*.txt",
    "songs.txt",
    "*.txt",
    "src/quayside",
    "./src",
  ])("is not %s with a text in the package of the project", (each) => {
    const tracked = [`${PACKAGE}/songs.txt`]
    const files = [holding(wheel, "quayside/songs.txt"), sdist]
    expect(
      told([{ pattern: each, where: "x" }], tracked, files).refused,
    ).toEqual([])
  })
})
