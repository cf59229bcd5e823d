import { describe, expect, it } from "vitest"

import {
  withAllowed,
  withheldAdvice,
  withheldIn,
  withheldRemarks,
} from "../../src/build/withheld-secrets.js"

const SECRETS = [".env", "packages/wren/.env", "packages/wren/[a].env"]
const withheld = { path: "packages/wren/", secrets: SECRETS }

describe("what is often secret and in no commit", () => {
  it("is left out of a project's folder by its path there", () => {
    expect(withheldIn(withheld)).toEqual([".env", "\\[a\\].env"])
    expect(withheldIn(withheld, "")).toEqual([
      ".env",
      "packages/wren/.env",
      "packages/wren/\\[a\\].env",
    ])
    expect(withheldIn(withheld, "packages/heron/")).toEqual([])
  })

  it("is given to the project's code where that allows it, by its own path alone", () => {
    const allowed = new Map([[".env", "the tests' database"]])
    expect(withAllowed(withheld, allowed).secrets).toEqual([
      ".env",
      "packages/wren/[a].env",
    ])
    const top = { path: "", secrets: SECRETS }
    expect(withAllowed(top, allowed).secrets).toEqual(SECRETS.slice(1))
  })

  it("is given to tests where they say that they read it", () => {
    const patterns = withheldIn(withheld, withheld.path, [".env"])
    expect(patterns).toEqual(["\\[a\\].env"])
  })

  it("is told with the line that gives it to tests, beside what they read already", () => {
    expect(withheldRemarks(withheld, ["docs"])).toEqual([
      'Builds and tests are not given what is often secret and in no commit, which no other clone has: `.env`, `[a].env`. What tests need of it goes into a file that git tracks, or is named in `[tool.shipwheel.test]`: `reads = ["docs",".env"]`.',
    ])
    expect(withheldRemarks(withheld, [".env", "[a].env"])).toEqual([])
    expect(withheldRemarks({ path: "", secrets: [] }, [])).toEqual([])
  })

  it("is no key that somebody is told to give to tests", () => {
    const told = (...secrets: string[]) =>
      withheldRemarks({ path: "", secrets }, [])[0]
    expect(told(".aws/credentials", "a.pem")).toBe(
      "Builds and tests are not given what is often secret and in no commit, which no other clone has: `.aws/credentials`, `a.pem`. What tests need of it goes into a file that git tracks, or is named in `reads` of `[tool.shipwheel.test]`.",
    )
    expect(told(".aws/credentials", "tests/.env")).toContain(
      '`reads = ["tests/.env"]`',
    )
  })

  it.each([
    ["token", "SyntaxError: unexpected token, see the token docs", false],
    ["token", "FileNotFoundError: [Errno 2] no such file: '/src/token'", true],
    ["secrets.toml", "can't open secrets.toml", true],
    ["secrets.toml", "can't open my-secrets.toml", false],
  ])("%s is missed by a build that says: %s", (path, words, missed) => {
    const advice = withheldAdvice({ path: "", secrets: [path] }, words)
    expect(advice !== undefined).toBe(missed)
  })

  it("is told to a build that fails for want of it, with the lines that allow it", () => {
    const words = "No such file or directory: '/src/packages/wren/.env'"
    expect(withheldAdvice(withheld, words)).toContain(
      '[tool.shipwheel.allow]\n".env" = "the reason"',
    )
    expect(
      withheldAdvice(withheld, "No such file: 'notes.txt'"),
    ).toBeUndefined()
  })
})
