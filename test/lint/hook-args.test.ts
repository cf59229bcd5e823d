import { describe, expect, it } from "vitest"

import { asHookSays } from "../../src/lint/hook-args.js"
import { RUFF, RUFF_FORMAT } from "../../src/lint/linter-table.js"
import { PRE_COMMIT, readHooks } from "../../src/lint/pre-commit.js"
import { sourcesIn } from "../helpers/builders.js"

const USUAL = {
  black: ["black", "--check", "."],
  flake8: ["flake8", "--count"],
  isort: ["isort", "--check-only", "."],
  ruff: RUFF,
  "ruff-format": RUFF_FORMAT,
} as const
type Id = keyof typeof USUAL

/** The command that is run where the hook of a linter has these lines. */
function command(id: Id, more: string, folder = "") {
  const last = id.startsWith("ruff") ? "ruff-pre-commit" : id
  const text = `repos: [{ repo: "https://github.com/a/${last}", rev: 1.2.3, hooks: [{ id: ${id}, ${more} }] }]`
  const at = (path: string) => (folder === "" ? path : `${folder}/${path}`)
  const seen = sourcesIn(folder, {
    [PRE_COMMIT]: text,
    [at("src/wren/a.py")]: "",
    [at("pyproject.toml")]: "",
    [at("tox.ini")]: "",
  })
  const [hook] = readHooks(seen)
  return hook && asHookSays(USUAL[id], hook, seen)?.join(" ")
}

const usual = (id: Id) => USUAL[id].join(" ")

describe("what a hook is called with", () => {
  it.each<[Id, string, string]>([
    ["black", "[-l, 99, -S]", "-l 99 -S"],
    ["black", "[--line-length=79, --safe, --quiet]", "--line-length=79 --safe"],
    ["isort", "[--profile, black, --check-only]", "--profile black"],
    ["flake8", "['--ignore=E402,W503', --count]", "--ignore=E402,W503"],
    ["flake8", "[--config=tox.ini]", "--config=tox.ini"],
    ["ruff", "[--fix, --select, 'E,F', --show-fixes]", "--select E,F"],
    ["ruff", "[--output-format, full, --ignore=E501]", "--ignore=E501"],
    [
      "ruff-format",
      "[--diff, --config, ./pyproject.toml]",
      "--config=./pyproject.toml",
    ],
    ["black", "[--preview, src]", "--preview"],
  ])("counts as settings: %s %s", (id, args, wanted) => {
    expect(command(id, `args: ${args}`)).toBe(`${usual(id)} ${wanted}`)
  })

  it("says where to look where it is given no files", () => {
    const hook = "args: [--preview, src], pass_filenames: false, files: none"
    expect(command("black", hook)).toBe("black --check --preview src")
    expect(command("black", "pass_filenames: false, files: ^src")).toBe(
      "black --check .",
    )
  })

  it("stands before the files that it is given", () => {
    expect(command("black", "args: [-S], files: ^src")).toBe(
      "black --check -S -- src/wren/a.py",
    )
  })

  it.each<[Id, string]>([
    ["flake8", "[--version]"],
    ["flake8", "[--config=.config/flake8]"],
    ["black", "[--config, ../black.toml]"],
    ["ruff", "[--isolated]"],
    ["black", "[--safe, lib]"],
  ])("is none that can't be asked here: %s %s", (id, args) => {
    expect(command(id, `args: ${args}`)).toBeUndefined()
  })

  it("names files from the top of the repository", () => {
    const inFolder = (args: string) => command("black", args, "packages/wren")
    expect(inFolder("args: [-S]")).toBe(`${usual("black")} -S`)
    expect(inFolder("args: [--config=pyproject.toml]")).toBeUndefined()
    expect(
      inFolder("args: [--safe, src], pass_filenames: false"),
    ).toBeUndefined()
  })
})
