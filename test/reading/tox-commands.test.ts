import { describe, expect, it } from "vitest"

import { parsePyproject } from "../../src/reading/pyproject.js"
import { toxCommands } from "../../src/reading/tox-commands.js"
import { sources } from "../helpers/builders.js"
import { lines } from "../helpers/refusal.js"

const found = (toml: readonly string[], texts: Record<string, string> = {}) =>
  toxCommands("mypy", parsePyproject(lines(...toml)), sources(texts))

describe("the commands of tox", () => {
  it.each([
    ["[testenv:types]\ncommands = mypy src\n"],
    ["[testenv:types]\ncommands =\n  python -V\n  mypy \\\n    src\n"],
    ["[testenv:types]\ncommands = mypy src {posargs}\n"],
    ["[testenv:types]\ncommands = mypy {posargs:src}\n"],
    ["[testenv:types]\ncommands = mypy {toxinidir}/src\n"],
    ["[testenv]\ncommands =\n  types: mypy src\n"],
    ["[testenv]\ncommands =\n  py{39,312}-types: mypy src {posargs}\n"],
    ["[testenv]\ncommands = mypy src\n[testenv:b]\ncommands = mypy src\n"],
  ])("are read from tox.ini, each once: %j", (ini) => {
    expect(found([], { "tox.ini": ini })).toStrictEqual([["mypy", "src"]])
  })

  it("are given what tox gives them where nobody gives them more", () => {
    const own = [["mypy", "--strict", "src", "tests"]]
    const ini = "[testenv]\ncommands = mypy --strict {posargs:src tests}\n"
    expect(found([], { "tox.ini": ini })).toStrictEqual(own)
    const posargs = '{ replace = "posargs", default = ["src", "tests"] }'
    const table = `commands = [["mypy", "--strict", ${posargs}]]`
    expect(found(["[tool.tox.env.types]", table])).toStrictEqual(own)
  })

  it("are left to tox where a table is filled in otherwise", () => {
    const table = 'commands = [["mypy", { replace = "env", name = "A" }]]'
    expect(found(["[tool.tox.env.types]", table])).toStrictEqual([])
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
    const deep = ["  [testenv]", "  commands =", "    mypy a", "'''"]
    expect(found([...ini.slice(0, 2), ...deep])).toStrictEqual(own)
  })

  it.each(["mypy {envdir}", "mypy $HOME", "mypy a && b", "mypy 'a b'"])(
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
