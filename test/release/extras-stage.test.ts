import { describe, expect, it } from "vitest"

import { Problems } from "../../src/errors.js"
import type { GithubArguments } from "../../src/forge/forge-access-stage.js"
import { alone } from "../../src/git/locate-stage.js"
import type { FoundNotes } from "../../src/notes/stage.js"
import type { Seen } from "../../src/preflight/seen-stage.js"
import { checkAttached, shownNotes } from "../../src/release/extras-stage.js"
import { project, version } from "../helpers/builders.js"
import type { Chain } from "../helpers/call-chain.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

const REPOSITORY = 'repository = "octo-org/quayside"'

interface Case {
  readonly toml?: readonly string[]
  readonly paths?: readonly string[]
  readonly untracked?: readonly string[]
  readonly read?: readonly string[]
  /** What the commit has. */
  readonly committed?: boolean
  /** Whether it has what they lead to. */
  readonly ends?: boolean
  readonly size?: number | Error
  readonly isAnnounced?: boolean
  readonly to?: GithubArguments
}

/** What is refused of a release, and what is only told. */
async function asked({
  committed = true,
  ends = committed,
  isAnnounced = true,
  paths = ["docs/guide.pdf"],
  read = [],
  size = 9,
  to = {},
  toml = [],
  untracked = [],
}: Case) {
  const problems = new Problems()
  const { result: remarks } = await recordCalls(
    () => {
      const seen = {
        place: alone(folder("source")),
        version: version("v1.2.0"),
        project: project({
          toml: [
            ...["[tool.shipwheel.github]", 'extra = ["docs/*.pdf"]'],
            ...toml,
          ],
        }),
        decision: { environment: { github: isAnnounced } },
        notes: { read },
        untracked,
      } as unknown as Seen
      return checkAttached(seen, to, problems)
    },
    {
      glob: [...paths, "docs/old.pdf/"],
      exists: (chain: readonly { args: Record<string, unknown> }[]) =>
        chain.at(-1)?.args["path"] === ".git" ||
        (chain.at(-1)?.args["doNotFollowSymlinks"] ? committed : ends),
      size,
    },
  )
  return { refused: problems.all.map(({ what }) => what).join("\n"), remarks }
}

describe("what `[tool.shipwheel.github]` says of a release", () => {
  it("is fit where its names are, and its files are in the commit", async () => {
    const found = await asked({ toml: [REPOSITORY], read: ["CHANGELOG.md"] })
    expect(found).toEqual({ refused: "", remarks: [] })
  })

  it.each([
    [{ paths: ["docs/User Guide.pdf"] }, "`User Guide.pdf` is a name that"],
    [{ size: 0 }, "`guide.pdf` is empty, which GitHub refuses"],
    [
      { toml: ['asset-names = "{{name}}@{{file}}"'] },
      "`quayside@install.sh` is a name that GitHub would change",
    ],
  ])(
    "is refused before anything is built: %j",
    async (changes: Case, words) => {
      const { toml = [] } = changes
      const told = await asked({ ...changes, toml: [REPOSITORY, ...toml] })
      expect(told.refused).toContain(words)
      const unknown = await asked(changes)
      expect(unknown.refused).toBe("")
      expect(unknown.remarks.join()).toContain(words)
      const elsewhere = await asked({ ...changes, isAnnounced: false })
      expect(elsewhere).toEqual({ refused: "", remarks: [] })
    },
  )

  it.each([
    [{ paths: [] }, "`docs/*.pdf` of `tool.shipwheel.github.extra` matches no"],
    [{ toml: ['title = "{{nam}}"'] }, "title` has no variable `{{nam}}`"],
    [
      { toml: ['asset-names = "{{name}}.sh"'] },
      "calls `install.ps1` `quayside.sh`",
    ],
    [{ size: new Error("no such file") }, "`docs/guide.pdf`, which"],
    [{ committed: false }, "attaches what git does not track"],
    // A link is followed where it is read, and git tracks only its words.
    [{ ends: false }, "attaches what git does not track"],
    [{ ends: false, read: ["notes.md"] }, "no other clone has it: `notes.md`"],
    [
      { committed: false, read: ["notes.md"] },
      "made from what git does not track, so that no other clone has it: `notes.md`",
    ],
  ])("is refused wherever the release goes: %j", async (changes, words) => {
    const told = await asked({ ...changes, isAnnounced: false })
    expect(told.refused).toContain(words)
  })

  it("has no address where the project's own is on another GitHub, which is told", async () => {
    const toml = [
      ...[REPOSITORY, "[project.urls]"],
      'Source = "https://github.example.org/octo-org/quayside"',
    ]
    const { refused, remarks } = await asked({ toml })
    expect(refused).toBe("")
    expect(remarks).toEqual([
      "Nothing that is made says where a release on GitHub has its files: the project's own address has the repository at `github.example.org`. If that host is yours, pass `--github-api https://github.example.org/api/v3` before the function: a token goes there.",
    ])
    const to = { githubApi: "https://github.example.org/api/v3" }
    expect((await asked({ toml, to })).remarks).toEqual([])
  })

  it("leaves what git would show as new to the rule of the tree", async () => {
    const untracked = ["docs/guide.pdf"]
    const { refused } = await asked({ committed: false, untracked })
    expect(refused).toBe("")
  })
})

describe("notes that are shown before a release", () => {
  const FOUND: FoundNotes = {
    found: { text: "", heading: undefined },
    read: ["docs/notes.md"],
    write: () => Promise.reject(new Error("not written")),
  }

  /** What of the file the commit has, and what git does not ignore. */
  async function shown(
    committed: boolean,
    kept: boolean,
    toml: string[] = [],
    notes = FOUND,
  ) {
    const isKept = (chain: Chain) =>
      chain.some(({ operation }) => operation === "filter") ? kept : committed
    const { result } = await recordCalls(
      () => shownNotes(alone(folder("source")), project({ toml }), notes),
      {
        exists: (chain: Chain) => {
          const { doNotFollowSymlinks, path } = chain.at(-1)?.args ?? {}
          return (
            path === ".git" || doNotFollowSymlinks === true || isKept(chain)
          )
        },
      },
    )
    return result
  }

  it("are not made from what git ignores, by way of a link either, unless that is allowed", async () => {
    const refused = shown(false, false)
    await expect(refused).rejects.toThrow(
      "The notes of the release are made from what git does not track, so that no other clone has it: `docs/notes.md`",
    )
    await expect(refused).rejects.toThrow("put the file itself, unless it is")
    const toml = ["[tool.shipwheel.allow]", '"docs/notes.md" = "made before"']
    expect(await shown(false, false, toml)).toBe(FOUND)
  })

  it("are refused where bytes of them are no letters", async () => {
    const found = { text: "- Andr\uFFFD.", heading: "1.2.0" }
    await expect(shown(true, true, [], { ...FOUND, found })).rejects.toThrow(
      "has bytes that are not UTF-8: `- Andr\uFFFD.`",
    )
  })

  it("may be a draft that nobody has committed yet", async () => {
    expect(await shown(false, true)).toBe(FOUND)
    expect(await shown(true, false)).toBe(FOUND)
  })
})
