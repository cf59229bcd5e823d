import { describe, expect, it } from "vitest"

import { outlineProject } from "../../src/project/outline.js"
import {
  look,
  outline,
  PACKAGE,
  type Source,
  sources,
} from "../helpers/builders.js"
import { accepted, refusal } from "../helpers/refusal.js"

const refused = (source: Source) =>
  refusal((problems) => look(source, problems))

const SHIPWHEEL = "[tool.shipwheel]"
const SETUPTOOLS = "[tool.setuptools]"
const FIND = "[tool.setuptools.packages.find]"

describe("a source", () => {
  it("without any file that makes it a project is refused", () => {
    const step = () => refusal((p) => outlineProject(sources({}), p))
    expect(step()).toBe(
      "project: there is no `pyproject.toml` in the source, and no `setup.py` or `setup.cfg`\n   Run in the project's folder, or point `--source` at it.",
    )
  })

  it.each([
    ["without a file of its own", {}],
    ["with settings of tools alone", { "pyproject.toml": "[tool.ruff]\n" }],
    ["with a setup.cfg of tools alone", { "setup.cfg": "[flake8]\n" }],
    [
      "with two files of tools alone",
      { "pyproject.toml": "[tool.ruff]\n", "setup.cfg": "[flake8]\n" },
    ],
  ])(
    "above several projects, %s, is refused with where those are",
    (_, own) => {
      const below = ["wren/setup.py", "backend/bird/pyproject.toml"]
      const others = ["tests/app/setup.py", "wren/plugin/pyproject.toml"]
      const files = sources(own, [...below, ...others])
      expect(refusal((p) => outlineProject(files, p))).toContain(
        "Projects are in `backend/bird`, `wren`: name the one that is meant, and the repository around it: `--source backend/bird --repository .`.",
      )
    },
  )

  it("above several projects names one first that is no demo, and none of tools alone", () => {
    const texts = { "apps/setup.cfg": "[flake8]\n" }
    const paths = ["demo-project/setup.py", "package/setup.py"]
    expect(refusal((p) => outlineProject(sources(texts, paths), p))).toContain(
      "Projects are in `package`, `demo-project`: name the one that is meant, and the repository around it: `--source package --repository .`.",
    )
  })

  it("with nothing but a setup.cfg of tools says so", () => {
    const files = sources({ "setup.cfg": "[flake8]\n" })
    expect(refusal((p) => outlineProject(files, p))).toContain(
      "there is no `pyproject.toml` in the source, and no `setup.py`; `setup.cfg` has no `[metadata]`, so it has settings of tools alone",
    )
  })

  it("that is a Dagger module's own folder is refused with how to name the project's", () => {
    const files = { "dagger.json": "{}", "src/index.ts": "" }
    expect(refusal((p) => outlineProject(sources(files), p))).toBe(
      "project: there is no `pyproject.toml` in the source, and no `setup.py` or `setup.cfg`\n   This is the folder of a Dagger module: point `--source` at your project's. With Dagger 1.0, `dagger settings shipwheel source .` does so for every call.",
    )
  })

  it.each(["", "[tool.ruff]\n"])(
    "whose pyproject.toml is %j has no name and is refused",
    (text) => {
      expect(
        refusal((p) => outlineProject(sources({ "pyproject.toml": text }), p)),
      ).toBe(
        "project: `pyproject.toml` has no `[project]` table with a `name`\n   Add `[project]` with `name` and `version` (PEP 621).",
      )
    },
  )

  it.each([
    [
      "a setup.py that computes it",
      { "setup.py": "setup(name=made())" },
      "no plain name of the project is in `setup.py`",
      '`setup(name="quayside")`',
    ],
    [
      "a setup.cfg without it",
      { "setup.cfg": "[metadata]\nversion = 1\n" },
      "no plain name of the project is in `setup.cfg`",
      "`[metadata]` of setup.cfg",
    ],
    [
      "poetry's table without it",
      { "pyproject.toml": "[tool.poetry]\nversion = '1'\n" },
      "`[tool.poetry]` in `pyproject.toml` has no `name`",
      "Add it there.",
    ],
  ])(
    "without a name is told where it belongs, and of no `[project]` that would break it: %s",
    (_, files, what, next) => {
      const said = refusal((p) => outlineProject(sources(files), p))
      expect(said).toContain(what)
      expect(said).toContain(next)
      expect(said).not.toContain("[project]")
    },
  )

  it("has the name that a setup.py gives a variable", () => {
    const files = { "setup.py": "NAME = 'quay'\nsetup(name=NAME)\n" }
    const found = accepted((p) =>
      outlineProject(sources({ ...files, "quay.py": "" }), p),
    )
    expect(found.name).toBe("quay")
  })

  it("is refused with all problems of configuration and files at once", () => {
    const toml = [
      SHIPWHEEL,
      'changelog = "NEWS.md"',
      'frontend = { path = "web" }',
    ]
    expect(refused({ toml, paths: [] })).toBe(
      [
        "3 problems, nothing was started:",
        '1. project: no import package was found for `quayside`\n   Say where it is: `package = "src/<name>"` in `[tool.shipwheel]`. A package without any, which only requires others, is not what Shipwheel releases.',
        "2. frontend: `web/package.json` is not there, but `tool.shipwheel.frontend.path` is `web`\n   Commit the frontend, or correct the path; a package without a frontend has no `[tool.shipwheel.frontend]`.",
        "3. configuration: `tool.shipwheel.changelog` names `NEWS.md`, which is not there\n   Correct the path, or leave it out to use `CHANGELOG.md`.",
      ].join("\n\n"),
    )
  })

  it("is looked at further when its configuration is wrong", () => {
    const toml = [SHIPWHEEL, 'packages = "src"']
    expect(refused({ toml, paths: [] })).toMatch(
      /^2 problems, .*\n\n1\. configuration: `tool\.shipwheel\.packages` .*\n.*\n\n2\. project: no import package/,
    )
  })
})

describe("the import package", () => {
  it.each([
    ["src/quayside", [], ["src/quayside/__init__.py"]],
    ["quayside", [], ["quayside/__init__.py"]],
    ["src/quayside.py", [], ["src/quayside.py"]],
    ["quayside.py", [], ["quayside.py"]],
    [
      "src/quayside",
      [],
      ["quayside/__init__.py", "src/quayside/__init__.py", "quayside.py"],
    ],
    [
      "backend/quayside",
      [SETUPTOOLS, 'package-dir = { "" = "backend" }'],
      ["backend/quayside/__init__.py", "src/quayside/__init__.py"],
    ],
    [
      "lib/quayside",
      [FIND, 'where = ["backend", "lib"]'],
      ["lib/quayside/__init__.py"],
    ],
    ["quayside", [FIND, 'where = ["."]'], ["quayside/__init__.py"]],
    [
      "lib/board",
      [SHIPWHEEL, 'package = "lib/board"'],
      ["lib/board/__init__.py", "src/quayside/__init__.py"],
    ],
  ])("is %s with %j and %j", (found, toml, paths) => {
    expect(outline({ toml, paths }).packageDir).toBe(found)
  })

  it.each([
    ["Quay-Side", "src/Quay_Side"],
    ["Quay-Side", "src/quay_side"],
    ["quay.side", "src/quay_side"],
  ])("of %s may be %s", (name, found) => {
    const text = `[project]\nname = "${name}"\n`
    const all = sources({ "pyproject.toml": text }, [`${found}/__init__.py`])
    refusal((problems) => {
      expect(outlineProject(all, problems).packageDir).toBe(found)
    })
  })

  it.each([[[], ["src/other/__init__.py", "src/another/__init__.py"]]])(
    "is not found with %j and %j",
    (toml, paths) => {
      expect(refused({ toml, paths })).toBe(
        'project: no import package was found for `quayside`\n   Seen were `src/another`, `src/other`: say which it is, such as `package = "src/another"` in `[tool.shipwheel]`. A package without any, which only requires others, is not what Shipwheel releases.',
      )
    },
  )
})

describe("a frontend's folder", () => {
  it.each(["frontend", "web", "ui", "client"])("is found as %s", (path) => {
    const paths = [PACKAGE, `${path}/package.json`]
    expect(outline({ paths }).frontends).toStrictEqual([{ path }])
  })

  it.each(["package.json", "docs/package.json", "src/frontend/package.json"])(
    "is not found by %s",
    (path) => {
      expect(outline({ paths: [PACKAGE, path] }).frontends).toStrictEqual([])
    },
  )

  it("that is above the project needs its repository to be named", () => {
    const toml = [SHIPWHEEL, 'changelog = "../NEWS.md"']
    expect(refusal(() => outline({ toml, paths: [PACKAGE] }))).toBe(
      "configuration: `tool.shipwheel.changelog` names `../NEWS.md`, which is not there\n   Correct the path; what is above the project is seen where `--repository` names the folder of its repository.",
    )
  })

  it("is the configured one before a usual one", () => {
    const toml = ["[tool.shipwheel.frontend]", 'path = "apps/board"']
    const paths = [PACKAGE, "web/package.json", "apps/board/package.json"]
    expect(outline({ toml, paths }).frontends).toStrictEqual([
      { path: "apps/board" },
    ])
  })

  it("is each that is found, and each that is configured", () => {
    const paths = ["ui", "frontend", "a", "b"].map(
      (each) => `${each}/package.json`,
    )
    const found = [{ path: "frontend" }, { path: "ui" }]
    expect(outline({ paths: [PACKAGE, ...paths] }).frontends).toStrictEqual(
      found,
    )
    const toml = ["a", "b"].flatMap((each) => [
      "[[tool.shipwheel.frontend]]",
      `path = "${each}"`,
    ])
    expect(
      outline({ toml, paths: [PACKAGE, ...paths] }).frontends,
    ).toStrictEqual([{ path: "a" }, { path: "b" }])
  })
})

describe("the changelog", () => {
  it.each(["CHANGELOG.md", "CHANGES.md", "HISTORY.md"])(
    "is found as %s",
    (path) => {
      expect(outline({ paths: [PACKAGE, path] }).changelog).toBe(path)
    },
  )

  it("is absent where there is none", () => {
    expect(
      outline({ paths: [PACKAGE, "src/quayside/news.md"] }).changelog,
    ).toBeUndefined()
  })

  it("is the configured one before a usual one", () => {
    const toml = [SHIPWHEEL, 'changelog = "docs/NEWS.md"']
    const paths = [PACKAGE, "CHANGELOG.md", "docs/NEWS.md"]
    expect(outline({ toml, paths }).changelog).toBe("docs/NEWS.md")
  })
})
