import { describe, expect, it } from "vitest"

import { findTagging, type TagClues } from "../../src/version/tagging.js"

const CLUES: TagClues = {
  configured: undefined,
  told: undefined,
  refs: [],
  project: "wren",
  path: "packages/wren-core/",
  members: ["packages/heron", "packages/wren-core"],
  tags: [],
}
const prefixOf = (clues: Partial<TagClues>) =>
  findTagging({ ...CLUES, ...clues }).prefix

describe("the prefix of a project's tags", () => {
  it.each([
    ["wren-v1.2.0", "wren-"],
    ["wren-1.2.0", "wren-"],
    ["wren/v1.2.0", "wren/"],
    ["wren@1.2.0", "wren@"],
    ["wren==1.2.0", "wren=="],
    ["@flock/wren@1.2.0", "@flock/wren@"],
    ["Wren_v1.2.0", "Wren_"],
    ["wren-core-v1.2.0", "wren-core-"],
    ["wren_core/1.2", "wren_core/"],
    ["packages/wren-core/v1.2.0", "packages/wren-core/"],
    ["staging/wren-v1.2.0", "wren-"],
  ])("of a repository with %s is %s", (tag, prefix) => {
    expect(prefixOf({ tags: ["heron-v9.0.0", tag, "v7.0.0"] })).toBe(prefix)
  })

  it.each([
    "heron-v1.2.0",
    "wren-extra-v1.2.0",
    "extra/heron/v1.0.0",
    "v1.2.0",
    "wren-5",
    "nightly",
  ])("is none where %s is the only tag", (tag) => {
    expect(prefixOf({ tags: [tag] })).toBe("")
  })

  it("is no scope of npm's at the top of a repository that has tags without any, though it is where all have one", () => {
    const npm = ["@flock/wren@2.0.0", "@flock/robin@1.0.0"]
    const top = { path: "", members: [] }
    expect(prefixOf({ ...top, tags: [...npm, "v1.2.0"] })).toBe("")
    expect(prefixOf({ ...top, tags: npm })).toBe("@flock/wren@")
    expect(prefixOf({ tags: [...npm, "v1.2.0"] })).toBe("@flock/wren@")
    expect(prefixOf({ ...top, tags: [...npm, "v1.0.0", "wren-1.1"] })).toBe(
      "wren-",
    )
  })

  it("is that of the newest tag, and is shown with it", () => {
    const tags = ["wren-1.0", "wren/v1.10.0", "wren@1.9.0"]
    expect(findTagging({ ...CLUES, tags })).toMatchObject({
      prefix: "wren/",
      from: "tags such as `wren/v1.10.0`",
    })
  })

  it("is none any more at the top of a repository whose newer tags have none, unless other members have one", () => {
    const tags = ["wren-1.0.0", "v1.1.0"]
    expect(prefixOf({ path: "", tags })).toBe("")
    expect(prefixOf({ tags })).toBe("wren-")
    expect(prefixOf({ path: "", tags: [...tags, "heron-v1.0.0"] })).toBe(
      "wren-",
    )
  })

  it("is what another tool is told, before what the tags show", () => {
    const told = { prefix: "birds-", from: "`tool.commitizen.tag_format`" }
    expect(findTagging({ ...CLUES, told, tags: ["wren-1.0.0"] })).toMatchObject(
      told,
    )
  })

  it.each([
    ["wren-", "wren-"],
    ["birds/v", "birds/"],
    ["", ""],
  ])(
    "is %j where the key says so, and nothing else is accepted",
    (key, prefix) => {
      const found = findTagging({
        ...CLUES,
        configured: key,
        refs: ["refs/tags/other-v*"],
        tags: ["wren@1.0.0"],
      })
      expect(found).toMatchObject({
        prefix,
        accepted: [prefix],
        from: "`tool.shipwheel.tag-prefix`",
      })
    },
  )

  it("is that of the configured refs, which are all accepted", () => {
    expect(prefixOf({ refs: ["refs/tags/birds-v*"] })).toBe("birds-")
    const refs = ["refs/tags/v*", "refs/tags/staging/birds/*"]
    const { accepted, prefix } = findTagging({ ...CLUES, refs })
    expect(prefix).toBe("")
    expect(accepted).toStrictEqual(["", "birds/"])
    expect(prefixOf({ refs: ["refs/tags/**"] })).toBe("")
  })
})
