import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import { configured } from "../../src/project/configure.js"
import { outlineProject } from "../../src/project/outline.js"
import { resolveProject } from "../../src/project/project.js"
import type { Survey } from "../../src/project/survey.js"
import { MATRIX, sources } from "../helpers/builders.js"
import { lines, refusal } from "../helpers/refusal.js"

const BUILDS = JSON.stringify({
  scripts: { build: "vite build" },
  devDependencies: { vite: "7" },
})
const PROJECT = lines("[project]", 'name = "quayside"', 'version = "1.1.0"')
const PACKAGE = { "src/quayside/__init__.py": "" }

type Texts = Readonly<Record<string, string>>

function survey(texts: Texts): Survey {
  const problems = new Problems()
  const all = sources(texts)
  const outline = outlineProject(all, problems)
  const project = resolveProject(outline, undefined, MATRIX, problems)
  return { outline, project, problems: problems.all }
}

const configure = (texts: Texts) => configured(survey(texts))

describe("the configuration that is offered", () => {
  it("says what was guessed, at the end of a pyproject.toml that has none", () => {
    const texts = {
      ...PACKAGE,
      "pyproject.toml": lines(PROJECT.trimEnd(), "dependencies = [] # none"),
      "CHANGES.md": "",
    }
    expect(configure(texts)).toBe(
      texts["pyproject.toml"] +
        lines(
          "",
          "[tool.shipwheel]",
          'package = "src/quayside"',
          'pythons = ["3.9", "3.10", "3.11", "3.12"]',
          'changelog = "CHANGES.md"',
          "frontend = []",
        ),
    )
  })

  it("goes below the headers that are there, and keeps every other byte, comments and line ends", () => {
    const before = [
      PROJECT.trimEnd(),
      "",
      "[tool.shipwheel]   # ours",
      'pythons = ["3.12"]  # one is enough',
      "frontend = []",
      "",
      "[tool.ruff]",
      "line-length = 100",
    ]
      .join("\n")
      .replaceAll("\n", "\r\n")
    const after = configure({ ...PACKAGE, "pyproject.toml": before })
    const header = "[tool.shipwheel]   # ours\r\n"
    expect(after).toBe(
      before.replace(header, `${header}package = "src/quayside"\r\n`),
    )
  })

  it("names the frontends that were found, and the one that was not seen", () => {
    const texts = {
      ...PACKAGE,
      "pyproject.toml": PROJECT,
      "web/package.json": BUILDS,
      "web/package-lock.json": "",
      "apps/board/package.json": BUILDS,
    }
    expect(configure(texts)).toContain(
      lines(
        "[[tool.shipwheel.frontend]]",
        'path = "web"',
        'script = "build"',
        "",
        "[[tool.shipwheel.frontend]]",
        'path = "apps/board"',
        'script = "build"',
      ),
    )
  })

  it.each([
    [
      "one table",
      ["[tool.shipwheel.frontend]", 'path = "web"', 'output = "dist"'],
      [
        "[tool.shipwheel.frontend]",
        'destination = "src/quayside/frontend"',
        'script = "build"',
        'path = "web"',
      ],
    ],
    [
      "the second of two",
      [
        "[[tool.shipwheel.frontend]]",
        'path = "ui"',
        'output = "dist"',
        'destination = "src/quayside/ui"',
        'script = "build"',
        "",
        "[[tool.shipwheel.frontend]] # the page",
        'path = "web"',
      ],
      [
        "[[tool.shipwheel.frontend]] # the page",
        'script = "build"',
        'path = "web"',
      ],
    ],
  ])("fills in what %s of a frontend leaves open", (_, own, wanted) => {
    const texts: Texts = {
      ...PACKAGE,
      "pyproject.toml": `${PROJECT}${lines("", ...own)}`,
      "web/package.json": BUILDS,
      "web/package-lock.json": "",
      ...(own.length > 3 && {
        "ui/package.json": BUILDS,
        "ui/package-lock.json": "",
      }),
    }
    const frontends = survey(texts).project?.frontends
    const offered = configure(texts)
    expect(offered).toContain(lines(...wanted).trimEnd())
    const after = { ...texts, "pyproject.toml": offered }
    expect(configure(after)).toBe(offered)
    expect(survey(after).project?.frontends).toEqual(frontends)
  })

  it("makes the one table of a frontend the first of several where another was not seen", () => {
    const offered = configure({
      ...PACKAGE,
      "pyproject.toml": `${PROJECT}\n[tool.shipwheel.frontend] # the page\npath = "web"\n`,
      "web/package.json": BUILDS,
      "web/package-lock.json": "",
      "apps/board/package.json": BUILDS,
    })
    expect(offered).toContain(
      '\n[[tool.shipwheel.frontend]] # the page\nscript = "build"\n',
    )
    expect(offered).toContain(
      '\n[[tool.shipwheel.frontend]]\npath = "apps/board"\nscript = "build"\n',
    )
  })

  it("adds nothing to a frontend that is written on one line", () => {
    const offered = configure({
      ...PACKAGE,
      "pyproject.toml": `${PROJECT}[tool.shipwheel]\nfrontend = { path = "web" }\n`,
      "web/package.json": BUILDS,
      "web/package-lock.json": "",
    })
    expect(offered).not.toContain("destination")
    expect(offered).toContain('package = "src/quayside"')
  })

  it("names pytest where no list brings it, so that the written tests run as the found ones did", () => {
    const texts = {
      ...PACKAGE,
      "pyproject.toml": PROJECT,
      "tests/test_a.py": "",
    }
    const after = { ...texts, "pyproject.toml": configure(texts) }
    expect(after["pyproject.toml"]).toContain('requires = ["pytest"]')
    expect(configure(after)).toBe(after["pyproject.toml"])
    const [old, now] = [texts, after].map((each) => survey(each).project?.tests)
    expect(now?.unit).toEqual(old?.unit)
    expect(now?.requirements).toEqual(old?.requirements)
  })

  it("does not write what runs some tests where that would hide those that nothing runs", () => {
    const after = configure({
      ...PACKAGE,
      "pyproject.toml": PROJECT,
      "src/quayside/test_a.py": "",
      "checks/test_b.py": "",
    })
    expect(after).not.toContain("[tool.shipwheel.test]")
  })

  it.each([
    ["a plain project", { "pyproject.toml": PROJECT }],
    ["one without a last line end", { "pyproject.toml": PROJECT.trimEnd() }],
    [
      "one with a table below",
      {
        "pyproject.toml": `${PROJECT}[tool.shipwheel.test]\nunit = ["make"]\n`,
      },
    ],
    [
      "one with tests",
      {
        "pyproject.toml": `${PROJECT}[project.optional-dependencies]\ntest = ["pytest"]\n`,
        "tests/test_a.py": "",
        "tests/integration/test_b.py": "",
      },
    ],
    [
      "one with a frontend that was not seen",
      { "pyproject.toml": PROJECT, "app/package.json": BUILDS },
    ],
    [
      "one without a pyproject.toml",
      { "setup.py": "setup(name='quayside', version='1')" },
    ],
  ])(
    "of %s leaves nothing to offer the second time, and finds the same",
    (_, own) => {
      const texts: Texts = { ...PACKAGE, ...own }
      const after = { ...texts, "pyproject.toml": configure(texts) }
      expect(after["pyproject.toml"]).not.toBe(texts["pyproject.toml"])
      expect(configure(after)).toBe(after["pyproject.toml"])
      const [old, now] = [texts, after].map((each) => survey(each).project)
      const { imports, packageDir, pythons, tests } = now ?? {}
      expect(old).toMatchObject({ imports, packageDir, pythons, tests })
    },
  )

  it("is told in words where its table is written in another form", () => {
    const text = `tool.shipwheel = { pythons = ["3.12"] }\n${PROJECT}`
    const step = () => configure({ ...PACKAGE, "pyproject.toml": text })
    const said = refusal(step)
    expect(said).toContain(
      "Write it as tables, one below the other, and add these lines by hand",
    )
    expect(said.match(/^\[tool\.shipwheel\]$/gm)).toHaveLength(1)
  })

  it("waits for what is wrong in the lines that are there, which is told", () => {
    const text = `${PROJECT}\n[tool.shipwheel.version_in]\nx = 1\n`
    const step = () => configure({ ...PACKAGE, "pyproject.toml": text })
    expect(refusal(step)).toMatch(/version_in/)
    expect(refusal(step)).not.toContain("by hand")
  })
})
