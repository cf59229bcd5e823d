import { describe, expect, it } from "vitest"

import { resolveGates } from "../../src/config/gate-config.js"
import type { Placeholder } from "../../src/git/placeholders.js"
import { judgePlaceholders } from "../../src/project/placeholders-rule.js"

const REASON = "[tool.shipwheel.not-shipped]"
const judged = (
  kind: Placeholder["kind"],
  paths: readonly string[],
  config: Parameters<typeof resolveGates>[0] = {},
) =>
  judgePlaceholders(
    paths.map((path) => ({ kind, path })),
    resolveGates(config, []),
  )

describe("a pointer of git LFS in the tree", () => {
  it("stops, by its name and with the command that fetches the content", () => {
    const { problems, remarks } = judged("pointer", ["wren/voice.bin"])
    expect(problems).toStrictEqual([
      {
        owner: "project",
        what: "`wren/voice.bin` is a pointer of git LFS in the place of its content",
        next: `Fetch it: \`git lfs install --local && git lfs pull\`; in a CI the checkout has to fetch LFS (\`dagger call ci\` writes that). What is not needed in the files is named with the reason in \`${REASON}\`.`,
      },
    ])
    expect(remarks).toStrictEqual([])
  })

  it("of git-annex stops with the command of that", () => {
    const { problems } = judged("annex", ["wren/logo.png"])
    expect(problems).toStrictEqual([
      {
        owner: "project",
        what: "`wren/logo.png` is a pointer of git-annex in the place of its content",
        next: `Fetch it: \`git annex get .\`. What is not needed in the files is named with the reason in \`${REASON}\`.`,
      },
    ])
  })

  it("is one problem together with all others", () => {
    const { problems } = judged("pointer", ["a.bin", "web/logo.png"])
    expect(problems.map(({ what }) => what)).toStrictEqual([
      "`a.bin`, `web/logo.png` are pointers of git LFS in the place of their content",
    ])
  })

  it.each(["docs/logo.png", "tests/data/a.bin", "wren/tests/a.bin"])(
    "is only told of where its authors alone need it: %s",
    (path) => {
      const { problems, remarks } = judged("pointer", [path])
      expect(problems).toStrictEqual([])
      expect(remarks).toStrictEqual([
        `\`${path}\` is a pointer of git LFS in the place of its content.`,
      ])
    },
  )

  it("is let pass where a reason is given", () => {
    const reasons = { "wren/voice.bin": "is read as a pointer" }
    for (const config of [{ allow: reasons }, { "not-shipped": reasons }])
      expect(judged("pointer", ["wren/voice.bin"], config)).toStrictEqual({
        problems: [],
        remarks: [],
      })
  })
})

describe("an empty submodule", () => {
  it("stops, by its name and with the command that fetches it", () => {
    const [problem, ...more] = judged("submodule", ["wren/songs"]).problems
    expect(more).toStrictEqual([])
    expect(problem?.what).toBe(
      "`wren/songs` is a submodule, and its folder is empty",
    )
    expect(problem?.next).toMatch(
      /^Fetch it: `git submodule update --init --recursive`/,
    )
  })

  it("is only told of where its authors alone need it", () => {
    const { problems, remarks } = judged("submodule", ["docs", "docs/theme"])
    expect(problems).toStrictEqual([])
    expect(remarks).toStrictEqual([
      "`docs`, `docs/theme` are submodules, and their folders are empty.",
    ])
  })

  it("is let pass where a reason is given for its folder", () => {
    const config = { "not-shipped": { "vendor-src/": "only for a fork" } }
    expect(judged("submodule", ["vendor-src"], config).problems).toEqual([])
  })
})
