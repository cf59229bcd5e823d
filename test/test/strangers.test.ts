import { describe, expect, it } from "vitest"

import { refuseStrangers } from "../../src/test/strangers.js"

const [CORE, BASE] = ["core", "base"].map((name) => ({
  name,
  from: `\`../${name}\``,
  key: "tool.uv.sources",
  folder: undefined,
})) as [object, object] as Parameters<typeof refuseStrangers>[0]

describe("a stranger", () => {
  it("is refused by its name, with the line that makes it one's own, and all at once", () => {
    const refused = () => {
      refuseStrangers([CORE, BASE].flatMap((each) => each ?? []))
    }
    expect(refused).toThrow(/^`core` comes from `\.\.\/core` for you/)
    expect(refused).toThrow(
      '`released-apart = { "core" = "the reason", "base" = "the reason" }`',
    )
    expect(refused).toThrow("`base` comes from `../base` for you")
  })

  it("of an index is told how that is asked", () => {
    const refused = (index?: string) => () => {
      refuseStrangers([CORE].flatMap((each) => ({ ...each, index })) as never)
    }
    expect(refused("acme")).toThrow("`dagger call --python-token env://")
    expect(refused("acme")).toThrow("with `--python-index URL`")
    expect(refused()).not.toThrow("--python-token")
  })

  it("is nobody where there is none", () => {
    expect(() => {
      refuseStrangers([])
    }).not.toThrow()
  })
})
