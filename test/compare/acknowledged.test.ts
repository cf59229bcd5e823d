import { describe, expect, it } from "vitest"

import { breakingNotes, isNamed } from "../../src/compare/acknowledged.js"
import { change } from "../helpers/compared.js"
import { lines } from "../helpers/refusal.js"

const NOTES = `### Added

- \`free\`, which is no break

### Removed

- \`read\` is gone

#### More

- and \`write\`

### Fixed

- **Breaking**: \`show\` asks for a day
- breakfast is served
`

describe("what notes say of breaks", () => {
  it("is in the sections that are called so, and in lines that begin so", () => {
    const found = breakingNotes(NOTES)
    for (const name of ["read", "write", "show"]) expect(found).toContain(name)
    for (const name of ["free", "breakfast"]) expect(found).not.toContain(name)
  })

  it.for([
    "Breaking changes",
    "⚠ BREAKING",
    "Backwards incompatible",
    "Removals",
  ])("is in a section called %s", (title) => {
    expect(breakingNotes(`## ${title}\n\nread\n`)).toContain("read")
  })
})

it("a list of breaks may have a label, and an item go on in the next line", () => {
  const notes = lines(
    ...["Features:", "", "- `masts`", ""],
    ...["Deprecations/Removals:", "", "- `oars`", ""],
    ...[
      "Other changes:",
      "",
      "- *Backwards-incompatible*: rename",
      "  `read`.",
    ],
    ...["- Remove `seek`", "- `at` has now been removed", "- A faster `show`"],
  )
  const said = breakingNotes(notes)
  const named = ["masts", "oars", "read", "seek", "`at`", "show"]
  expect(named.filter((each) => said.includes(each))).toEqual([
    "oars",
    "read",
    "seek",
    "`at`",
  ])
})

describe("a change is named", () => {
  const named = (path: string, text: string) =>
    isNamed(change({ names: [path] }), text)

  it.for([
    ["quayside.board.read", "`read()` is gone"],
    ["quayside.board.read", "`board.read` is gone"],
    ["quayside.Board.__init__", "`Board` asks for a day"],
    ["quayside", "the command `quayside` is gone"],
  ])("%s by: %s", ([path = "", text = ""]) => {
    expect(named(path, text)).toBe(true)
  })

  it.for([
    ["quayside.board.read", "`reader` and `pre-read` are gone"],
    ["quayside.board.read", ""],
  ])("%s not by: %s", ([path = "", text = ""]) => {
    expect(named(path, text)).toBe(false)
  })
})

it("a parameter is named with what takes it", () => {
  const lost = change({
    names: ["quayside.Board", "quayside.Board(at)", "quayside.Board(day)"],
  })
  const told = (text: string) => isNamed(lost, text)
  expect([told("`Board(at)`"), told("`day` of `Board`")]).toEqual([true, true])
  expect([told("`Board.show` is gone"), told("`day` is gone")]).toEqual([
    false,
    false,
  ])
})

it("an option is named by its own name, or with its command", () => {
  const option = change({ names: ["quayside berths --at"] })
  const told = (text: string) => isNamed(option, text)
  expect([told("`--at` is gone"), told("`quayside berths --at`")]).toEqual([
    true,
    true,
  ])
  expect([told("`--at-noon`"), told("quayside")]).toEqual([false, false])
})

it.each([" ", "*", "-", "\n"])("a long line of notes ends: %j", (each) => {
  expect(breakingNotes(`${each.repeat(300_000)}x`)).toBe("")
})
