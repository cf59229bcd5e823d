import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { satisfies } from "@renovatebot/pep440"
import * as treeSitter from "@vscode/tree-sitter-wasm"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"

import {
  type InstallerValues,
  installerValues,
  pythonRanges,
  whyNoInstallers,
} from "../../src/install-scripts/install-scripts.js"
import { wheel } from "../helpers/builders.js"
import {
  inRoom,
  scriptWith,
  template,
  valuesIn,
} from "../helpers/install-script.js"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

function values(changes: Partial<InstallerValues> = {}): InstallerValues {
  return {
    name: "quayside",
    version: "1.2.0",
    size: 2744,
    requiresPython: ">=3.9",
    commands: ["quayside", "quayside-admin"],
    requirements: ["fastapi>=0.110", 'tomli; python_version < "3.11"'],
    wheel: wheel(),
    check: ["quayside", "--version"],
    assets: "https://example.org/quayside/v1.2.0/",
    publicKey: "",
    ...changes,
  }
}

const script = (
  name: "install.sh" | "install.ps1",
  changes: Partial<InstallerValues> = {},
) => scriptWith(name, values(changes))

/** What a shell makes of the values. */
function inShell(changes: Partial<InstallerValues>, ...names: string[]) {
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join("; ")
  const block = installerValues(values(changes))["install.sh"]
  const out = execFileSync("sh", ["-c", `set -eu\n${block}${print}`])
  return out.toString().split("\0").slice(0, -1)
}

/** Texts that would do something if they were code; newlines part the entries of a list. */
const HOSTILE = [
  "'; touch hacked; '",
  "$(touch hacked)",
  "`touch hacked`",
  '"; exit 1; "',
  "\\",
  "''",
  "$Release",
  "@'",
  "%PATH%",
]

describe("the values of a release", () => {
  it("are what the shell reads, whatever is in them", () => {
    for (const text of HOSTILE)
      expect(
        inShell(
          { requirements: [text, "six"], assets: text },
          "REQUIREMENTS",
          "ASSETS",
        ),
      ).toEqual([`${text}\nsix`, text])
  })

  it("are what the shell reads, for any printable text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(inShell({ assets: text }, "ASSETS")).toEqual([text])
      }),
      { numRuns: 20 },
    )
  })

  it.for([
    [
      "a command that leads out of its folder",
      { commands: ["../../evil"] },
      "the console script `../../evil`",
    ],
    [
      "a command that looks like an option",
      { commands: ["-rf"] },
      "the console script `-rf`",
    ],
    [
      "a command with a space",
      { commands: ["two words"] },
      "the console script `two words`",
    ],
    [
      "what Windows PowerShell would read in another encoding",
      { requirements: ["x ’; evil"] },
      "more than printable ASCII",
    ],
    [
      "a command for the version that takes several lines",
      { check: ["quayside", "-c", "a\nb"] },
      "`tool.shipwheel.version`",
    ],
    [
      "what would end a line early",
      { assets: "https://example.org/\r" },
      "more than printable ASCII",
    ],
  ] as const)("are refused with %s", ([, changes, told]) => {
    expect(() => installerValues(values(changes as object))).toThrow(told)
  })

  it("stand where the templates have theirs, with the same names", () => {
    for (const [name, names] of [
      ["install.sh", /^([A-Z0-9]+)='/gm],
      ["install.ps1", /^ {4}(\w+) += '/gm],
    ] as const) {
      const sample = valuesIn(template(name))
      const found = (text: string) =>
        [...text.matchAll(names)].map(([, key]) => key)
      expect(found(sample).length).toBe(12)
      expect(found(installerValues(values())[name])).toEqual(found(sample))
    }
  })
})

describe("there are no install scripts", () => {
  it("where a reason is given against them", () => {
    expect(whyNoInstallers("we ship images", ["quayside"])).toBe(
      "switched off: we ship images",
    )
  })

  it("for a wheel without a console script, and else there are", () => {
    expect(whyNoInstallers(undefined, [])).toContain("no console script")
    expect(whyNoInstallers(undefined, ["quayside"])).toBeUndefined()
  })
})

describe("requires-python becomes ranges of versions:", () => {
  it.for([
    ["", ["3.0.0-99.0.0"]],
    [">=3.9", ["3.9.0-99.0.0"]],
    [">=3.9,<4", ["3.9.0-3.39.39"]],
    [">=3.9,!=3.9.7,<3.13", ["3.9.0-3.9.6", "3.9.8-3.12.39"]],
    ["!=3.10.*,>=3.9", ["3.9.0-3.9.39", "3.11.0-99.0.0"]],
    ["~=3.10", ["3.10.0-3.39.39"]],
    ["==3.12.*", ["3.12.0-3.12.39"]],
  ] as const)("%s", ([specifier, ranges]) => {
    expect(pythonRanges(specifier)).toEqual(ranges)
  })

  it("a version is in one of them just when the specifier takes it", () => {
    const minor = fc.integer({ min: 0, max: 20 })
    const operator = fc.constantFrom(">=", "<=", "<", ">", "!=", "~=")
    fc.assert(
      fc.property(operator, minor, minor, minor, (sign, at, patch, asked) => {
        const specifier = `${sign}3.${at}.${patch}`
        const version = `3.${asked}.${patch}`
        const number = (text: string) =>
          text.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0)
        const inside = pythonRanges(specifier).some((range) => {
          const [low = "", high = ""] = range.split("-")
          return (
            number(low) <= number(version) && number(version) <= number(high)
          )
        })
        expect(inside).toBe(satisfies(version, specifier))
      }),
      { numRuns: 30 },
    )
  })
})

describe("install.sh", () => {
  it.for(["install.sh", "says.sh", "try.sh"])(
    "%s is read by a POSIX shell",
    (name) => {
      const text = name === "install.sh" ? script(name) : inRoom(name)
      execFileSync("sh", ["-n"], { input: text })
    },
  )
})

/**
 * No registry at hand has PowerShell or PSScriptAnalyzer. Nearest is the grammar
 * that VS Code parses PowerShell with, and the analyzer's rules that a look at
 * the text can decide. Nothing here runs install.ps1.
 */
describe("install.ps1", () => {
  let parser: treeSitter.Parser

  beforeAll(async () => {
    const wasm = join(ROOT, "node_modules/@vscode/tree-sitter-wasm/wasm")
    await treeSitter.Parser.init({
      locateFile: (file: string) => join(wasm, file),
    })
    parser = new treeSitter.Parser()
    parser.setLanguage(
      await treeSitter.Language.load(join(wasm, "tree-sitter-powershell.wasm")),
    )
  })

  const wrong = (text: string) => {
    const tree = parser.parse(text)
    return (
      tree?.rootNode
        .descendantsOfType("ERROR")
        .map(
          (node) => `${node?.startPosition.row ?? 0}: ${node?.text ?? ""}`,
        ) ?? ["nothing"]
    )
  }
  const nodes = (kind: string | string[]) =>
    parser.parse(script("install.ps1"))?.rootNode.descendantsOfType(kind) ?? []

  it("has no line that the grammar does not know", () => {
    expect(wrong(template("install.ps1"))).toEqual([])
    expect(wrong(script("install.ps1"))).toEqual([])
    expect(wrong("if (")).not.toEqual([])
  })

  it("keeps every value a plain text, whatever is in it", () => {
    for (const text of HOSTILE) {
      const tree = parser.parse(
        script("install.ps1", { assets: text }),
      )?.rootNode
      const [table] = tree?.descendantsOfType("hash_literal_expression") ?? []
      const texts = table?.descendantsOfType("verbatim_string_characters") ?? []
      expect(tree?.hasError).toBe(false)
      expect(texts).toHaveLength(12)
      expect(texts.at(-2)?.text).toBe(`'${text.replaceAll("'", "''")}'`)
    }
  })

  it("runs the same programs in Python as install.sh", () => {
    const shell = template("install.sh")
    const windows = template("install.ps1")
    for (const name of ["Recorded", "Whole", "Same"]) {
      const program = new RegExp(`^${name.toUpperCase()}='\\n([^']*)'$`, "m")
      const text = program.exec(shell)?.[1] ?? "nothing"
      expect(windows).toContain(`@'\n${text}`)
    }
  })

  it("uses nothing that Windows PowerShell 5.1 lacks", () => {
    const code = template("install.ps1").replace(/<#[^]*?#>|^\s*#.*$/gm, "")
    for (const newer of [
      /\?\?/,
      / && /,
      / \|\| /,
      /\$IsWindows/,
      /\?\s*\$\w+\s*:/,
      /-Parallel/,
      /utf8NoBOM/,
    ])
      expect(code).not.toMatch(newer)
    // It reads a file without a mark in the system's own encoding.
    expect(code).toMatch(/^[\n -~]*$/)
  })

  it("removes nothing but by its two functions, which go through no link", () => {
    const text = template("install.ps1")
    const removing = [
      ...text.matchAll(/^(?! *#).*(?:Remove-Item|::Delete\().*$/gm),
    ]
    expect(removing.map(([line]) => line.trim())).toEqual([
      expect.stringContaining(
        "if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Force }",
      ),
      expect.stringContaining("[IO.Directory]::Delete($Path, $true)"),
      expect.stringContaining("-not (Get-ChildItem -LiteralPath $Path -Force)"),
    ])
    expect(text).toMatch(
      /function Clear-Folder\(\[string\]\$Path\) \{\n {4}Assert-NoLink \$Path\n/,
    )
  })

  it("names an environment by no path, and a command by its hash", () => {
    const lines = [
      ...template("install.ps1").matchAll(/\$line -match '([^']*)'/g),
    ].map(([, pattern = ""]) => new RegExp(pattern))
    const [environment = /^$/, command = /^$/] = lines
    expect("environment 1.2.0").toMatch(environment)
    for (const name of ["..\\x", "../x", "..", "C:x", "", "\\", "/"])
      expect(`environment ${name}`).not.toMatch(environment)
    expect(`command ${"a".repeat(64)} C:\\bin\\x.exe`).toMatch(command)
    expect("command  C:\\bin\\x.exe").not.toMatch(command)
  })

  it("is one block after its parameters, so that it runs as a whole or not at all", () => {
    const text = script("install.ps1")
    const body = text.indexOf("\n& {\n") + 2
    const top = parser.parse(text)?.rootNode
    expect(top?.hasError).toBe(false)
    expect(text.trimEnd()).toMatch(/\n\}$/)
    for (let at = 0; at < 60; at++) {
      const length = body + Math.floor((at * (text.length - body - 3)) / 60)
      expect(parser.parse(text.slice(0, length + 2))?.rootNode.hasError).toBe(
        true,
      )
    }
    const statements = top?.descendantsOfType("pipeline") ?? []
    expect(statements[0]?.startIndex).toBe(body - 1)
  })

  it("calls no alias, writes to no host and ends nobody's session", () => {
    const called = nodes(["command_name", "command_name_expr"])
      .map((node) => node?.text ?? "")
      // To the grammar a range is a command, too, and so is the block that holds everything.
      .filter((name) => !/^[\d{]/.test(name))
    const own = [
      ...template("install.ps1").matchAll(/^function ([\w-]+)/gm),
    ].map(([, name]) => name)
    const cmdlets = [
      "Add-Content",
      "Copy-Item",
      "ForEach-Object",
      "Get-ChildItem",
      "Get-Command",
      "Get-Content",
      "Get-Item",
      "Get-FileHash",
      "Join-Path",
      "Move-Item",
      "New-Item",
      "Get-Location",
      "Pop-Location",
      "Push-Location",
      "Remove-Item",
      "Select-Object",
      "Select-String",
      "Set-Content",
      "Sort-Object",
      "Test-Path",
      "Where-Object",
      "Write-Information",
    ]
    const others = called.filter(
      (name) => !own.includes(name) && !cmdlets.includes(name),
    )
    // Programs are called by their path.
    expect(new Set(others)).toEqual(new Set(["$Tool", "$py", "$pipx", "$Work"]))
    expect(template("install.ps1")).not.toMatch(/^\s*exit\b|[;{] *exit\b/im)
  })

  it("names its functions by approved verbs, none of which asks for -WhatIf", () => {
    const verbs = [
      ...template("install.ps1").matchAll(/^function (\w+)-/gm),
    ].map(([, verb]) => verb)
    const approved = [
      "Add",
      "Assert",
      "Clear",
      "Close",
      "Confirm",
      "Copy",
      "Find",
      "Initialize",
      "Get",
      "Install",
      "Invoke",
      "Save",
      "Skip",
      "Split",
      "Test",
      "Uninstall",
      "Write",
    ]
    expect(verbs.filter((verb) => !approved.includes(verb ?? ""))).toEqual([])
  })
})
