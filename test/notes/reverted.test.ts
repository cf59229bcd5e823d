import { describe, expect, it } from "vitest"

import { withoutReverted } from "../../src/notes/reverted.js"

/** A commit whose id is one letter, repeated, and what it reverts. */
function commit(letter: string, message: string, ...reverts: string[][]) {
  return { id: letter.repeat(40), message, reverts }
}

const feature = commit("a", "feat!: drop the berths")
const other = commit("b", "fix: keep the columns aligned")
const revert = commit("c", 'Revert "feat!: drop the berths"', [feature.id])

describe("of some commits", () => {
  it("one that is reverted is left out, with the one that reverts it", () => {
    expect(withoutReverted([other, revert, feature])).toStrictEqual([other])
  })

  it("one whose revert is reverted stays, and both reverts go", () => {
    const again = commit("d", 'Reapply "feat!: drop the berths"', [revert.id])
    const left = withoutReverted([again, other, revert, feature])
    expect(left).toStrictEqual([other, feature])
  })

  it("a revert of what was released before stays", () => {
    expect(withoutReverted([revert, other])).toStrictEqual([revert, other])
  })

  it("a revert stays that undoes what was released before as well", () => {
    const both = commit("d", "revert: two", [feature.id], ["f".repeat(40)])
    expect(withoutReverted([both, feature])).toStrictEqual([both])
  })

  it("one stays that says what else it changes", () => {
    const fix = commit("d", "fix: name the berths again", [feature.id])
    expect(withoutReverted([fix, feature])).toStrictEqual([fix])
  })

  it("what a reverted merge brought goes with it", () => {
    const merge = commit("d", "Merge branch 'berths'")
    const named = [merge.id, feature.id]
    const undo = commit("e", "Revert \"Merge branch 'berths'\"", named)
    const left = withoutReverted([undo, merge, other, feature])
    expect(left).toStrictEqual([other])
  })

  it.each([
    ["the first letters of its id", "aaaaaaa"],
    ["the number of its pull request", "#12"],
  ])("one is known by %s", (_, name) => {
    const squashed = { ...feature, message: "feat!: drop the berths (#12)" }
    const undo = commit("c", 'Revert "feat!: drop" (#13)', [name])
    expect(withoutReverted([undo, squashed])).toStrictEqual([])
  })

  it("of two with the number of a pull request, the one before its revert goes", () => {
    const squashed = { ...feature, message: "feat!: drop the berths (#12)" }
    const again = { ...other, message: "feat!: drop the berths (#12)" }
    const undo = commit("c", 'Revert "feat!: drop" (#13)', ["#12"])
    expect(withoutReverted([again, undo, squashed])).toStrictEqual([again])
  })

  it("no pull request is taken for another one with its digits", () => {
    const squashed = { ...feature, message: "feat!: drop the berths (#112)" }
    const undo = commit("c", 'Revert "feat!: drop" (#13)', ["#12"])
    expect(withoutReverted([undo, squashed])).toHaveLength(2)
  })
})
