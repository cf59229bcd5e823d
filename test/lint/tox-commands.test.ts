import { describe, expect, it } from "vitest"

import { toxCommands } from "../../src/lint/tox-commands.js"
import { parsePyproject } from "../../src/reading/pyproject.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const found = (toml: readonly string[], texts: Record<string, string> = {}) =>
  toxCommands("mypy", parsePyproject(lines(...toml)), sources(texts))

describe("the commands of tox", () => {
  it.each([
    ["[testenv:types]\ncommands = mypy src\n"],
    ["[testenv:types]\ncommands =\n  python -V\n  mypy \\\n    src\n"],
    ["[testenv:types]\ncommands = mypy src {posargs:more}\n"],
    ["[testenv]\ncommands = mypy src\n[testenv:b]\ncommands = mypy src\n"],
  ])("are read from tox.ini, each once: %j", (ini) => {
    expect(found([], { "tox.ini": ini })).toStrictEqual([["mypy", "src"]])
  })

  it("are read from pyproject.toml in both of its forms, and from tox.toml", () => {
    const own = [["mypy", "a"]]
    const table = 'commands = [["mypy", "a"], ["pytest"]]'
    expect(found(["[tool.tox.env.types]", table])).toStrictEqual(own)
    expect(found(["[tool.tox.env_run_base]", table])).toStrictEqual(own)
    expect(
      found([], { "tox.toml": lines("[env.types]", table) }),
    ).toStrictEqual(own)
    const ini = ["[tool.tox]", "legacy_tox_ini = '''", "[testenv]"]
    expect(found([...ini, "commands = mypy a", "'''"])).toStrictEqual(own)
  })

  it.each(["mypy {toxinidir}", "mypy $HOME", "mypy a && b", "mypy 'a b'"])(
    "are left to tox where it, or a shell, fills something in: %s",
    (command) => {
      const ini = `[testenv:types]\ncommands = ${command}\n`
      expect(found([], { "tox.ini": ini })).toStrictEqual([])
    },
  )

  it("are none where there is no tox, nor a file of it that can be read", () => {
    expect(found([], { "tox.toml": "[" })).toStrictEqual([])
  })
})
