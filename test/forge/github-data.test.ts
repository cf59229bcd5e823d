import { describe, expect, it } from "vitest"

import { RequestError } from "#octokit/request-error"

import { assetOf, fields, isTaken } from "../../src/forge/github-data.js"

const data = (changes: object) => ({
  ...{ id: 7, name: "a.whl", size: 3, state: "uploaded" },
  ...changes,
})

describe("a file of a release on GitHub", () => {
  it("has the hash that GitHub tells, without its kind", () => {
    const digest = `sha256:${"a".repeat(64)}`
    expect(assetOf(data({ digest }))).toStrictEqual({
      id: 7,
      name: "a.whl",
      size: 3,
      sha256: "a".repeat(64),
      complete: true,
    })
  })

  it("has none where GitHub tells none, and is not there until it is uploaded", () => {
    expect(assetOf(data({ digest: null, state: "open" }))).toMatchObject({
      sha256: undefined,
      complete: false,
    })
  })
})

it("a release is written in GitHub's own words", () => {
  const text = { tag: "v1", title: "One", notes: "- a", prerelease: true }
  expect(fields(text)).toStrictEqual({
    tag_name: "v1",
    name: "One",
    body: "- a",
    prerelease: true,
  })
})

describe("a name that is taken", () => {
  const answer = (message: string, status: number) =>
    new RequestError(message, status, {
      request: { method: "POST", url: "https://api.example/", headers: {} },
    })

  it("is told by status and code", () => {
    expect(isTaken(answer("name already_exists", 422))).toBe(true)
  })

  it.each([
    answer("name already_exists", 500),
    answer("too long", 422),
    new Error("already_exists"),
  ])("is not %s", (error) => {
    expect(isTaken(error)).toBe(false)
  })
})
