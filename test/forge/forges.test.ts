import { describe, expect, it } from "vitest"

import { forgeAt, FORGES } from "../../src/forge/forges.js"

describe("the forge of an address", () => {
  it.each([
    ["https://github.com/a/b", "GitHub"],
    ["https://github.example.org/a/b", "GitHub"],
    ["git@github.com:a/b.git", "GitHub"],
    ["https://GitLab.example.org/a/b", "GitLab"],
    ["https://codeberg.org/a/b", "Gitea"],
    ["https://forgejo.example.org/a/b", "Gitea"],
    ["git@bitbucket.org:a/b", "Bitbucket"],
  ])("%s is %s", (address, name) => {
    expect(forgeAt(address)?.name).toBe(name)
  })

  it.each(["https://git.example.org/github/b", "github/b", "", "github.com"])(
    "%j is none that is known",
    (address) => {
      expect(forgeAt(address)).toBeUndefined()
    },
  )
})

it("GitHub alone lacks nothing", () => {
  const whole = FORGES.filter(({ lacks }) => lacks === undefined)
  expect(whole.map(({ name }) => name)).toStrictEqual(["GitHub"])
})
