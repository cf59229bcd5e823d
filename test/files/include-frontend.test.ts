import { describe, expect, it } from "vitest"

import { judgeFiles } from "../../src/files/file-gates.js"
import { howToInclude } from "../../src/files/include-frontend.js"
import {
  entry,
  expected,
  facts,
  sdistFile,
  wheelFile,
} from "../helpers/files.js"

const PLACE = { module: "quayside", packageDir: "src/quayside" }
const FRONTEND = "src/quayside/frontend"

function told(backend: string, ...destinations: string[]): string {
  const files = ["index.html", "assets/app.js"]
  return howToInclude(
    { ...PLACE, backend },
    destinations.map((destination) => ({ destination, files })),
  )
}

describe("a frontend that is missing is included", () => {
  it("by setuptools with package data, and with a line for the sdist", () => {
    expect(told("setuptools.build_meta", FRONTEND)).toBe(
      [
        "To include it: setuptools puts only Python files into a wheel unless it is told more, and reads for the sdist what `MANIFEST.in` names.",
        'In `pyproject.toml`:\n\n```\n[tool.setuptools.package-data]\n"quayside" = ["frontend/**/*"]\n```',
        "In `MANIFEST.in`:\n\n```\ngraft src/quayside/frontend\n```",
      ].join("\n\n"),
    )
  })

  it("by hatchling as an artifact, which .gitignore does not hide", () => {
    expect(told("hatchling.build", FRONTEND, "src/quayside/admin")).toBe(
      [
        "To include it: hatchling leaves out what `.gitignore` names, as it does with the output of most frontends, unless it is an artifact; a target with `artifacts` of its own (in `[tool.hatch.build.targets.wheel]` or `[tool.hatch.build.targets.sdist]`) goes by those alone.",
        'In `pyproject.toml`:\n\n```\n[tool.hatch.build]\nartifacts = ["/src/quayside/frontend/**", "/src/quayside/admin/**"]\n```',
      ].join("\n\n"),
    )
  })

  it.each([
    [
      "flit_core.buildapi",
      '[tool.flit.sdist]\ninclude = ["src/quayside/frontend/**"]',
    ],
    [
      "poetry.core.masonry.api",
      '[tool.poetry]\ninclude = [{ path = "src/quayside/frontend/**/*", format = ["sdist", "wheel"] }]',
    ],
    ["pdm.backend", '[tool.pdm.build]\nincludes = ["src/quayside"]'],
  ])("by %s with its own lines", (backend, lines) => {
    expect(told(backend, FRONTEND)).toContain(
      `In \`pyproject.toml\`:\n\n\`\`\`\n${lines}\n\`\`\``,
    )
  })

  it.each([
    [
      "setuptools.build_meta",
      [
        'In `pyproject.toml`:\n\n```\n[tool.setuptools.package-data]\n"quayside" = ["*.html", "assets/**/*"]\n```',
        "In `MANIFEST.in`:\n\n```\ninclude src/quayside/*.html\ngraft src/quayside/assets\n```",
      ],
    ],
    [
      "hatchling.build",
      ['artifacts = ["/src/quayside/*.html", "/src/quayside/assets/**"]'],
    ],
    [
      "flit_core.buildapi",
      ['include = ["src/quayside/*.html", "src/quayside/assets/**"]'],
    ],
    [
      "poetry.core.masonry.api",
      [
        'include = [{ path = "src/quayside/*.html", format = ["sdist", "wheel"] }, { path = "src/quayside/assets/**/*", format = ["sdist", "wheel"] }]',
      ],
    ],
    ["pdm.backend", ['includes = ["src/quayside"]']],
  ])(
    "by %s with lines for what it brings alone, where it goes straight into the package",
    (backend, lines) => {
      for (const each of lines)
        expect(told(backend, "src/quayside")).toContain(each)
    },
  )

  it("by any other backend as that has it", () => {
    expect(told("maturin", FRONTEND)).toBe(
      "Tell `maturin` to put `src/quayside/frontend` into sdist and wheel.",
    )
  })

  it.each([
    ["static", "static"],
    ["src/quayside-static", "src/quayside-static"],
    ["src", "src"],
    ["", "."],
  ])("by none where it goes beside the package: %j", (destination, shown) => {
    expect(told("hatchling.build", destination)).toBe(
      `A wheel holds the package: choose a \`destination\` in \`src/quayside\` instead of \`${shown}\`.`,
    )
  })
})

describe("the gate on the files", () => {
  const page = { "index.html": "hash of page" }
  const other = { "desk.html": "hash of page" }
  const wanted = expected({
    destinations: [FRONTEND, "src/quayside/admin"],
  })
  const held = (...names: string[]) => {
    const entries = names.map((name) => entry(name, "page"))
    const wheel = wheelFile()
    const sdist = sdistFile()
    return [
      wheelFile({ entries: [...wheel.entries, ...entries] }),
      sdistFile({
        entries: [
          ...sdist.entries,
          ...entries.map((each) => ({
            ...each,
            name: `quayside-1.2.0/src/${each.name}`,
          })),
        ],
      }),
    ]
  }

  it("gives the lines for the frontend that is missing, and no other", () => {
    const files = held("quayside/frontend/index.html")
    const { advice } = judgeFiles(facts(files, [page, other]), wanted)
    expect(advice.join()).toContain('["/src/quayside/admin/**"]')
  })

  it("gives none where nothing is missing", () => {
    const files = held(
      "quayside/frontend/index.html",
      "quayside/admin/desk.html",
    )
    const { advice } = judgeFiles(facts(files, [page, other]), wanted)
    expect(advice).toStrictEqual([])
  })
})
