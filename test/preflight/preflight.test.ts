import { describe, expect, it } from "vitest"

import { judge } from "../../src/preflight/preflight.js"
import { facts, problems, REPOSITORY } from "../helpers/preflight.js"

describe("a preflight", () => {
  it("of a tagged, clean tree has nothing against a release", () => {
    expect(judge(facts(), false)).toStrictEqual({
      problems: [],
      remarks: [
        "The notes are the section `[1.2.0] - 2026-06-15` of `CHANGELOG.md`.",
      ],
    })
  })

  const DIRTY =
    "project: 1 file is not as it was committed: `a`. Commit them, put them away with `git stash --include-untracked`, or list them in `.gitignore`; what `git status` does not show, `git update-index --no-skip-worktree --no-assume-unchanged` does, and `git sparse-checkout disable` brings files back that are not there."

  it("says all at once, also beside a tag or a project that was refused", () => {
    expect(
      problems({
        repository: { ...REPOSITORY, tagCommit: undefined, dirty: ["a"] },
        notes: { heading: undefined, text: "" },
      }),
    ).toStrictEqual([
      "tag: `v1.2.0` is not a tag of this repository. Make it with `git tag v1.2.0`, or fetch it with `git fetch --tags`.",
      DIRTY,
      expect.stringMatching(
        /^project: `CHANGELOG.md` has no section for 1.2.0/,
      ),
    ])
    const without = { version: undefined, project: undefined, notes: undefined }
    const dirty = { repository: { ...REPOSITORY, dirty: ["a"] } }
    expect(problems({ ...without, ...dirty })).toStrictEqual([DIRTY])
  })

  it("lets a rehearsal go on before the tag, and says what would stop a release", () => {
    const repository = { ...REPOSITORY, tagCommit: undefined, dirty: ["a"] }
    const { problems, remarks } = judge(facts({ repository }), true)
    expect(problems).toStrictEqual([])
    expect(remarks.slice(0, 2)).toStrictEqual([
      expect.stringMatching(
        /^A release would stop here: `v1\.2\.0` is not a tag/,
      ),
      expect.stringMatching(
        /^A release would stop here: 1 file is not as it was/,
      ),
    ])
  })
})
