import { describe, expect, it } from "vitest"

import { parseConfig } from "../../src/config/config.js"
import { resolveGates } from "../../src/config/gate-config.js"
import { refusal } from "../helpers/refusal.js"

describe("gates by default", () => {
  const gates = resolveGates({}, [])

  it("are all on, with PyPI's limit, and report what an audit finds", () => {
    expect(gates.skip.size).toBe(0)
    expect(gates.size).toStrictEqual({
      wheel: 100 * 2 ** 20,
      sdist: 100 * 2 ** 20,
    })
    expect(gates.audit).toStrictEqual({ python: "report", frontend: "report" })
    expect(gates.serve).toBeUndefined()
  })
})

describe("the command that prints the version", () => {
  const smoke = [
    ["quayside", "--version"],
    ["quayside", "berths"],
  ]

  it("is every smoke command that asks for it", () => {
    expect(resolveGates({}, smoke).versionCommands).toStrictEqual([
      ["quayside", "--version"],
    ])
  })

  it("is the configured one where there is one", () => {
    const version = ["quayside", "version"]
    expect(resolveGates({ version }, smoke).versionCommands).toStrictEqual([
      version,
    ])
  })

  it("is none for a package without commands", () => {
    expect(resolveGates({}, []).versionCommands).toStrictEqual([])
  })
})

describe("the configuration of a gate", () => {
  it("is taken as written", () => {
    const config = parseConfig({
      skip: { reproduce: "the compiler writes the time" },
      size: { wheel: 20 },
      audit: { python: "fail", frontend: "high" },
      serve: { command: ["quayside", "serve"], port: 8000 },
    })
    const gates = resolveGates(config, [])
    expect(gates.skip.get("reproduce")).toBe("the compiler writes the time")
    expect(gates.size.wheel).toBe(20 * 2 ** 20)
    expect(gates.audit).toStrictEqual({ python: "fail", frontend: "high" })
    expect(gates.serve).toStrictEqual({
      command: ["quayside", "serve"],
      port: 8000,
      path: "/",
    })
  })

  it.each([
    [{ installers: ["windows"] }, '"debian", "debian-uv", "alpine", "fedora"'],
    [{ skip: { reproduce: "" } }, "Accepted is the reason, such as"],
    [
      { skip: { test: "no time" } },
      "`tool.shipwheel.skip.test` is not a known",
    ],
    [{ skip: { reprodcue: "x" } }, "Did you mean `reproduce`?"],
    [{ size: { wheel: 0 } }, "Accepted is a number of MiB"],
    [
      { audit: { python: "high" } },
      'Accepted is one of "off", "report", "fail"',
    ],
    [
      { serve: { command: [], port: 1 } },
      "a list of arguments that starts with a program",
    ],
    [{ serve: { command: ["a"], port: 0 } }, "`tool.shipwheel.serve.port`"],
    [{ version: [] }, "a list of arguments that starts with a program"],
  ])("is refused with what is accepted: %j", (table, said) => {
    expect(refusal(() => parseConfig(table))).toContain(said)
  })
})

describe("`allow`", () => {
  it("takes paths with a reason each", () => {
    const allow = { "tests/.netrc": "holds no secret" }
    expect([...resolveGates(parseConfig({ allow }), []).allow]).toStrictEqual([
      ["tests/.netrc", "holds no secret"],
    ])
  })

  it.each([
    [["tests/.netrc"], "`tool.shipwheel.allow` has a value of the wrong kind"],
    [{ "tests/.netrc": "" }, "Accepted is the reason, such as"],
    [{ "tests/.netrc": true }, "`tool.shipwheel.allow.tests/.netrc`"],
  ])("refuses %j", (allow, said) => {
    expect(refusal(() => parseConfig({ allow }))).toContain(said)
  })
})
