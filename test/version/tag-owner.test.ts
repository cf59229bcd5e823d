import { describe, expect, it } from "vitest"

import { requireOwn } from "../../src/version/tag-owner.js"
import type { Tagging } from "../../src/version/tagging.js"
import { version } from "../helpers/builders.js"
import { refusal } from "../helpers/refusal.js"

const TAGGING: Tagging = {
  prefix: "wren-",
  accepted: ["wren-"],
  from: "tags such as `wren-v1.1.0`",
  project: "wren",
  members: ["packages/heron", "packages/wren"],
}
const BARE = { ...TAGGING, prefix: "", accepted: [""] }
const refused = (tag: string, tagging: Tagging) =>
  refusal(() => {
    requireOwn(version(tag), tagging)
  })

describe("a tag", () => {
  it.each([
    ["wren-v1.2.0", TAGGING],
    ["staging/wren-1.2.0", TAGGING],
    ["v1.2.0", BARE],
  ])("%s is the project's own", (tag, tagging) => {
    expect(() => {
      requireOwn(version(tag), tagging)
    }).not.toThrow()
  })

  it("of another member is refused, and says whose it is", () => {
    const said =
      "tag: `heron-v1.2.0` is a tag of `packages/heron`, and this is `wren`\n   To release that one, point `--source` at its folder; a tag of `wren` would be `wren-v1.2.0`."
    expect(refused("heron-v1.2.0", TAGGING)).toBe(said)
    expect(refused("packages/heron/1.0", BARE)).toContain(
      "is a tag of `packages/heron`, and this is `wren`",
    )
  })

  it("of somebody unknown is refused with the key that makes it the project's own", () => {
    expect(refused("staging/owl@1.2.0", TAGGING)).toBe(
      'tag: `staging/owl@1.2.0` is a tag of `owl`, by its prefix, and this is `wren`\n   A tag of `wren` would be `staging/wren-1.2.0`. If the prefix is its own, say so in `[tool.shipwheel]`: `tag-prefix = "owl@"`.',
    )
  })

  it("without a prefix is refused where the project's tags have one", () => {
    expect(refused("v1.2.0", TAGGING)).toBe(
      'tag: `v1.2.0` has no prefix, and the tags of `wren` have `wren-`, as tags such as `wren-v1.1.0` shows\n   Its tag would be `wren-v1.2.0`; `tag-prefix = ""` in `[tool.shipwheel]` says that it has none any more.',
    )
  })

  it.each([
    ["release-1.2.0", "1.2.0"],
    ["version/v1.2.0", "v1.2.0"],
  ])("%s comes with the usual one, %s", (tag, meant) => {
    expect(refused(tag, BARE)).toContain(
      `\`${tag}\` is no release tag\n   Did you mean \`${meant}\`? Accepted are`,
    )
  })
})
