import { describe, expect, it } from "vitest"

import { isOwnHost } from "../../src/forge/own-hosts.js"

const PATH = "/repos/octo-org/quayside/releases/1/assets{?name,label}"

describe("the address of an upload", () => {
  it.each([
    ["https://api.github.test", "https://uploads.github.test"],
    ["https://api.octo.ghe.test", "https://uploads.octo.ghe.test"],
    ["https://git.octo.test/api/v3", "https://git.octo.test"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ])("is GitHub's own beside %s at %s", (api, upload) => {
    expect(isOwnHost(api, upload + PATH)).toBe(true)
  })

  it.each([
    ["another host", "https://uploads.evil.test"],
    ["a host that only begins so", "https://uploads.github.test.evil.test"],
    ["the open", "http://uploads.github.test"],
    ["another port", "https://uploads.github.test:8443"],
    ["a user before the host", "https://uploads.github.test@evil.test"],
    ["nowhere", "uploads"],
  ])("is not where it leads to %s", (_, upload) => {
    expect(isOwnHost("https://api.github.test", upload + PATH)).toBe(false)
  })
})
