import { describe, expect, it } from "vitest"

import { mainBranchOf } from "../../src/git/main-branch.js"

const head = (branch: string) => `ref: refs/remotes/origin/${branch}\n`

describe("the branch that everything is merged into", () => {
  it.each([
    [
      "is the one that the remote shows first",
      [head("trunk")],
      ["feature"],
      "trunk",
    ],
    ["may have slashes", [head("stable/2.x")], [], "stable/2.x"],
    ["is the only one that there is", [], ["master"], "master"],
    ["is not known among several", [], ["master", "feature"], undefined],
    [
      "is not known of remotes that differ",
      [head("main"), head("dev")],
      ["a"],
      undefined,
    ],
    ["is not known without any", [], [], undefined],
    [
      "is none that a pattern would read otherwise",
      [head("a{b}")],
      [],
      undefined,
    ],
  ] as const)("%s", (_, heads, branches, main) => {
    expect(mainBranchOf(heads, branches)).toBe(main)
  })
})
