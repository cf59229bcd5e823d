import { describe, expect, it } from "vitest"

import { lintersInWords } from "../../src/lint/linters.js"
import { PRE_COMMIT } from "../../src/lint/pre-commit.js"
import { PACKAGE, project } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const FILES = [PACKAGE, "src/quayside/a.pyi", "tests/test_a.py"]
const [OWN = "", STUB = "", TEST = ""] = FILES

/** What is asked of a project that has nothing of a linter but its hook. */
function linting(
  repo: string,
  hooks: string,
  more: { toml?: string[]; texts?: Record<string, string> } = {},
) {
  const config = lines(
    "repos:",
    `- repo: https://github.com/${repo}`,
    "  rev: 6.0.1",
    `  hooks: [${hooks}]`,
  )
  const texts = { [PRE_COMMIT]: config, ...more.texts }
  return project({ ...more, paths: FILES, texts }).linting
}
const isort = (hooks: string, more = {}) => linting("PyCQA/isort", hooks, more)
const flake8 = (hooks: string, more = {}) =>
  linting("PyCQA/flake8", hooks, more)
const commandsOf = ({ linters }: ReturnType<typeof linting>) =>
  linters.flatMap(({ commands }) => commands.map((each) => each.join(" ")))

describe("a linter that has nothing but a hook", () => {
  it("is asked of the files what its hook asks, and changes none of them", () => {
    const hook = "{ id: isort, args: [--profile, black, --filter-files] }"
    const found = isort(hook)
    expect(found).toMatchObject({
      linters: [
        {
          name: "isort",
          configured: `\`${PRE_COMMIT}\``,
          requirements: ["isort==6.0.1"],
          apart: true,
          reported: undefined,
        },
      ],
      left: [],
    })
    expect(commandsOf(found)).toStrictEqual([
      `isort --check-only --profile black --filter-files -- ${OWN} ${STUB} ${TEST}`,
    ])
  })

  it("is told of what no hook says as its repository has it", () => {
    expect(commandsOf(isort("{ id: isort, exclude: ^tests/ }"))).toStrictEqual([
      `isort --check-only --filter-files -- ${OWN} ${STUB}`,
    ])
    expect(commandsOf(flake8("{ id: flake8 }"))).toStrictEqual([
      `flake8 --count -- ${OWN} ${TEST}`,
    ])
  })

  it("sees the plugins of its hook, and those of no list", () => {
    const lint = 'lint = ["flake8==5.0.0", "flake8-bugbear"]'
    const toml = ["[dependency-groups]", lint]
    const hook = "{ id: flake8, additional_dependencies: [pep8-naming==0.14] }"
    expect(flake8(hook, { toml })).toMatchObject({
      linters: [
        {
          requirements: ["flake8==6.0.1", "pep8-naming==0.14"],
          version: `\`flake8==6.0.1\` of \`${PRE_COMMIT}\``,
        },
      ],
    })
  })

  it("stops nothing where its hook lets it fail", () => {
    const found = flake8("{ id: flake8, args: [--exit-zero, --ignore=E501] }")
    expect(found).toMatchObject({
      linters: [{ reported: `the hook of \`${PRE_COMMIT}\` lets it fail` }],
    })
    expect(commandsOf(found)).toStrictEqual([
      `flake8 --count --ignore=E501 -- ${OWN} ${TEST}`,
    ])
  })

  it("is the one of its hooks that is for Python", () => {
    const more = ["cython", "pyi"].map(
      (each) => `, { id: isort, types: [${each}] }`,
    )
    expect(
      commandsOf(isort(`{ id: isort, args: [-l, 99] }${more.join("")}`)),
    ).toStrictEqual([`isort --check-only -l 99 -- ${OWN} ${STUB} ${TEST}`])
  })

  it("is not the one that is run by hand beside another", () => {
    const both = [
      "{ id: isort, args: [-l, 99] }]",
      "- repo: https://github.com/a/isort",
      "  rev: 5.0.0",
      "  hooks: [{ id: isort, stages: [manual] }",
    ]
    expect(commandsOf(isort(both.join("\n")))).toStrictEqual([
      `isort --check-only -l 99 -- ${OWN} ${STUB} ${TEST}`,
    ])
  })

  it("is left out where a project leaves it out", () => {
    const toml = ["[tool.shipwheel.skip]", 'isort = "by hand"']
    expect(isort("{ id: isort }", { toml })).toMatchObject({
      linters: [],
      left: [{ name: "isort", why: "by hand" }],
    })
  })

  it.each([
    ["PyCQA/isort", "isort", "[tool.isort]"],
    ["PyCQA/flake8", "flake8", ".flake8"],
    ["pre-commit/mirrors-mypy", "mypy", "[tool.mypy]"],
    ["psf/black", "black", "[tool.black]"],
  ])("is left out where it is run by hand: %s", (repo, id, settings) => {
    const { left } = linting(repo, `{ id: ${id}, stages: [manual] }`)
    expect(left).toStrictEqual([
      {
        name: id,
        why: `its hook of \`${PRE_COMMIT}\` is for the hand (\`stages: [manual]\`), and nothing configures it; \`${settings}\` has it run`,
      },
    ])
    const often = linting(repo, `{ id: ${id}, stages: [pre-push, manual] }`)
    expect(often).toMatchObject({ left: [], linters: [{ name: id }] })
  })

  it.each([
    ["runs something else", "isort", "entry: ci/isort"],
    ["runs elsewhere", "isort", "language: system"],
    ["has settings elsewhere", "flake8", "args: [--config=ci/flake8]"],
    ["is given no files", "mypy", "args: [src], pass_filenames: false"],
    ["is given none that is there", "isort", "files: none"],
    ["has files that can't be read", "isort", "files: '('"],
    ["is there twice", "isort", "files: ^src/ }, { id: isort"],
    ["is of a tool that is not run so", "pyright", "args: []"],
  ])("is left out, and said to be, where its hook %s", (_, id, hook) => {
    const repo = id === "pyright" ? "a/pyright-python" : `a/mirrors-${id}`
    const of = repo.replace("mirrors-flake8", "flake8")
    const found = linting(of, `{ id: ${id}, ${hook} }`)
    const settings = id === "flake8" ? ".flake8" : `[tool.${id}]`
    const why = `\`${PRE_COMMIT}\` runs it in a way that only \`pre-commit\` can, and nothing configures it; \`${settings}\` has it run`
    expect(found).toMatchObject({
      linters: [{ name: "ruff", reported: "no linter is configured" }],
      left: [{ name: id, why }],
    })
    expect(lintersInWords(found)).toContain(`${id} left out: ${why}`)
  })

  it("is ruff as every project has it, where that one is run by hand", () => {
    const hook = "{ id: ruff, stages: [manual] }"
    const alone = linting("astral-sh/ruff-pre-commit", hook)
    expect(alone).toMatchObject({ linters: [{ name: "ruff" }], left: [] })
    const texts = { Makefile: "lint:\n\tblack --check .\n" }
    const beside = linting("astral-sh/ruff-pre-commit", hook, { texts })
    expect(beside).toMatchObject({ left: [{ name: "ruff" }] })
  })
})
