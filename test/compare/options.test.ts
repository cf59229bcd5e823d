import { describe, expect, it } from "vitest"

import {
  optionChanges,
  parseOptions,
  withExtras,
} from "../../src/compare/options.js"

const shown = (command: string, ...options: string[]) => ({
  command,
  options,
  failed: null,
})
const silent = (command: string, failed: string) => ({
  command,
  options: null,
  failed,
})

describe("what commands show in their help", () => {
  it("breaks by what is gone, and has what is new", () => {
    const { changes, counted, left } = optionChanges({
      before: [shown("quay", "--help"), shown("quay berths", "--at", "--help")],
      after: [
        shown("quay", "--help", "--color"),
        shown("quay berths", "--help"),
        shown("quay serve", "--port"),
      ],
    })
    expect(changes.map(({ level, of, what }) => [of, level, what])).toEqual([
      ["commands", "feature", "`quay --color` is new"],
      ["commands", "breaking", "`quay berths --at` is gone"],
      ["commands", "feature", "`quay serve` is new"],
    ])
    expect([counted, left]).toEqual([3, []])
  })

  it("breaks by a subcommand that is gone", () => {
    const before = [shown("quay", "--help"), shown("quay berths", "--at")]
    const { changes } = optionChanges({
      before,
      after: [shown("quay", "--help")],
    })
    expect(changes.map(({ names }) => names)).toEqual([["quay berths"]])
  })

  it("proves nothing where a command shows none", () => {
    const before = [shown("quay", "--help"), shown("quay berths", "--at")]
    const after = [silent("quay", "exit code 2")]
    expect(optionChanges({ before, after })).toEqual({
      counted: 0,
      changes: [],
      left: ["`quay --help` told nothing now (exit code 2)"],
    })
    expect(optionChanges({ before: after, after: before }).left).toEqual([
      "`quay --help` told nothing before (exit code 2)",
    ])
  })

  it("holds nothing against a command that shows none on one side", () => {
    const known = [shown("quay", "--help"), shown("quay berths", "--at")]
    const lost = [silent("quay", "exit code 1")]
    const only = "`quay --help` told nothing"
    expect(optionChanges({ before: lost, after: known })).toEqual({
      counted: 0,
      changes: [],
      left: [`${only} before (exit code 1)`],
    })
    const deep = [shown("quay", "--help"), silent("quay berths", "exit code 1")]
    expect(optionChanges({ before: deep, after: known }).changes).toEqual([])
    expect(optionChanges({ before: known, after: deep }).changes).toEqual([])
  })

  it("is not known where the releases could not be installed, and nothing where there is no command", () => {
    const why = "dependencies are no releases on an index"
    expect(optionChanges({ why }).left).toEqual([`no options: ${why}`])
    expect(optionChanges(undefined).left).toEqual([])
  })
})

it("the answer of the program is read as it is", () => {
  const answer = [shown("quay", "--help"), silent("rill", "is not installed")]
  expect(parseOptions(JSON.stringify(answer))).toEqual(answer)
})

it.each([
  [["docs"], "quayside.whl"],
  [["cli", "docs"], "quayside.whl[cli]"],
])("a wheel with the extras %j is installed as %s", (extras, installed) => {
  expect(withExtras({ name: "quayside.whl", extras })).toBe(installed)
})
