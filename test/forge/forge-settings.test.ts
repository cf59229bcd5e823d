import { describe, expect, it } from "vitest"

import { resolveGithub } from "../../src/forge/forge-settings.js"

const URLS = { Repository: "https://github.com/octo-org/quayside" }

describe("how a release looks on GitHub", () => {
  it("is found where nothing is said", () => {
    expect(resolveGithub({}, URLS)).toStrictEqual({
      repository: "octo-org/quayside",
      host: "github.com",
      title: "{{name}} {{version}}",
      assetNames: "{{file}}",
      extra: [],
      attested: false,
      comparison: false,
    })
    expect(resolveGithub({}, {}).repository).toBeUndefined()
    expect(resolveGithub({}, {}).host).toBeUndefined()
  })

  it("has the host of the project's own address where that is of the same repository", () => {
    const urls = { Source: "https://github.example.org/A/B" }
    const github = { repository: "a/b" }
    expect(resolveGithub({ github }, urls)).toMatchObject({
      repository: "a/b",
      host: "github.example.org",
    })
  })

  it("is as `[tool.shipwheel.github]` says", () => {
    const github = {
      repository: "a/b",
      title: "{{version}}",
      "asset-names": "x-{{file}}",
      extra: ["docs/*.pdf"],
      "artifact-attestations": true,
      "notes-comparison": true,
    }
    expect(resolveGithub({ github }, URLS)).toStrictEqual({
      repository: "a/b",
      host: undefined,
      title: "{{version}}",
      assetNames: "x-{{file}}",
      extra: ["docs/*.pdf"],
      attested: true,
      comparison: true,
    })
  })
})
